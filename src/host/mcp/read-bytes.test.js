// Reading bodies up to a limit.
import assert from "node:assert/strict";
import { it } from "node:test";
import { readBytes } from "./read-bytes.js";

const body = (...chunks) => new Response(new Blob(chunks)).body;

it("reads all chunks, or none", async () => {
  assert.deepEqual(await readBytes(body("ab", "c"), 3), new TextEncoder().encode("abc"));
  assert.deepEqual(await readBytes(null, 3), new Uint8Array(0));
});

it("stops at the limit, and cancels the rest", async () => {
  let reason = "none";
  let pulled = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(100));
    },
    cancel: () => {
      reason = "cancelled";
    },
  });
  assert.equal(await readBytes(endless, 1000), undefined);
  assert.ok(pulled < 20);
  assert.equal(reason, "cancelled");
});
