// What errors tell: who called, what was asked, and what the host said – and nothing that the host's own error holds.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { answer, rejected, script } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const TOKEN = "kv_CANARYtoken0123456789";
const client = (fetch, options) =>
  new KavachClient({
    baseUrl: "https://app.example/api",
    dialect: "sdk",
    token: TOKEN,
    maxRetries: 0,
    fetch,
    ...options,
  });
const failing = (error) =>
  client(async () => {
    throw error;
  });

describe("an error", () => {
  it("says what was asked, and what the server calls the request", async () => {
    for (const [name, id] of [
      ["x-request-id", "req_1"],
      ["request-id", "req_2"],
      ["cf-ray", "8f-AMS"],
    ]) {
      const fetch = script(answer(403, { code: "NO", message: "no" }, { [name]: id }));
      const error = await rejected(client(fetch).audit.query({ agentId: "a1" }));
      const { operation, method, url, status, statusCode, requestId } = error;
      assert.deepEqual(
        [operation, method, url, status, statusCode, requestId],
        ["audit.query", "GET", "https://app.example/api/audit", 403, 403, id],
      );
      assert.equal(JSON.parse(JSON.stringify(error)).operation, "audit.query");
    }
    const refused = await rejected(client(script(answer(200))).agents.get(5));
    assert.deepEqual([refused.operation, refused.url, refused.status], ["agents.get", undefined, undefined]);
  });

  it("shows in its stack who has called the method", async () => {
    async function functionOfTheUser() {
      return await client(script(answer(404, { message: 'Agent "x" not found' }))).agents.rotate("x");
    }
    assert.match((await rejected(functionOfTheUser())).stack, /functionOfTheUser/);
    async function another() {
      return await failing(new Error("no route")).agents.list();
    }
    assert.match((await rejected(another())).stack, /another/);
  });

  it("says the code of what is at the root of a failure", async () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const several = Object.assign(new AggregateError([refused], ""), { code: "ECONNREFUSED" });
    for (const cause of [refused, several]) {
      const error = await rejected(failing(new TypeError("fetch failed", { cause })).agents.list());
      assert.equal(error.message, "GET https://app.example/api/agents failed: fetch failed (ECONNREFUSED)");
      assert.deepEqual([error.cause.name, error.cause.message], ["TypeError", "fetch failed"]);
      assert.equal(error.cause.cause.code, "ECONNREFUSED");
    }
  });

  it("is never that of the host, which may hold the token in places that cannot be looked through", async () => {
    const request = () => new Request("http://x/", { headers: { Authorization: `Bearer ${TOKEN}` } });
    for (const held of [
      () => ({ request: request() }),
      () => ({ url: new URL(`http://x/?t=${TOKEN}`) }),
      () => ({ response: new Response("", { headers: { "x-echo": TOKEN } }) }),
      () => ({ set: new Set([TOKEN]) }),
      () => ({ map: new Map([["t", TOKEN]]) }),
      () => ({ boxed: Object(TOKEN) }),
      () => ({ symbol: Symbol(TOKEN) }),
      () => ({ promise: Promise.resolve(TOKEN) }),
      () => ({ [TOKEN]: 1 }),
      () => ({ code: TOKEN, name: TOKEN, stack: TOKEN }),
      () => ({ cause: { message: TOKEN, request: request() } }),
      () => ({
        get message() {
          throw new Error(TOKEN);
        },
      }),
    ]) {
      const thrown = Object.defineProperties(new Error(`x ${TOKEN}`), Object.getOwnPropertyDescriptors(held()));
      for (const host of [thrown, held()]) {
        const error = await rejected(failing(host).agents.list());
        assert.ok(error instanceof sdk.NetworkError);
        assert.notEqual(error.cause, host);
        const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + error.stack;
        assert.ok(!shown.includes(TOKEN), shown);
      }
    }
  });

  it("is made at once, however large the host's is", async () => {
    const host = Object.assign(new Error("m".repeat(5_000_000)), { body: new Uint8Array(16_000_000) });
    let read = 0;
    const counted = new Proxy(host, {
      get(target, name) {
        read++;
        return Reflect.get(target, name);
      },
      ownKeys() {
        throw new Error("all keys are looked at");
      },
    });
    const error = await rejected(failing(counted).agents.list());
    assert.ok(error.message.length < 5000 && error.cause.message.length <= 1000);
    assert.ok(read < 50, `${read} members were read`);
  });
});
