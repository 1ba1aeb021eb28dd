// The pool of controllers.
import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import { acquire, release } from "./controller-pool.js";

// Takes what other tests have left.
const drained = () => {
  const all = [];
  for (let pooled = acquire(true); pooled.uses > 0; pooled = acquire(true)) all.push(pooled);
  return all;
};
afterEach(drained);

it("uses a controller again that has been released, a few times", () => {
  const first = acquire(true);
  release(first);
  assert.equal(acquire(true), first);
  let uses = 1;
  for (release(first); acquire(true) === first; release(first)) assert.ok(++uses < 20, "for ever");
  assert.equal(uses + 1, 12);
});

it("never gives one to two calls at a time", () => {
  const taken = Array.from({ length: 100 }, () => acquire(true));
  assert.equal(new Set(taken.map(({ controller }) => controller)).size, 100);
  for (const pooled of taken) release(pooled);
  const again = Array.from({ length: 100 }, () => acquire(true));
  assert.equal(new Set(again.map(({ controller }) => controller)).size, 100);
});

it("keeps few, and none that has fired", () => {
  const taken = Array.from({ length: 200 }, () => acquire(true));
  for (const pooled of taken) release(pooled);
  assert.equal(drained().length, 64);
  const fired = acquire(true);
  fired.controller.abort();
  release(fired);
  assert.notEqual(acquire(true), fired);
  assert.equal(acquire(true).controller.signal.aborted, false);
});

it("keeps none that the caller's own function has seen, and gives it none that others use", () => {
  const own = acquire(false);
  release(own);
  assert.notEqual(acquire(true), own);
  const shared = acquire(true);
  release(shared);
  assert.notEqual(acquire(false), shared);
});

it("keeps none in a Worker, where it belongs to one request", () => {
  globalThis.WebSocketPair = class {};
  try {
    const pooled = acquire(true);
    release(pooled);
    assert.notEqual(acquire(true), pooled);
  } finally {
    delete globalThis.WebSocketPair;
  }
});
