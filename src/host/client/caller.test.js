// What carries the calls of a client.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { callerOf } from "./caller.js";
import { connect } from "./connection.js";
import { attach } from "./core.js";
import { fake } from "./fake-core.mjs";

before(() => attach(fake));

const endpointOf = (name) => ENDPOINTS.find((endpoint) => endpoint.name === name);
const callerWith = (fetch, mutations = { count: 0 }) =>
  callerOf(connect({ baseUrl: "https://a.example", dialect: "sdk", maxRetries: 0, fetch }), mutations);

it("counts a call that can change decisions when it starts, and when it settles either way", async () => {
  for (const status of [200, 500]) {
    const mutations = { count: 0 };
    const counts = [];
    const fetch = async () => counts.push(mutations.count) && new Response(null, { status });
    const pending = callerWith(fetch, mutations).call(endpointOf("agents.revoke"), ["a"]);
    assert.equal(mutations.count, 1);
    await pending.catch(() => {});
    assert.deepEqual([counts, mutations.count], [[1], 2]);
  }
});

it("does not count calls that cannot, but all requests of the host's own that are no GET", async () => {
  const mutations = { count: 0 };
  const caller = callerWith(async () => Response.json([]), mutations);
  await caller.call(endpointOf("agents.list"), []);
  await caller.request({ path: "/a" });
  assert.equal(mutations.count, 0);
  await caller.request({ path: "/a", method: "DELETE" });
  assert.equal(mutations.count, 2);
  await assert.rejects(caller.call(endpointOf("agents.revoke"), [""]), { code: "INVALID_ARGUMENT" });
  assert.equal(mutations.count % 2, 0, "each that started has settled");
});

it("makes the error where its stack shows the caller", async () => {
  const caller = callerWith(async () => new Response("{}", { status: 500 }));
  async function functionOfTheUser() {
    return await caller.call(endpointOf("agents.list"), []);
  }
  await assert.rejects(
    functionOfTheUser(),
    ({ stack, code }) => /functionOfTheUser/.test(stack) && code === "API_ERROR",
  );
  async function another() {
    return await caller.request({ path: "/a" });
  }
  await assert.rejects(another(), ({ stack, operation }) => /another/.test(stack) && operation === "request");
});

it("passes on what must reach the caller as it is", async () => {
  const digest = Object.assign(new Error("redirect"), { digest: "NEXT_REDIRECT" });
  const caller = callerWith(() => Promise.reject(digest));
  await assert.rejects(caller.call(endpointOf("agents.list"), []), digest);
  await assert.rejects(caller.request({ path: "/a" }), digest);
});

it("copies filters and the options beside them", () => {
  const { filters } = callerWith();
  assert.deepEqual(filters({ agentId: "a", since: new Date(0) }), {
    filters: { agentId: "a", since: "1970-01-01T00:00:00.000Z" },
    options: {},
  });
  const { signal } = new AbortController();
  const token = () => "kv_1";
  assert.deepEqual(filters(null, { signal, token, pageSize: 5 }), {
    filters: {},
    options: { signal, token, pageSize: 5 },
  });
});

it("refuses those that other methods refuse", () => {
  const { filters } = callerWith();
  const throwing = () => {
    throw new Error("secret");
  };
  const readable = "options must be a value that can be read: a getter or a proxy in it throws";
  for (const [given, message] of [
    [["x"], "filters must be an object"],
    [[{ limit: -1 }], "filters.limit must be a whole number of 0 or more"],
    [[{}, { timeout: 0 }], "options.timeout must be a positive number of milliseconds (Infinity for no limit)"],
    [[{}, 5], "options must be an object such as { signal, timeout }"],
    [[{}, []], "options must be an object such as { signal, timeout }"],
    [[{}, new AbortController().signal], "options must be a plain object"],
    [[{}, Object.create({ timeout: 5 })], "options must be a plain object"],
    [[{}, { pagesize: 5 }], /^options\.pagesize must be left out/],
    [[{}, new Proxy({}, { ownKeys: throwing })], readable],
  ])
    assert.throws(() => filters(...given), { name: "KavachError", code: "INVALID_ARGUMENT", message });
});
