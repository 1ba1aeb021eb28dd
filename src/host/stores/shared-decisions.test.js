// Decision caches of several isolates in front of one server, by one store: what is announced, faults of the store, and forged entries.
import assert from "node:assert/strict";
import { beforeEach, it, mock } from "node:test";
import { CLIENT } from "../guard/authorizer.js";
import { decisionCache } from "../guard/decision-cache.js";
import { announceChanges } from "./announce-changes.js";
import { faultStore } from "./fault-store.mjs";
import { memoryStore } from "./memory-store.js";

const BASE = "https://app.example";
const READ = { action: "read", resource: "mcp:github" };
const permissions = () => [{ resource: "mcp:*", actions: ["read"] }];

let server;
beforeEach(() => {
  server = { isRevoked: false, asked: 0, answer: undefined };
});

// What one isolate has: its own client, with its own count of changes.
function isolate(store, options) {
  const decide = async () => {
    server.asked++;
    await server.answer;
    return server.isRevoked
      ? { allowed: false, reason: 'Agent "a" is revoked', auditId: "" }
      : { allowed: true, auditId: "e1" };
  };
  const kavach = {
    baseUrl: BASE,
    authorize: decide,
    auth: { authorizeByToken: decide },
    agents: {
      revoke: async () => {
        server.isRevoked = true;
      },
      update: async () => {},
      rotate: async () => {},
    },
    delegation: { create: async () => {}, revoke: async () => {} },
    request: async () => {},
    [CLIENT]: {
      mutations: { count: 0 },
      tokenSource: () => "kv_service",
      token: async () => "kv_service",
      connection: { baseUrl: BASE },
    },
  };
  const announce = announceChanges(kavach, store, options);
  const cache = decisionCache(kavach, { allowTtl: 5000, denyTtl: 5000, permissions, store });
  const ask = async () => {
    const { allowed, source } = await cache.authorize("a", READ);
    return `${allowed ? "allow" : "deny"} by ${source}`;
  };
  return { kavach, ask, announce, cache };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

it("an allow is shared, and is served by no isolate after a revocation that another one announced", async () => {
  const store = memoryStore();
  const [one, two, three] = [isolate(store), isolate(store), isolate(store)];
  assert.equal(await one.ask(), "allow by server");
  await settled();
  assert.equal(await two.ask(), "allow by cache");
  assert.equal(await one.ask(), "allow by cache");
  assert.equal(server.asked, 1);
  await three.kavach.agents.revoke("a");
  for (const { ask } of [one, two, three]) assert.match(await ask(), /^deny/);
});

it("a decision that was asked for before the announcement is not served after it", async () => {
  const store = memoryStore();
  const [one, two] = [isolate(store), isolate(store)];
  let release;
  server.answer = new Promise((resolve) => {
    release = resolve;
  });
  const late = one.cache.authorize("a", READ);
  await settled();
  server.isRevoked = true; // Revoked meanwhile, but this answer was made before.
  await two.announce();
  server.isRevoked = false;
  release();
  assert.equal((await late).allowed, true);
  await settled();
  server.isRevoked = true;
  assert.match(await one.ask(), /^deny by server/);
  assert.match(await two.ask(), /^deny/);
});

for (const fault of ["gone", "slow", "silent"])
  it(`while the store is ${fault}, the server decides, and no allow is served from the cache`, async () => {
    const [store, others] = [faultStore(), memoryStore()];
    const { ask } = isolate(store);
    assert.equal(await ask(), "allow by server");
    await settled();
    assert.equal(await ask(), "allow by cache");
    store.fault = fault;
    server.isRevoked = true;
    assert.equal(await ask(), "deny by server");
    // A denial may be served without the store.
    assert.equal(await ask(), "deny by cache");
    const { length } = store.calls;
    await ask();
    assert.equal(store.calls.length, length, "a store that does not answer is left alone for a second");
    assert.equal(await others.get("a"), null);
  });

it("a store that has lost everything has another version, never the same", async () => {
  let behind = memoryStore();
  const store = {
    consistency: "strong",
    get: (...args) => behind.get(...args),
    put: (...args) => behind.put(...args),
    add: (...args) => behind.add(...args),
  };
  const [one, two] = [isolate(store), isolate(store)];
  await one.ask();
  await settled();
  server.isRevoked = true;
  await two.announce();
  behind = memoryStore();
  assert.equal(await one.ask(), "deny by server");
});

it("an isolate that is split off serves no allow, whatever it kept", async () => {
  const shared = memoryStore();
  const split = faultStore(shared);
  const [one, two] = [isolate(split), isolate(shared)];
  await one.ask();
  split.fault = "silent";
  await two.kavach.agents.revoke("a");
  assert.equal(await one.ask(), "deny by server");
});

it("forged and broken entries are not served", async () => {
  const store = memoryStore();
  const texts = [];
  const put = store.put;
  store.put = (key, value, seconds) => {
    if (key.startsWith("decision:")) texts.push(key, value);
    return put(key, value, seconds);
  };
  await isolate(store).ask();
  await settled();
  const [key, text] = texts;
  assert.doesNotMatch(key + text, /kv_service|mcp:github/);
  const [version, until, isAllow, decision] = JSON.parse(text);
  server.isRevoked = true;
  const denied = JSON.stringify({ allowed: false, auditId: "" });
  for (const forged of [
    "x",
    "null",
    JSON.stringify(["other", until, isAllow, decision]),
    JSON.stringify([version, until + 1e9, isAllow, decision]),
    JSON.stringify([version, Date.now() - 1, isAllow, decision]),
    JSON.stringify([version, until, false, decision]),
    JSON.stringify([version, until, isAllow, '{"allowed":1,"auditId":""}']),
    JSON.stringify([version, until, isAllow, '{"__proto__":{"allowed":true,"auditId":""}}']),
  ]) {
    await put(key, forged, 5);
    assert.match(await isolate(store).ask(), /^deny by server/, forged);
    await settled();
  }
  await put(key, JSON.stringify([version, Date.now() + 4000, false, denied]), 5);
  assert.equal(await isolate(store).ask(), "deny by cache");
});

it("an announcement is tried again, and then reported", async () => {
  const store = faultStore();
  const errors = [];
  const { kavach, announce } = isolate(store, { onError: (error) => errors.push(error) });
  store.fault = "gone";
  setTimeout(() => {
    store.fault = undefined;
  }, 120);
  await kavach.agents.revoke("a");
  assert.equal(errors.length, 0);
  assert.ok(store.calls.length >= 2);
  store.fault = "gone";
  await kavach.agents.revoke("a");
  assert.equal(errors.length, 1);
  await assert.rejects(announce());
});

it("a call that fails is announced too, and what only reads is not", async () => {
  const store = faultStore();
  const { kavach } = isolate(memoryStore());
  kavach.agents.update = async () => {
    throw new Error("504");
  };
  announceChanges(kavach, store);
  await kavach.request({ path: "/a" });
  assert.equal(store.calls.length, 0);
  await kavach.request({ path: "/a", method: "POST" });
  assert.equal(store.calls.length, 1);
  await assert.rejects(kavach.agents.update("a", {}), { message: "504" });
  assert.equal(store.calls.length, 2);
});

it("an entry expires by its age, however often it is passed on", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  try {
    const store = memoryStore();
    const [one, two] = [isolate(store), isolate(store)];
    await one.ask();
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(3000);
    assert.equal(await two.ask(), "allow by cache");
    mock.timers.tick(2001);
    assert.equal(await two.ask(), "allow by server");
  } finally {
    mock.timers.reset();
  }
});

it("stores that may be stale, and other authorizers, are refused", async () => {
  const { kavach } = isolate(memoryStore());
  for (const store of [{}, { ...memoryStore(), consistency: "eventual" }, "redis"]) {
    assert.throws(() => decisionCache(kavach, { store }), { code: "INVALID_ARGUMENT", message: /^options\.store/ });
    assert.throws(() => announceChanges(kavach, store), { code: "INVALID_ARGUMENT", message: /^store must/ });
  }
  const other = { authorize() {}, auth: { authorizeByToken() {} } };
  const cached = decisionCache(other, { store: memoryStore() });
  const request = { action: "read", resource: "a" };
  await assert.rejects(cached.authorize("agent-1", request), { message: /^options\.store .* with a KavachClient$/ });
  assert.throws(() => announceChanges(other, memoryStore()), { message: /^kavach must/ });
});
