// Streams that end as calls do.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { it } from "node:test";
import { guarded } from "./stream.js";

const failure = (isTimeout, ...thrown) => Object.assign(new Error(isTimeout ? "silent" : "broken"), { thrown });
const chunks = (...all) =>
  new ReadableStream({ pull: (controller) => (all.length > 0 ? controller.enqueue(all.shift()) : controller.close()) });
const listeners = (signal) => getEventListeners(signal, "abort").length;
// A stream that sends one chunk, then nothing, and says how it is cancelled.
const silent = (cancelled = []) => {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return new Promise(() => {});
      sent = true;
      controller.enqueue("first");
    },
    cancel: (reason) => cancelled.push(reason),
  });
};
const all = async (stream) => {
  const read = [];
  for await (const chunk of stream) read.push(chunk);
  return read;
};

it("hands on what comes in, to its end", async () => {
  const { signal } = new AbortController();
  const stream = guarded(chunks("a", "b"), 1_000, signal, failure);
  assert.equal(listeners(signal), 1);
  assert.deepEqual(await all(stream), ["a", "b"]);
  assert.equal(listeners(signal), 0);
});

it("reads nothing before it is wanted", async () => {
  let reads = 0;
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(++reads) }, { highWaterMark: 0 });
  const reader = guarded(body, 1_000, undefined, failure).getReader();
  await new Promise((resolve) => setTimeout(resolve, 2));
  assert.equal(reads, 0);
  await reader.read();
  assert.equal(reads, 1);
});

it("fails when it goes silent, by the time for each chunk", async () => {
  const cancelled = [];
  const { signal } = new AbortController();
  const reader = guarded(silent(cancelled), 5, signal, failure).getReader();
  assert.equal((await reader.read()).value, "first");
  await assert.rejects(reader.read(), { message: "silent" });
  assert.deepEqual([cancelled.length, listeners(signal)], [1, 0]);
});

it("fails when it breaks off, with what was thrown", async () => {
  const thrown = new TypeError("terminated");
  const body = new ReadableStream({ pull: (controller) => controller.error(thrown) });
  await assert.rejects(guarded(body, 1_000, undefined, failure).getReader().read(), {
    message: "broken",
    thrown: [thrown],
  });
});

it("ends with the caller's reason when the caller aborts, before and while it is read", async () => {
  const reason = new Error("enough");
  const cancelled = [];
  const before = guarded(silent(cancelled), 1_000, AbortSignal.abort(reason), failure);
  await assert.rejects(before.getReader().read(), reason);
  const caller = new AbortController();
  const reader = guarded(silent(cancelled), 1_000, caller.signal, failure).getReader();
  await reader.read();
  const pending = reader.read();
  caller.abort(reason);
  await assert.rejects(pending, reason);
  assert.deepEqual([cancelled.length, listeners(caller.signal)], [2, 0]);
});

it("cancels the body when it is cancelled", async () => {
  const cancelled = [];
  const { signal } = new AbortController();
  await guarded(silent(cancelled), 1_000, signal, failure).cancel("done");
  assert.deepEqual([cancelled, listeners(signal)], [["done"], 0]);
});

it("does not mind a body that cannot be cancelled", async () => {
  const reader = { read: async () => ({ done: true }), cancel: () => Promise.reject(new Error("no")) };
  assert.deepEqual(await all(guarded({ getReader: () => reader }, 1_000, undefined, failure)), []);
  await new Promise((resolve) => setImmediate(resolve));
});
