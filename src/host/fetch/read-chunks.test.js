// Streams of several chunks, around the limit.
import assert from "node:assert/strict";
import { it } from "node:test";
import { joined, readChunks } from "./read-chunks.js";

const streamOf = (chunks, source = {}) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk));
      if (!source.open) controller.close();
    },
    ...source,
  });

it("reads what is within the limit, and joins it", async () => {
  const chunks = await readChunks(streamOf([[1, 2], [], [3]]), 3);
  assert.deepEqual(chunks, [new Uint8Array([1, 2]), new Uint8Array(), new Uint8Array([3])]);
  assert.deepEqual(joined(chunks), new Uint8Array([1, 2, 3]));
  assert.deepEqual(await readChunks(streamOf([]), 0), []);
  assert.deepEqual(joined([]), new Uint8Array());
});

it("stops one byte later, and when the signal is aborted, and cancels the rest", async () => {
  for (const [limit, signal] of [
    [2, undefined],
    [9, AbortSignal.abort()],
  ]) {
    let isCancelled = false;
    const cancel = () => {
      isCancelled = true;
      throw new Error("nobody waits for this");
    };
    assert.equal(await readChunks(streamOf([[1, 2], [3]], { open: true, cancel }), limit, signal), undefined);
    assert.ok(isCancelled);
  }
});

it("copies", async () => {
  const chunk = new Uint8Array([1]);
  const bytes = joined([chunk]);
  chunk[0] = 2;
  assert.deepEqual(bytes, new Uint8Array([1]));
});
