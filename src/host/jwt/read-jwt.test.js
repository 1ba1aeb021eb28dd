// Taking tokens apart. What is refused is tested with the whole, in verify-access-token.test.js.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CLAIMS, HEADER, sign } from "../mcp/signing.mjs";
import { readJwt } from "./read-jwt.js";

it("reads the parts of a token", () => {
  const token = sign(CLAIMS);
  const { header, claims, signature, signed } = readJwt(token);
  assert.deepEqual([header, claims, signature.length], [HEADER, CLAIMS, 32]);
  assert.equal(Buffer.from(signed).toString(), token.slice(0, token.lastIndexOf(".")));
});

it("reads nothing else", () => {
  for (const text of ["", "..", "a.b.c", `${sign(CLAIMS)}.`, "a".repeat(9000)]) assert.equal(readJwt(text), undefined);
});
