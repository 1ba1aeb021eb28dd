// Token functions: asked for every attempt in the context of its caller, and once more after a 401.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, describe, it } from "node:test";
import { AGENT, answer, busy, fine, rejected, script } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", fetch, ...options });
const bearers = (fetch) => fetch.calls.map(({ headers }) => headers.Authorization);
// What a promise rejects with, in an array: it may be a thenable, which `await` would wait for.
const kept = async (promise) => {
  let reason;
  await promise.catch((thrown) => {
    reason = [thrown];
  });
  return reason;
};
const counting = () => {
  let count = 0;
  return Object.assign(async () => `kv_${++count}`, { count: () => count });
};

describe("a token function", () => {
  afterEach(() => {
    delete globalThis.WebSocketPair;
  });

  it("is asked for every attempt", async () => {
    const fetch = script(busy(1), busy(1), fine);
    await client(fetch, { token: counting() }).agents.list();
    assert.deepEqual(bearers(fetch), ["Bearer kv_1", "Bearer kv_2", "Bearer kv_3"]);
  });

  it("is asked by every call, in the async context of its caller", async () => {
    const user = new AsyncLocalStorage();
    const reading = {
      "asynchronous, some time later": async () => {
        const name = user.getStore();
        await new Promise((resolve) => setTimeout(resolve, 5));
        return `kv_${name}`;
      },
      "asynchronous, in a microtask": async () => `kv_${user.getStore()}`,
      synchronous: () => `kv_${user.getStore()}`,
    };
    for (const [how, token] of Object.entries(reading)) {
      const sent = [];
      const fetch = async (_, { headers }) => {
        sent.push([`Bearer kv_${user.getStore()}`, headers.Authorization]);
        return sent.length % 3 === 0 ? busy(1)() : fine(); // Some are repeated, after a wait.
      };
      const clients = [client(fetch, { token, maxRetries: 9 }), client(fetch, { token, maxRetries: 9 })];
      const names = Array.from({ length: 30 }, (_, index) => `user-${index}`);
      await Promise.all(names.map((name, index) => user.run(name, () => clients[index % 2].agents.list())));
      assert.ok(sent.length > names.length);
      for (const [expected, header] of sent) assert.equal(header, expected, how);
    }
  });

  it("is asked once for calls that wait for it together, if the client has one user", async () => {
    const token = counting();
    const fetch = script(fine);
    const clients = [client(fetch, { token, shareToken: true }), client(fetch, { token, shareToken: true })];
    await Promise.all(Array.from({ length: 50 }, (_, index) => clients[index % 2].agents.list()));
    assert.deepEqual([token.count(), fetch.calls.length], [1, 50]);
    await clients[0].agents.list();
    assert.equal(token.count(), 2);
    const apart = counting();
    await Promise.all(Array.from({ length: 5 }, () => client(fetch, { token: apart }).agents.list()));
    assert.equal(apart.count(), 5);
  });

  it("is asked again after it has not returned in time, also where its answer is shared", async () => {
    let count = 0;
    const token = () => (++count === 1 ? new Promise(() => {}) : "kv_second");
    const kavach = client(script(fine), { token, shareToken: true, timeout: 20, maxRetries: 0 });
    const codes = (await Promise.all([1, 2].map(() => rejected(kavach.agents.list())))).map(({ code }) => code);
    assert.deepEqual([codes, count], [["TOKEN_UNAVAILABLE", "TOKEN_UNAVAILABLE"], 1]);
    assert.equal((await kavach.agents.list()).length, 1);
  });

  it("is asked by each call in a Worker, whose requests may not wait for each other", async () => {
    globalThis.WebSocketPair = class {};
    const token = counting();
    const kavach = client(script(fine), { token, shareToken: true });
    await Promise.all(Array.from({ length: 20 }, () => kavach.agents.list()));
    assert.equal(token.count(), 20);
  });

  it("receives why it is asked", async () => {
    const asked = [];
    const token = (context) => `kv_${asked.push(context)}`;
    const fetch = script(busy(1), answer(401), fine);
    await rejected(client(fetch, { token }).agents.get("a1"));
    assert.deepEqual(asked, [
      { reason: "initial", operation: "agents.get" },
      { reason: "initial", operation: "agents.get" },
      { reason: "unauthorized", operation: "agents.get", previousToken: "kv_2" },
    ]);
  });

  it("that knows no other token leaves the 401 as it is", async () => {
    for (const second of ["kv_1", null, undefined]) {
      const answers = ["kv_1", second];
      const fetch = script(answer(401, { code: "EXPIRED", message: "Token has expired" }));
      const error = await rejected(client(fetch, { token: () => answers.shift() }).agents.list());
      assert.equal(error instanceof sdk.AuthenticationError, true);
      assert.deepEqual([fetch.calls.length, error.attempts, error.code], [1, 1, "EXPIRED"]);
    }
  });

  it("passes the signals of frameworks on as they are", async () => {
    const digested = Object.assign(new Error("Dynamic server usage"), { digest: "DYNAMIC_SERVER_USAGE" });
    // biome-ignore lint/suspicious/noThenProperty: React suspends on what is thrown.
    const thenable = { then() {} };
    for (const signal of [digested, thenable]) {
      const thrown = () => {
        throw signal;
      };
      const fetch = script(fine);
      assert.equal((await kept(client(fetch, { token: thrown }).agents.list()))[0], signal);
      assert.equal(fetch.calls.length, 0);
      const failing = script(thrown);
      assert.equal((await kept(client(failing).agents.list()))[0], signal);
      assert.equal(failing.calls.length, 1, "it is not tried again");
    }
  });

  it("is asked again after a 401, and the call repeated once", async () => {
    const stale = answer(401, { code: "EXPIRED", message: "Token has expired" });
    const renewed = script(stale, fine);
    await client(renewed, { token: counting(), maxRetries: 0 }).agents.list();
    assert.deepEqual(bearers(renewed), ["Bearer kv_1", "Bearer kv_2"]);
    // What is never repeated otherwise is, too: a 401 means that nothing has happened.
    const created = script(stale, answer(200, AGENT));
    await client(created, { token: counting() }).agents.rotate("a1");
    assert.equal(created.calls.length, 2);
    const hopeless = script(stale);
    const error = await rejected(client(hopeless, { token: counting() }).agents.list());
    assert.equal(error instanceof sdk.AuthenticationError, true);
    assert.deepEqual([hopeless.calls.length, error.attempts, error.code], [2, 2, "EXPIRED"]);
  });

  it("is not asked again where a 401 is about something else", async () => {
    const token = counting();
    const wrong = script(answer(401, { message: "Invalid email or password" }));
    await rejected(client(wrong, { token }).auth.signIn({ email: "a@b.example", password: "a guess" }));
    assert.equal(wrong.calls.length, 1, "a second guess would count");
    const denied = script(answer(401, { allowed: false, reason: "Invalid token", auditId: "d" }));
    assert.equal((await client(denied, { token }).authorize("a1", { action: "a", resource: "r" })).allowed, false);
    assert.equal(denied.calls.length, 1, "a denial is a value");
    const fixed = script(answer(401));
    await rejected(client(fixed, { token: "kv_1" }).agents.list());
    assert.equal(fixed.calls.length, 1);
    const own = script(answer(401));
    assert.equal(await client(own, { token }).auth.getSession("a-session"), null);
    assert.equal(own.calls.length, 1, "the token was the caller's own");
  });

  it("asks for a session again before there is said to be none", async () => {
    const fetch = script(answer(401), answer(401));
    assert.equal(await client(fetch, { token: counting() }).auth.getSession(), null);
    assert.equal(fetch.calls.length, 2);
  });

  it("that is shared is not taken away from the others when one caller leaves", async () => {
    let deliver;
    const token = () =>
      new Promise((resolve) => {
        deliver = resolve;
      });
    const kavach = client(script(fine), { token, shareToken: true });
    const controller = new AbortController();
    const leaving = rejected(kavach.agents.list({}, { signal: controller.signal }));
    const staying = kavach.agents.list();
    controller.abort("bye");
    assert.equal(await leaving, "bye");
    deliver("kv_1");
    assert.equal((await staying).length, 1);
  });

  it("that fails fails the call, without its secrets", async () => {
    const thrown = new Error("no vault");
    for (const token of [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ]) {
      const fetch = script(fine);
      const error = await rejected(client(fetch, { token }).agents.list());
      assert.deepEqual([error.code, fetch.calls.length], ["TOKEN_UNAVAILABLE", 0]);
      assert.equal(error.message, "the token function failed: no vault");
      assert.notEqual(error.cause, thrown, "the host's own error is not handed on");
      assert.deepEqual([error.cause.name, error.cause.message], ["Error", "no vault"]);
    }
    const error = await rejected(client(script(fine), { token: () => "two words" }).agents.list());
    assert.equal(error.code, "INVALID_ARGUMENT");
    assert.doesNotMatch(JSON.stringify(error), /two words/);
  });
});
