// Headers and bodies in every form that frameworks have them in.
import assert from "node:assert/strict";
import { it } from "node:test";
import { bodyOf, headerReader } from "./incoming.js";

const text = async (request) => (await bodyOf(request)).text();

it("finds headers in any case, in Headers and in objects", () => {
  for (const headers of [
    new Headers({ "X-Kavach-Event": "a" }),
    { "X-Kavach-Event": "a" },
    { "x-kavach-event": ["a"] },
    Object.assign(Object.create(null), { "X-KAVACH-EVENT": "a", other: undefined }),
  ]) {
    assert.equal(headerReader(headers)("x-kavach-event"), "a");
    assert.equal(headerReader(headers)("x-kavach-signature"), undefined);
  }
});

it("refuses a header that is there twice, and what has no headers", () => {
  for (const headers of [{ "x-a": "1", "X-A": "1" }, { "x-a": ["1", "2"] }])
    assert.throws(() => headerReader(headers)("x-a"), { code: "INVALID_WEBHOOK", reason: "malformed" });
  for (const headers of [undefined, null, 5, "x-a: 1"])
    assert.throws(() => headerReader(headers), { code: "INVALID_ARGUMENT", message: /^request\.headers must be/ });
});

it("does not find inherited headers", () => {
  Object.prototype["x-evil"] = "1";
  try {
    assert.equal(headerReader({})("x-evil"), undefined);
  } finally {
    delete Object.prototype["x-evil"];
  }
});

it("takes the bytes of a request, of texts and of views", async () => {
  const words = "Ünï ✓";
  const bytes = new TextEncoder().encode(`__${words}__`);
  assert.equal(await text(new Request("https://a.example", { method: "POST", body: words })), words);
  assert.equal(await text(new Request("https://a.example", { method: "POST" })), "");
  assert.equal(await text({ body: words }), words);
  assert.equal(await text({ body: bytes.subarray(2, -2) }), words);
  assert.equal(await text({ body: Buffer.from(words) }), words);
  assert.equal(await text({ body: bytes.slice(2, -2).buffer }), words);
  assert.equal(await text({ body: new DataView(bytes.buffer, 2, bytes.length - 4) }), words);
});

it("refuses parsed bodies and bodies that were read, with advice", async () => {
  for (const body of [{}, { event: "x" }, [], 5, null, undefined, new Map()])
    await assert.rejects(bodyOf({ body }), { code: "INVALID_ARGUMENT", message: /not an object parsed from them/ });
  const request = new Request("https://a.example", { method: "POST", body: "x" });
  await request.text();
  await assert.rejects(bodyOf(request), { code: "INVALID_ARGUMENT", message: /before its body is read/ });
});

it("stops reading what is too large", async () => {
  let chunks = 0;
  const body = new ReadableStream({
    pull(controller) {
      chunks++;
      controller.enqueue(new Uint8Array(100_000));
    },
  });
  const endless = new Request("https://a.example", { method: "POST", body, duplex: "half" });
  await assert.rejects(bodyOf(endless), { reason: "malformed", message: /more than 1048576 bytes/ });
  assert.ok(chunks < 20);
  await assert.rejects(bodyOf({ body: "x".repeat(1_048_577) }), { reason: "malformed" });
});
