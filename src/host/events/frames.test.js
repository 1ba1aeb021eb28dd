// Frames, however the network cuts them.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { framesOf } from "./frames.js";

const bytes = (text) => new TextEncoder().encode(text);
const streamOf = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? bytes(chunk) : chunk);
      controller.close();
    },
  });
const read = async (...chunks) =>
  Array.fromAsync ? Array.fromAsync(framesOf(streamOf(...chunks))) : collect(framesOf(streamOf(...chunks)));
async function collect(frames) {
  const all = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

it("reads fields as the standard says", async () => {
  assert.deepEqual(await read("\uFEFFid: 1\nevent: a\ndata: x\ndata:y\ndata\nretry: 5\n:comment\n\n"), [
    { id: "1", event: "a", data: "x\ny\n" },
  ]);
  assert.deepEqual(await read(": heartbeat\n\n"), [{ id: "", event: "message", data: "" }]);
  assert.deepEqual(await read("data:  two spaces\n\n"), [{ id: "", event: "message", data: " two spaces" }]);
  assert.deepEqual(await read("data: a: b\n\n"), [{ id: "", event: "message", data: "a: b" }]);
});

it("leaves out what was cut off", async () => {
  assert.deepEqual(await read("data: 1\n\ndata: 2\n"), [{ id: "", event: "message", data: "1" }]);
});

it("gives the same frames wherever the bytes are cut, with any line end", async () => {
  const text = "id: 1\ndata: Ünï ✓ 🎉\n\nevent: b\ndata: {}\n\n";
  const whole = await read(text);
  assert.equal(whole.length, 2);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("\n", "\r\n", "\r"), fc.array(fc.nat(80), { maxLength: 8 }), async (end, cuts) => {
      const all = bytes(`${text.replaceAll("\n", end)}${end === "\r" ? "x" : ""}`);
      const places = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
      const chunks = places.slice(1).map((place, index) => all.slice(places[index], place));
      assert.deepEqual(await read(...chunks), whole);
    }),
  );
});

it("refuses a frame without end", async () => {
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(bytes("data: ".padEnd(100_000, "x"))),
  });
  await assert.rejects(collect(framesOf(endless)), RangeError);
});

it("cancels the stream when the reader leaves", async () => {
  let cancelled = false;
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(bytes("data: 1\n\n")),
    cancel() {
      cancelled = true;
    },
  });
  for await (const _ of framesOf(stream)) break;
  assert.ok(cancelled);
});
