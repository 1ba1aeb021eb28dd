// Bodies, and their limits.
import assert from "node:assert/strict";
import { it } from "node:test";
import { bytesOf, jsonOf, TOO_LARGE, textOf } from "./body.js";

// The signal that is passed for a response of the host's fetch, and of one of the caller's own.
const HOST = undefined;
const OWN = new AbortController().signal;

const NONE = Number.POSITIVE_INFINITY;
const bytes = (text) => new TextEncoder().encode(text);
// A body in chunks, which says how much of it has been asked for.
const chunked = (chunks, headers) => {
  const state = { reads: 0, isCancelled: false };
  const body = new ReadableStream(
    {
      pull(controller) {
        if (state.reads === chunks.length) return controller.close();
        controller.enqueue(bytes(chunks[state.reads++]));
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, response: new Response(body, { headers }) };
};
const endless = (headers) => chunked(new Array(10_000).fill("0123456789"), headers);

it("reads values, text and bytes", async () => {
  for (const limit of [NONE, 100])
    for (const signal of [OWN, HOST]) {
      const response = () => new Response('{"a":"é"}', { headers: { "content-length": "10" } });
      assert.deepEqual(await jsonOf(response(), limit, signal), { a: "é" });
      assert.equal(await textOf(response(), limit, signal), '{"a":"é"}');
      assert.deepEqual(await bytesOf(response(), limit, signal), bytes('{"a":"é"}'));
    }
});

it("puts together what comes in pieces, also within a character", async () => {
  const [start, end] = [bytes("é").slice(0, 1), bytes("é").slice(1)];
  const pieces = () =>
    new Response(
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(start);
          controller.enqueue(end);
          controller.close();
        },
      }),
    );
  assert.equal(await textOf(pieces(), 10, OWN), "é");
  assert.deepEqual(await bytesOf(pieces(), 10, OWN), bytes("é"));
  assert.deepEqual(await jsonOf(chunked(["[1,", "2]"]).response, 10, OWN), [1, 2]);
  assert.deepEqual(await bytesOf(chunked([]).response, 10, OWN), new Uint8Array());
});

it("leaves out a byte order mark, as the host does", async () => {
  assert.deepEqual(await jsonOf(chunked(["\ufeff[1]"]).response, 10, OWN), [1]);
});

it("takes as much as the limit, and not a byte more", async () => {
  for (const read of [jsonOf, textOf, bytesOf]) {
    assert.notEqual(await read(chunked(["[12", "34]"]).response, 6, OWN), TOO_LARGE);
    assert.equal(await read(chunked(["[12", "34]"]).response, 5, OWN), TOO_LARGE);
    assert.equal(await read(chunked(["[", "]"]).response, 0, OWN), TOO_LARGE);
  }
  assert.equal(await textOf(chunked([]).response, 0, OWN), "");
});

it("ends a body that is too large while it comes in", async () => {
  for (const read of [jsonOf, textOf, bytesOf]) {
    const { state, response } = endless();
    assert.equal(await read(response, 95, HOST), TOO_LARGE);
    assert.deepEqual([state.reads, state.isCancelled], [10, true]);
  }
});

it("believes a length only where the host enforces it, and never one of compressed bytes", async () => {
  const { state, response } = endless({ "content-length": "5" });
  assert.equal(await textOf(response, 95, OWN), TOO_LARGE);
  assert.equal(state.reads, 10);
  const zipped = endless({ "content-length": "5", "content-encoding": "gzip" });
  assert.equal(await jsonOf(zipped.response, 95, HOST), TOO_LARGE);
  for (const length of ["96", "many", ""])
    assert.equal(await textOf(endless({ "content-length": length }).response, 95, HOST), TOO_LARGE);
});

it("reads in one piece what the host keeps within the limit", async () => {
  const response = {
    headers: new Headers({ "content-length": "3" }),
    body: { getReader: () => assert.fail("it is read in pieces") },
    json: async () => [1],
    text: async () => "[1]",
    arrayBuffer: async () => bytes("[1]").buffer,
  };
  assert.deepEqual(await jsonOf(response, 3, HOST), [1]);
  assert.equal(await textOf(response, 3, HOST), "[1]");
  assert.deepEqual(await bytesOf(response, 3, HOST), bytes("[1]"));
});

it("reads test doubles that have one of the two alone, and checks their size afterwards", async () => {
  assert.deepEqual(await jsonOf({ json: async () => ({ a: 1 }) }, 100, OWN), { a: 1 });
  assert.deepEqual(await jsonOf({ text: async () => "[1]" }, 100, OWN), [1]);
  assert.equal(await textOf({ json: async () => [1] }, 100, OWN), "[1]");
  assert.equal(await textOf({ text: async () => undefined }, 100, OWN), "");
  assert.equal(await textOf({ text: async () => null }, 100, OWN), "");
  assert.equal(await textOf({ text: async () => "12345" }, 4, OWN), TOO_LARGE);
  assert.equal(await jsonOf({ text: async () => "12345" }, 4, OWN), TOO_LARGE);
  assert.deepEqual(await bytesOf({ text: async () => "é" }, 4, OWN), bytes("é"));
  assert.equal(await bytesOf({ text: async () => "éé" }, 3, OWN), TOO_LARGE);
});

it("throws a SyntaxError for what is not JSON, and what the body throws", async () => {
  for (const response of [new Response("<p>"), chunked(["{"]).response, { text: async () => "" }])
    await assert.rejects(jsonOf(response, 100, OWN), SyntaxError);
  const thrown = new TypeError("terminated");
  const broken = () => new Response(new ReadableStream({ pull: (controller) => controller.error(thrown) }));
  for (const read of [jsonOf, textOf, bytesOf])
    for (const limit of [NONE, 100]) await assert.rejects(read(broken(), limit, OWN), thrown);
});
