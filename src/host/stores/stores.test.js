// What every adapter promises, in front of stand-ins of the services. tests/stores tries the services themselves.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { denoKvStore } from "./deno-kv-store.js";
import { durableObjectStore, KavachStore } from "./durable-object-store.js";
import { fakeDenoKv, fakeDurableObjects, fakeKv, fakeRedis, restOf } from "./fake-services.mjs";
import { kvStore } from "./kv-store.js";
import { memoryStore } from "./memory-store.js";
import { redisRestStore, redisStore } from "./redis-store.js";

const STRONG = {
  memory: () => memoryStore(),
  redis: () => redisStore(fakeRedis()),
  "redis over HTTP": () => redisRestStore({ url: "https://r.example", token: "t", fetch: restOf(fakeRedis()) }),
  "Deno KV": () => denoKvStore(fakeDenoKv()),
  "Durable Objects": () => durableObjectStore(fakeDurableObjects(KavachStore), { shards: 3 }),
};

for (const [name, make] of Object.entries(STRONG))
  test(`${name}: keeps texts until they expire, and adds once`, async () => {
    mock.timers.enable({ apis: ["Date"], now: 1e12 });
    try {
      const store = make();
      assert.equal(store.consistency, "strong");
      assert.equal(await store.get("a"), null);
      await store.put("a", "ü 1", 2);
      await store.put("b", "", 2);
      assert.deepEqual([await store.get("a"), await store.get("b")], ["ü 1", ""]);
      await store.put("a", "2", 1.5);
      mock.timers.tick(1499);
      assert.equal(await store.get("a"), "2");
      mock.timers.tick(2);
      assert.equal(await store.get("a"), null);

      assert.deepEqual(await Promise.all([1, 2, 3].map(() => store.add("once", 1))), [true, false, false]);
      assert.equal(await store.get("once"), "1");
      mock.timers.tick(1001);
      assert.equal(await store.add("once", 1, "again"), true);
      assert.equal(await store.get("once"), "again");
      assert.equal(await store.add("a", 5), true);
    } finally {
      mock.timers.reset();
    }
  });

test("KV keeps texts, for what may be stale", async () => {
  mock.timers.enable({ apis: ["Date"], now: 1e12 });
  try {
    const namespace = fakeKv();
    const store = kvStore(namespace);
    assert.equal(store.consistency, "eventual");
    assert.equal(store.add, undefined);
    await store.put("a", "x y", 5);
    assert.equal(namespace.ttl, 60);
    assert.equal(await store.get("a"), "x y");
    mock.timers.tick(5001);
    assert.equal(await store.get("a"), null);
    assert.equal(await store.get("b"), null);
  } finally {
    mock.timers.reset();
  }
});

test("a memory store drops its oldest entry", async () => {
  const store = memoryStore({ max: 2 });
  for (const key of ["a", "b", "c"]) await store.put(key, key, 9);
  assert.deepEqual(await Promise.all(["a", "b", "c"].map(store.get)), [null, "b", "c"]);
});

test("what a service answers wrongly is an error, which repeats no key and no value", async () => {
  const broken = [
    redisStore({ call: async () => 5 }),
    redisRestStore({ url: "https://r.example", token: "t", fetch: async () => Response.json({ error: "ERR secret" }) }),
    redisRestStore({
      url: "https://r.example",
      token: "t",
      fetch: async () => new Response("secret", { status: 500 }),
    }),
    durableObjectStore({
      idFromName: (name) => name,
      get: () => ({ fetch: async () => new Response("", { status: 500 }) }),
    }),
  ];
  for (const store of broken)
    for (const run of [() => store.get("secret"), () => store.put("secret", "secret", 1), () => store.add("secret", 1)])
      await assert.rejects(run(), (error) => error.code === "STORE_UNAVAILABLE" && !/secret/.test(error.message));
});

test("the Durable Object drops what has expired", async () => {
  mock.timers.enable({ apis: ["Date"], now: 1e12 });
  try {
    const objects = fakeDurableObjects(KavachStore);
    const store = durableObjectStore(objects);
    await store.put("short", "1", 1);
    await store.put("long", "1", 3600);
    const [{ object, storage }] = objects.all.values();
    assert.ok(storage.alarm > Date.now());
    mock.timers.tick(60_000);
    storage.alarm = null;
    await object.alarm();
    assert.deepEqual([...storage.entries.keys()], ["long"]);
    assert.ok(storage.alarm > Date.now());
    mock.timers.tick(3_600_000);
    storage.alarm = null;
    await object.alarm();
    assert.deepEqual([storage.entries.size, storage.alarm], [0, null]);
  } finally {
    mock.timers.reset();
  }
});

test("wrong arguments are refused", () => {
  for (const [make, message] of [
    [() => memoryStore({ max: 0 }), /^options\.max/],
    [() => memoryStore({ size: 1 }), /^options\.size/],
    [() => redisStore({}), /^redis must/],
    [() => redisStore(fakeRedis(), { prefix: 5 }), /^options\.prefix/],
    [() => redisRestStore({ url: "redis://x", token: "t" }), /^options\.url/],
    [() => redisRestStore({ url: "https://x" }), /^options\.token/],
    [() => denoKvStore({}), /^kv must/],
    [() => durableObjectStore(undefined), /^namespace must/],
    [() => durableObjectStore(fakeDurableObjects(KavachStore), { shards: 0 }), /^options\.shards/],
    [() => kvStore(null), /^namespace must/],
  ])
    assert.throws(make, { code: "INVALID_ARGUMENT", message });
});
