// Signatures, against Node's own.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { it } from "node:test";
import { isSignedBy, signatureOf } from "./hmac.js";

const expected = (secret, text) => createHmac("sha256", secret).update(text).digest("hex");

it("are those of HMAC-SHA256 over UTF-8", async () => {
  for (const [secret, text] of [
    ["whsec_1", "17.{}"],
    ["s", ""],
    ["ключ ✓", "Ünï ✓ 🎉"],
    ["x".repeat(200), "long secret"],
  ])
    assert.equal(await signatureOf(secret, [text]), expected(secret, text));
});

it("match for any of the secrets, and in full", async () => {
  const signature = expected("b", "text");
  assert.equal(await isSignedBy(["a", "b"], signature, ["te", "xt"]), true);
  assert.equal(await isSignedBy(["a", "c"], signature, ["text"]), false);
  for (let at = 0; at < 64; at++) {
    const changed = signature.slice(0, at) + (signature[at] === "0" ? "1" : "0") + signature.slice(at + 1);
    assert.equal(await isSignedBy(["b"], changed, ["text"]), false, `${at}`);
  }
  for (const other of ["", signature.slice(1), `${signature}0`, signature.toUpperCase().replace(/\d/g, "A")])
    assert.equal(await isSignedBy(["b"], other, ["text"]), false);
});
