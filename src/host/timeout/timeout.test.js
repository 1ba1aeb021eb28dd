// Time limits.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { it } from "node:test";
import { acquire } from "./controller-pool.js";
import { ABORTED, FULFILLED, now, REJECTED, sleep, TIMED_OUT, unwatch, watch, withTimeout } from "./timeout.js";

const never = () => new Promise(() => {});
const listeners = (signal) => getEventListeners(signal, "abort").length;
const ending = (timeout, signal, start, pooled) =>
  new Promise((resolve) => withTimeout(timeout, signal, start, (...ended) => resolve(ended), pooled));

it("ends as the promise does", async () => {
  const reason = new Error("no");
  assert.deepEqual(await ending(1_000, undefined, async () => 1), [FULFILLED, 1]);
  assert.deepEqual(await ending(1_000, undefined, () => Promise.reject(reason)), [REJECTED, reason]);
  assert.deepEqual(await ending(Number.POSITIVE_INFINITY, undefined, async () => 2), [FULFILLED, 2]);
});

it("ends when the time is over, and aborts the request", async () => {
  const pooled = acquire(true);
  assert.deepEqual((await ending(1, undefined, never, pooled))[0], TIMED_OUT);
  assert.equal(pooled.controller.signal.aborted, true);
});

it("does not start what has no time, or whose caller has left", async () => {
  const start = () => assert.fail("it has started");
  for (const timeout of [0, -1, Number.NEGATIVE_INFINITY])
    assert.equal((await ending(timeout, undefined, start))[0], TIMED_OUT);
  assert.equal((await ending(1_000, AbortSignal.abort(), start))[0], ABORTED);
});

it("ends when the caller aborts, and aborts the request", async () => {
  const caller = new AbortController();
  const pooled = acquire(true);
  const ended = ending(1_000, caller.signal, never, pooled);
  caller.abort();
  assert.deepEqual(await ended, [ABORTED, undefined]);
  assert.equal(pooled.controller.signal.aborted, true);
});

it("ends once, whatever comes later", async () => {
  const caller = new AbortController();
  let resolve;
  const endings = [];
  withTimeout(
    1,
    caller.signal,
    () => new Promise((given) => (resolve = given)),
    (...ended) => endings.push(ended[0]),
  );
  await new Promise((done) => setTimeout(done, 5));
  caller.abort();
  resolve("late");
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(endings, [TIMED_OUT]);
});

it("gives back the controller of what has ended well, and of nothing else", async () => {
  const fine = acquire(true);
  await ending(1_000, undefined, async () => 1, fine);
  assert.equal(acquire(true), fine);
  const failed = acquire(true);
  await ending(1_000, undefined, () => Promise.reject(new Error("no")), failed);
  assert.notEqual(acquire(true), failed);
});

it("leaves no listener and no timer behind", async (context) => {
  const { signal } = new AbortController();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const running = Array.from({ length: 30 }, (_, index) => ending(5_000, signal, async () => index));
  assert.equal(listeners(signal), 1, "one for all");
  await Promise.all(running);
  assert.equal(listeners(signal), 0);
  await ending(1_000, signal, () => Promise.reject(new Error("no")));
  assert.equal(listeners(signal), 0);
  const late = ending(1_000, signal, never);
  context.mock.timers.tick(1_000);
  assert.equal((await late)[0], TIMED_OUT);
  assert.equal(listeners(signal), 0);
});

it("waits as long as asked, also where a timer cannot", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let ended = false;
  withTimeout(2 ** 31, undefined, never, () => (ended = true));
  context.mock.timers.tick(2 ** 31 - 1);
  assert.equal(ended, false, "setTimeout would take this for no time at all");
});

it("treats a signal that is one by its looks only as what it is", async () => {
  const thrown = new Error("no");
  const broken = {
    aborted: false,
    addEventListener: () => {
      throw thrown;
    },
  };
  assert.deepEqual(await ending(1_000, broken, async () => 1), [REJECTED, thrown]);
  const clinging = {
    aborted: false,
    addEventListener() {},
    removeEventListener: () => {
      throw thrown;
    },
  };
  assert.deepEqual(await ending(1_000, clinging, async () => 1), [FULFILLED, 1]);
  const bare = { aborted: false, addEventListener() {} };
  assert.deepEqual(await ending(1_000, bare, async () => 1), [FULFILLED, 1]);
});

it("calls all who watch a signal, also those who leave meanwhile", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const called = [];
  const first = () => {
    called.push("first");
    unwatch(signal, first);
  };
  const second = () => called.push("second");
  const third = () => called.push("third");
  for (const callback of [first, second, third]) watch(signal, callback);
  unwatch(signal, third);
  unwatch(signal, third);
  unwatch(signal, () => {});
  controller.abort();
  assert.deepEqual(called, ["first", "second"]);
  unwatch(signal, second);
  assert.equal(listeners(signal), 0);
  watch(signal, second);
  assert.equal(listeners(signal), 1, "a signal can be watched again");
  unwatch(signal, second);
});

it("sleeps, and wakes up when the caller aborts", async () => {
  const slept = (milliseconds, signal) => new Promise((resolve) => sleep(milliseconds, signal)(resolve));
  assert.equal(await slept(1), TIMED_OUT);
  assert.equal(await slept(0), TIMED_OUT);
  const caller = new AbortController();
  const sleeping = slept(10_000, caller.signal);
  caller.abort();
  assert.equal(await sleeping, ABORTED);
});

it("has a clock that does not go back, also without performance", () => {
  const before = now();
  assert.ok(now() >= before);
  const { performance } = globalThis;
  Object.defineProperty(globalThis, "performance", { value: undefined, configurable: true });
  try {
    assert.ok(Math.abs(now() - Date.now()) < 1_000);
  } finally {
    Object.defineProperty(globalThis, "performance", { value: performance, configurable: true, writable: true });
  }
});
