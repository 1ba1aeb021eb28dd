// Bodies as streams.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { it } from "node:test";
import { streamOf, streamOfChunks } from "./stream-of.js";

const textOf = (stream) => new Response(stream).text();

it("hands on the stream of a response", () => {
  const { body } = new Response("text");
  assert.equal(streamOf({ body }), body);
});

it("makes one of a Node stream, of chunks of bytes or text", async () => {
  assert.equal(await textOf(streamOf({ body: Readable.from([Buffer.from("a"), "é✓"]) })), "aé✓");
  assert.equal(await textOf(streamOfChunks(["a", new TextEncoder().encode("b")])), "ab");
});

it("makes an empty one of an empty body, and none of a body that is text", async () => {
  assert.equal(await textOf(streamOf({ body: null })), "");
  for (const body of [undefined, "text", {}, 5]) assert.equal(streamOf({ body }), undefined);
});

it("reads nothing before it is wanted, and ends its source when it is cancelled", async () => {
  let reads = 0;
  const given = [];
  const chunks = {
    next: async () => ({ done: false, value: `${++reads}` }),
    return: async (reason) => given.push(reason),
  };
  const reader = streamOfChunks(chunks).getReader();
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(reads, 0);
  await reader.read();
  assert.equal(reads, 1);
  await reader.cancel("enough");
  assert.deepEqual(given, ["enough"]);
  await streamOfChunks({ next: async () => ({ done: true }) }).cancel();
});

it("fails as its source does", async () => {
  const thrown = new Error("broken");
  const stream = streamOfChunks({ next: () => Promise.reject(thrown) });
  await assert.rejects(stream.getReader().read(), thrown);
});
