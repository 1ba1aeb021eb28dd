// Token functions.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { it } from "node:test";
import { ABORTED, FULFILLED, REJECTED, TIMED_OUT } from "../timeout/timeout.js";
import { provided } from "./token.js";

const INITIAL = { reason: "initial", operation: "agents.list" };
const ask = (provider, { context = INITIAL, timeout = 1_000, signal, isShared = false } = {}) =>
  new Promise((resolve) => provided(provider, context, timeout, signal, isShared)((...ended) => resolve(ended)));
// Each call gets its own token, some time later.
const counting = () => {
  let count = 0;
  const provider = async () => {
    const token = `kv_${++count}`;
    await new Promise((resolve) => setTimeout(resolve, 2));
    return token;
  };
  return Object.assign(provider, { count: () => count });
};
const tokens = async (...asked) => (await Promise.all(asked)).map(([, token]) => token);

it("asks with the context, and takes a value or a promise", async () => {
  const seen = [];
  assert.deepEqual(await ask((context) => seen.push(context) && "kv_1"), [FULFILLED, "kv_1"]);
  assert.deepEqual(seen, [INITIAL]);
  assert.deepEqual(await ask(async () => "kv_2"), [FULFILLED, "kv_2"]);
});

it("rejects as the function does, also at once", async () => {
  const thrown = new Error("no");
  assert.deepEqual(
    await ask(() => {
      throw thrown;
    }),
    [REJECTED, thrown],
  );
  assert.deepEqual(await ask(() => Promise.reject(thrown)), [REJECTED, thrown]);
});

it("waits no longer than it may", async () => {
  const never = () => new Promise(() => {});
  assert.equal((await ask(never, { timeout: 1 }))[0], TIMED_OUT);
  const caller = new AbortController();
  const asked = ask(never, { signal: caller.signal });
  caller.abort();
  assert.equal((await asked)[0], ABORTED);
});

it("does not ask for a caller who has left, and asks when it waits, not before", async () => {
  let asked = 0;
  const provider = () => ++asked;
  provided(provider, INITIAL, 1_000, undefined, false);
  assert.equal((await ask(provider, { signal: AbortSignal.abort() }))[0], ABORTED);
  assert.equal(asked, 0);
});

it("asks for every call, in the context of its caller, unless told to share", async () => {
  const user = new AsyncLocalStorage();
  const provider = async () => `kv_${user.getStore()}`;
  const calls = ["ann", "bob"].map((name) => user.run(name, () => ask(provider)));
  assert.deepEqual(await tokens(...calls), ["kv_ann", "kv_bob"]);
});

it("shares one answer among those who wait at the same time, and asks anew afterwards", async () => {
  const provider = counting();
  const shared = () => ask(provider, { isShared: true });
  assert.deepEqual(await tokens(shared(), shared(), shared()), ["kv_1", "kv_1", "kv_1"]);
  assert.deepEqual(await tokens(shared()), ["kv_2"]);
  assert.equal(provider.count(), 2);
});

it("does not give a refused token to those who want another", async () => {
  const provider = counting();
  const renewed = (previousToken) =>
    ask(provider, { isShared: true, context: { reason: "unauthorized", previousToken } });
  const all = await tokens(ask(provider, { isShared: true }), renewed("kv_0"), renewed("kv_0"));
  assert.deepEqual(all, ["kv_1", "kv_2", "kv_2"]);
});

it("shares between no two functions, and not in a Worker", async () => {
  const [one, two] = [counting(), counting()];
  await tokens(ask(one, { isShared: true }), ask(two, { isShared: true }));
  assert.deepEqual([one.count(), two.count()], [1, 1]);
  globalThis.WebSocketPair = class {};
  try {
    await tokens(ask(one, { isShared: true }), ask(one, { isShared: true }));
  } finally {
    delete globalThis.WebSocketPair;
  }
  assert.equal(one.count(), 3);
});

it("does not take the answer from others when one leaves, and forgets a failure", async () => {
  let fails = true;
  const provider = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (fails) throw new Error("no");
    return "kv_1";
  };
  const caller = new AbortController();
  const leaving = ask(provider, { isShared: true, signal: caller.signal });
  const staying = ask(provider, { isShared: true });
  caller.abort();
  assert.equal((await leaving)[0], ABORTED);
  assert.equal((await staying)[0], REJECTED);
  fails = false;
  assert.deepEqual(await ask(provider, { isShared: true }), [FULFILLED, "kv_1"]);
});
