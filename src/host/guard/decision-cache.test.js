// The decision cache.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CLIENT } from "./authorizer.js";
import { decisionCache } from "./decision-cache.js";

const REQUEST = { action: "read", resource: "mcp:a" };
const FREE = [{ resource: "mcp:*", actions: ["read"] }];
const ALLOWED = { allowed: true, auditId: "a" };
const UNGRANTED = { allowed: false, auditId: "a", reason: "No permission grants read on mcp:a" };

function counting(decision, more) {
  const kavach = { calls: 0, ...more };
  const answer = async () => {
    kavach.calls++;
    return decision;
  };
  return Object.assign(kavach, { authorize: answer, auth: { authorizeByToken: answer } });
}

const twice = async (kavach, options, callOptions) => {
  const cached = decisionCache(kavach, options);
  const sources = [];
  for (let call = 0; call < 2; call++) {
    sources.push((await cached.auth.authorizeByToken("kv_1", REQUEST, callOptions)).source);
    await new Promise((resolve) => setImmediate(resolve)); // The permissions are looked up meanwhile.
  }
  return sources;
};

it("keeps denials, and allowed requests without constraints", async () => {
  assert.deepEqual(await twice(counting(UNGRANTED)), ["server", "cache"]);
  assert.deepEqual(await twice(counting(ALLOWED)), ["server", "server"], "the permissions are not known");
  assert.deepEqual(await twice(counting(ALLOWED), { permissions: () => FREE }), ["server", "cache"]);
  const constrained = [{ ...FREE[0], constraints: { maxCallsPerHour: 5 } }];
  assert.deepEqual(await twice(counting(ALLOWED), { permissions: () => constrained }), ["server", "server"]);
  const failing = () => {
    throw new Error("no");
  };
  assert.deepEqual(await twice(counting(ALLOWED), { permissions: failing }), ["server", "server"]);
});

it("does not keep calls whose options may change the decision", async () => {
  assert.deepEqual(await twice(counting(UNGRANTED), {}, { timeout: 5, maxRetries: 1 }), ["server", "cache"]);
  for (const callOptions of [{ headers: {} }, { init: {} }, { token: () => "kv_2" }])
    assert.deepEqual(await twice(counting(UNGRANTED), {}, callOptions), ["server", "server"]);
});

it("keeps subjects, requests and callers apart", async () => {
  const kavach = counting(UNGRANTED);
  const cached = decisionCache(kavach);
  await cached.authorize("kv_1", REQUEST);
  await cached.auth.authorizeByToken("kv_1", REQUEST);
  await cached.auth.authorizeByToken("kv_1", { ...REQUEST, resource: "mcp:b" });
  await cached.authorize("kv_1", REQUEST, { token: "other" });
  assert.deepEqual([kavach.calls, cached.size], [4, 4]);
  cached.clear();
  assert.equal(cached.size, 0);
});

it("forgets entries after their time, and the least recently used one first", async () => {
  assert.deepEqual(await twice(counting(UNGRANTED), { denyTtl: 0 }), ["server", "server"]);
  const kavach = counting(UNGRANTED);
  const cached = decisionCache(kavach, { max: 2 });
  const ask = (resource) => cached.authorize("agent", { ...REQUEST, resource });
  for (const resource of ["a", "b", "a", "c"]) await ask(resource);
  assert.equal((await ask("a")).source, "cache");
  assert.equal((await ask("b")).source, "server");
});

it("counts the age by whichever clock says more", async (test) => {
  const kavach = counting(UNGRANTED);
  const cached = decisionCache(kavach, { denyTtl: 1_000 });
  await cached.authorize("agent", REQUEST);
  const start = Date.now();
  test.mock.method(Date, "now", () => start + 1_000);
  assert.equal((await cached.authorize("agent", REQUEST)).source, "server");
});

it("is emptied by changes of the client, and keeps no decision from before", async () => {
  const mutations = { count: 0 };
  const client = { mutations, token: async () => "kv_admin", tokenSource: () => "kv_admin" };
  const kavach = counting(UNGRANTED, { [CLIENT]: client });
  const cached = decisionCache(kavach);
  await cached.authorize("agent", REQUEST);
  assert.equal(cached.size, 1);
  mutations.count++;
  assert.equal(cached.size, 0);
  const { authorize } = kavach;
  kavach.authorize = (...given) => {
    mutations.count++;
    return authorize(...given);
  };
  await cached.authorize("agent", REQUEST);
  assert.deepEqual([kavach.calls, cached.size], [2, 0]);
});

it("sends the token of the key, and keeps nothing if it was refreshed", async () => {
  let sent = 0;
  const source = () => `kv_${++sent}`;
  const client = { mutations: { count: 0 }, token: async () => "kv_key", tokenSource: () => source };
  const tokens = [];
  const asking = (reason) => {
    const authorize = async (_agent, _request, { token }) => tokens.push(token({ reason })) && UNGRANTED;
    return decisionCache({ [CLIENT]: client, authorize, auth: { authorizeByToken: authorize } });
  };
  const kept = asking("initial");
  await kept.authorize("agent", REQUEST, {});
  const refreshed = asking("unauthorized");
  await refreshed.authorize("agent", REQUEST, {});
  assert.deepEqual([tokens, kept.size, refreshed.size], [["kv_key", "kv_1"], 1, 0]);
});

it("gives out copies", async () => {
  const cached = decisionCache(counting(UNGRANTED));
  (await cached.authorize("agent", REQUEST)).reason = "changed";
  await cached.authorize("agent", REQUEST).then((decision) => Object.assign(decision, { allowed: true }));
  assert.deepEqual(await cached.authorize("agent", REQUEST), { ...UNGRANTED, source: "cache" });
});

it("checks its options", () => {
  for (const options of [{ allowTtl: 5_001 }, { denyTtl: -1 }, { max: 0.5 }, { permissions: [] }, { ttl: 1 }])
    assert.throws(() => decisionCache(counting(ALLOWED), options), { code: "INVALID_ARGUMENT" });
  assert.throws(() => decisionCache({}), { code: "INVALID_ARGUMENT" });
});

it("takes a store with strong consistency, before a client alone", async () => {
  const weak = { get() {}, put() {}, add() {}, consistency: "eventual" };
  const refusal = (text) => ({ code: "INVALID_ARGUMENT", message: text });
  assert.throws(
    () => decisionCache(counting(ALLOWED), { store: weak }),
    refusal("options.store must have strong consistency"),
  );
  const later = refusal("options.store must have get, put and add, and be given with a KavachClient");
  for (const [kavach, store] of [
    [counting(ALLOWED), { ...weak, consistency: "strong" }],
    [counting(ALLOWED, { [CLIENT]: { mutations: { count: 0 } } }), { consistency: "strong" }],
  ]) {
    await assert.rejects(decisionCache(kavach, { store }).auth.authorizeByToken("kv_1", REQUEST), later);
    assert.equal(kavach.calls, 0, "nothing was asked");
  }
});
