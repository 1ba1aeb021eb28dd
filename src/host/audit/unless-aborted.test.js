import assert from "node:assert/strict";
import { it } from "node:test";
import { unlessAborted } from "./unless-aborted.js";

const never = new Promise(() => {});

it("waits for the promise, or for the signal", async () => {
  await unlessAborted(Promise.resolve(), undefined);
  await unlessAborted(Promise.resolve(), new AbortController().signal);
  await assert.rejects(unlessAborted(never, AbortSignal.abort("before")), (reason) => reason === "before");
  const controller = new AbortController();
  setTimeout(() => controller.abort("later"));
  await assert.rejects(unlessAborted(never, controller.signal), (reason) => reason === "later");
});

it("removes its listener", async () => {
  /** @type {unknown[]} */
  const listeners = [];
  const signal = {
    addEventListener: (/** @type {string} */ _, /** @type {unknown} */ found) => listeners.push(found),
    removeEventListener: (/** @type {string} */ _, /** @type {unknown} */ found) => {
      assert.equal(listeners.pop(), found);
    },
  };
  await unlessAborted(Promise.resolve(), signal);
  assert.deepEqual(listeners, []);
});
