import assert from "node:assert/strict";
import { it } from "node:test";
import { chunksOf } from "./chunks.js";

async function read(/** @type {unknown} */ stream) {
  const found = [];
  for await (const chunk of chunksOf(stream)) found.push([...chunk]);
  return found;
}

it("reads streams of the web and of Node", async () => {
  assert.deepEqual(await read(new Blob(["ab"]).stream()), [[97, 98]]);
  async function* stream() {
    yield "é";
    yield new DataView(Uint8Array.of(1, 2, 3).buffer, 1);
  }
  assert.deepEqual(await read(stream()), [
    [195, 169],
    [2, 3],
  ]);
});

it("cancels the stream that is left", async () => {
  let isCancelled = false;
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1)),
    cancel() {
      isCancelled = true;
    },
  });
  for await (const _ of chunksOf(stream)) break;
  assert.ok(isCancelled);
});

it("refuses what is no stream of bytes", async () => {
  for (const bad of [undefined, null, 5, {}, new ReadableStream({ start: (c) => c.enqueue(5) })])
    await assert.rejects(read(bad), { name: "DecodeError", message: /no stream of bytes$/ });
});
