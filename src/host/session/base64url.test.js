// Bytes and their texts.
import assert from "node:assert/strict";
import { it } from "node:test";
import { bytesOf, textOf } from "./base64url.js";

it("is what Node writes, and comes back, for every byte and remainder", () => {
  for (const length of [0, 1, 2, 3, 255, 256]) {
    const bytes = Uint8Array.from({ length }, (_, index) => 255 - (index % 256));
    const text = Buffer.from(bytes).toString("base64url");
    assert.equal(textOf(bytes), text);
    assert.equal(textOf(bytes.buffer), text);
    assert.deepEqual(bytesOf(text), bytes);
  }
});

it("takes a view for the part that it shows", () => {
  const buffer = new Uint8Array([1, 2, 3, 4, 5, 6]).buffer;
  assert.equal(textOf(new DataView(buffer, 2, 3)), Buffer.from([3, 4, 5]).toString("base64url"));
});

it("refuses what is no base64", () => assert.throws(() => bytesOf("*")));
