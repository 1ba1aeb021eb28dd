// Hosts of every kind: functions that look at `this`, frozen answers, signals by their looks only, and prototypes with more members.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { AGENT, answer, fine, rejected, script } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch, options) =>
  new KavachClient({
    baseUrl: "https://app.example",
    dialect: "sdk",
    token: "kv_canary",
    maxRetries: 0,
    fetch,
    ...options,
  });

describe("a fetch of the caller's own", () => {
  it("is called on no object, which the host's own would refuse, and which would hold tokens", async () => {
    const seen = [];
    const opaque = { type: "opaqueredirect", status: 0, text: async () => "" };
    await client(function () {
      seen.push(this);
      return fine();
    }).agents.list();
    await rejected(
      client(function () {
        seen.push(this);
        return opaque;
      }).agents.list(),
    );
    assert.deepEqual(seen, [undefined, undefined, undefined]);
  });

  it("keeps the object that it returns as the body, frozen or not", async () => {
    const frozen = (body) => async () => ({
      status: 200,
      json: async () => body,
      text: async () => JSON.stringify(body),
    });
    const denied = Object.freeze({ allowed: false, auditId: "x" });
    const decision = await client(frozen(denied)).authorize("a1", { action: "a", resource: "r" });
    assert.deepEqual(decision, { allowed: false, auditId: "x", reason: "" });
    const user = Object.freeze({ id: "u1", email: "e", createdAt: "t" });
    const input = { email: "e", password: "p" };
    const account = await client(frozen(Object.freeze({ user, token: "t" }))).auth.signIn(input);
    assert.deepEqual(account, { user, token: "t", session: { token: "t", userId: "u1" } });
    const error = await rejected(client(frozen(Object.freeze({ user: 5 }))).auth.signIn(input));
    assert.deepEqual([error instanceof sdk.DecodeError, error.answer()], [true, { user: 5 }]);
    const session = await client(frozen(Object.freeze({ user, session: Object.freeze({}) }))).auth.getSession();
    assert.deepEqual(session, { userId: "u1", token: "kv_canary" });
  });
});

describe("the option init", () => {
  it("is copied when it is checked: what throws there is refused by name", async () => {
    const init = {
      get next() {
        throw new Error("canary");
      },
    };
    for (const make of [() => client(script(fine), { init }), () => client(script(fine)).agents.list({}, { init })]) {
      const error = await rejected((async () => make())());
      assert.deepEqual([error.code, /canary/.test(error.message)], ["INVALID_ARGUMENT", false]);
    }
    const kept = { next: { revalidate: 5 } };
    const fetch = script(fine);
    const kavach = client(fetch, { init: kept });
    kept.next = undefined;
    await kavach.agents.list();
    assert.deepEqual(fetch.calls[0].next, { revalidate: 5 });
  });
});

describe("a list among the arguments", () => {
  it("is refused at its first hole, however many there are", { timeout: 10_000 }, async () => {
    const endless = new Proxy([], { get: (list, name) => (name === "length" ? 2 ** 53 - 1 : list[name]) });
    for (const permissions of [new Array(2 ** 32 - 1), endless]) {
      const input = { ownerId: "u1", name: "n", type: "service", permissions };
      const error = await rejected(client(script(fine)).agents.create(input));
      assert.equal(error.message, "input.permissions[0] must be an object");
    }
  });

  it("is copied: what is added to it later is not accepted", async () => {
    const allowUnknown = ["colour"];
    const fetch = script(answer(200, AGENT));
    const kavach = client(fetch, { allowUnknown });
    allowUnknown.push("size");
    await kavach.agents.update("a1", { name: "n", colour: "red" });
    assert.equal((await rejected(kavach.agents.update("a1", { name: "n", size: 5 }))).code, "INVALID_ARGUMENT");
  });
});

describe("a signal that cannot be listened to", () => {
  it("ends the call, which would be repeated without any wait", { timeout: 5000 }, async () => {
    const signal = {
      aborted: false,
      addEventListener() {
        throw new Error("no signal");
      },
    };
    const fetch = script(fine);
    const error = await rejected(client(fetch).agents.list({}, { signal, maxRetries: Number.POSITIVE_INFINITY }));
    assert.deepEqual([error.code, fetch.calls.length], ["NETWORK_ERROR", 0]);
  });
});

describe("a member that all objects inherit", () => {
  const spoilt = [];
  const spoil = (prototype, name, value) => {
    Object.defineProperty(prototype, name, { __proto__: null, value, configurable: true, writable: true });
    spoilt.push([prototype, name]);
  };
  afterEach(() => {
    for (const [prototype, name] of spoilt.splice(0)) delete prototype[name];
  });

  it("is no reason against a redirect", async () => {
    spoil(Object.prototype, "reason", 5);
    const moved = () => new Response(null, { status: 307, headers: { location: "/there" } });
    const fetch = script(moved, fine);
    assert.equal((await client(fetch).agents.list()).length, 1);
    assert.equal(fetch.calls[1].url, "https://app.example/there");
  });

  it("is not part of an error", async () => {
    const failing = () => {
      throw Object.assign(new TypeError("failed"), { code: "ECONNREFUSED" });
    };
    for (const name of ["details", "requestId", "code", "path", "retryAfter"]) {
      spoil(Object.prototype, name, "inherited");
      const error = await rejected(client(failing).agents.list());
      assert.equal(Object.hasOwn(error, name), name === "code");
      assert.equal(error.code, "NETWORK_ERROR");
      delete Object.prototype[name];
    }
  });

  it("is not part of a property", async () => {
    spoil(Object.prototype, "get", () => 5);
    const failing = () => {
      throw new TypeError("failed");
    };
    const error = await rejected(client(failing).agents.list());
    const undecodable = await rejected(client(async () => ({ status: 200, json: async () => [5] })).agents.list());
    delete Object.prototype.get;
    assert.deepEqual([error.code, error.cause.name], ["NETWORK_ERROR", "TypeError"]);
    assert.deepEqual([undecodable.code, undecodable.answer()], ["DECODE_ERROR", [5]]);
  });

  it("is no setting of a stream", async () => {
    const body = (text) => async () => ({ status: 200, text: async () => text });
    for (const [name, value] of [
      ["type", "inherited"],
      ["size", 5],
    ]) {
      spoil(Object.prototype, name, value);
      const stream = await client(body("a,b")).audit.exportStream();
      const { value: bytes } = await stream.getReader().read();
      delete Object.prototype[name];
      assert.equal(new TextDecoder().decode(bytes), "a,b");
    }
  });

  it("does not change what is sent", async () => {
    const input = { ownerId: "u1", name: "n", type: "service", permissions: [{ resource: "r", actions: ["a"] }] };
    for (const [prototype, name] of [
      [Object.prototype, "Object"],
      [Array.prototype, "Array"],
    ]) {
      spoil(prototype, "toJSON", () => "changed");
      const fetch = script(answer(200, AGENT));
      const error = await rejected(client(fetch).agents.create(input));
      delete prototype.toJSON;
      assert.deepEqual(
        [error.code, error.message],
        ["INVALID_ARGUMENT", `${name}.prototype must not have a member toJSON`],
      );
      assert.equal(fetch.calls.length, 0);
    }
  });
});

describe("an answer without a value", () => {
  it("says nothing of the server's dialect", async () => {
    const fetch = script(
      answer(200, { success: true }),
      answer(200, { success: false }),
      answer(404, { error: "Route not found" }),
    );
    const kavach = client(fetch, { dialect: "auto" });
    await kavach.agents.revoke("a1");
    assert.equal(kavach.dialect, "auto");
    await rejected(kavach.agents.list());
    assert.equal(kavach.dialect, "auto");
    const wrapping = client(script(answer(200, { success: false, data: [] })), { dialect: "auto" });
    await rejected(wrapping.agents.list());
    assert.equal(wrapping.dialect, "adapter");
    await rejected(kavach.authorize("a1", { action: "a", resource: "r" }));
    assert.deepEqual(
      fetch.calls.slice(2).map(({ url }) => url),
      ["https://app.example/agents/a1/authorize", "https://app.example/authorize"],
    );
  });

  it("is not the list that a query is due", async () => {
    const error = await rejected(client(answer(200, "none")).audit.query());
    assert.match(error.message, /\$ must be an array of objects$/);
    const paged = await rejected(client(answer(200, "none")).audit.queryPaginated());
    assert.match(paged.message, /\$ must be an object$/);
  });
});
