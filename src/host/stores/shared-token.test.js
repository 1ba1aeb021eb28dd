import assert from "node:assert/strict";
import { it, mock } from "node:test";
import { fakeKv } from "./fake-services.mjs";
import { faultStore } from "./fault-store.mjs";
import { kvStore } from "./kv-store.js";
import { memoryStore } from "./memory-store.js";
import { sharedToken } from "./shared-token.js";

const INITIAL = { reason: "initial", operation: "agents.list" };
const refused = (previousToken) => ({ ...INITIAL, reason: "unauthorized", previousToken });

function issuer() {
  const issued = [];
  const refresh = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    issued.push(`token${issued.length + 1}`);
    return issued.at(-1);
  };
  return { issued, refresh };
}

it("one isolate gets a token, and the others use it", async () => {
  const store = memoryStore();
  const { issued, refresh } = issuer();
  const isolates = Array.from({ length: 20 }, () => sharedToken(store, refresh, { name: "billing" }));
  assert.deepEqual(new Set(await Promise.all(isolates.map((token) => token(INITIAL)))), new Set(["token1"]));
  assert.deepEqual(issued, ["token1"]);
});

it("a token that the server refused is replaced once the lock is over, and no other", async () => {
  mock.timers.enable({ apis: ["Date"], now: 1e12 });
  try {
    const store = memoryStore();
    const { issued, refresh } = issuer();
    const [one, two] = [0, 1].map(() => sharedToken(store, refresh, { name: "billing", seconds: 60 }));
    await one(INITIAL);
    mock.timers.tick(11_000);
    assert.equal(await one(refused("token1")), "token2");
    assert.equal(await two(refused("token1")), "token2");
    assert.equal(await two(refused("other")), "token2");
    mock.timers.tick(60_000);
    assert.equal(await two(INITIAL), "token3");
    assert.deepEqual(issued, ["token1", "token2", "token3"]);
  } finally {
    mock.timers.reset();
  }
});

it("each user has another token", async () => {
  const store = memoryStore();
  const { refresh } = issuer();
  assert.equal(await sharedToken(store, refresh, { name: "a" })(INITIAL), "token1");
  assert.equal(await sharedToken(store, refresh, { name: "b" })(INITIAL), "token2");
});

it("each isolate gets a token for itself where the store is gone, or cannot lock", async () => {
  for (const make of [
    () => Object.assign(faultStore(), { fault: "gone" }),
    () => Object.assign(faultStore(), { fault: "silent" }),
  ]) {
    const { refresh } = issuer();
    assert.equal(await sharedToken(make(), refresh, { name: "a" })(INITIAL), "token1");
  }
  const store = kvStore(fakeKv());
  const { issued, refresh } = issuer();
  assert.equal(await sharedToken(store, refresh, { name: "a" })(INITIAL), "token1");
  assert.equal(await sharedToken(store, refresh, { name: "a" })(INITIAL), "token1");
  assert.equal(issued.length, 1);
});

it("no token is kept where there is none", async () => {
  const store = faultStore();
  assert.equal(await sharedToken(store, async () => null, { name: "a" })(INITIAL), null);
  assert.ok(store.calls.every(([name]) => name !== "put"));
});

it("wrong arguments are refused", () => {
  const refresh = async () => "t";
  for (const [given, message] of [
    [[{}, refresh, { name: "a" }], /^store must/],
    [[memoryStore(), "t", { name: "a" }], /^refresh must/],
    [[memoryStore(), refresh, {}], /^options\.name/],
    [[memoryStore(), refresh, { name: "a", seconds: 0 }], /^options\.seconds/],
  ])
    assert.throws(() => sharedToken(...given), { code: "INVALID_ARGUMENT", message });
});
