import assert from "node:assert/strict";
import { it } from "node:test";
import { response, wait } from "./answer.js";

const bytes = new TextEncoder().encode("0123456789");

it("makes a response of what it is given", async () => {
  const made = response(
    200,
    [
      ["x-a", "1"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ],
    bytes,
  );
  assert.deepEqual(made.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(made.headers.get("content-type"), null);
  assert.equal(made.headers.get("content-length"), "10");
  assert.equal(await made.text(), "0123456789");
  assert.equal(response(204, [], new Uint8Array(0)).body, null);
});

it("breaks off", async () => {
  for (const cut of [0, 4]) {
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response(200, [], bytes, cut).body).getReader();
    if (cut > 0) assert.equal(new TextDecoder().decode((await reader.read()).value), "0123");
    await assert.rejects(reader.read(), TypeError);
  }
});

it("waits until it is over, or the request is aborted", async () => {
  await wait(1, new AbortController().signal);
  const controller = new AbortController();
  const waiting = wait(2 ** 31 - 1, controller.signal);
  controller.abort("enough");
  await assert.rejects(waiting, (reason) => reason === "enough");
});
