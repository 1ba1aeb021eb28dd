// The bearer token of a request.
import assert from "node:assert/strict";
import { it } from "node:test";
import { readBearerToken } from "./bearer-token.js";

const read = (authorization) =>
  readBearerToken({ headers: new Headers(authorization === undefined ? {} : { authorization }) });

it("reads one bearer token, in any case and with padding", () => {
  for (const header of ["Bearer kv_1", "bearer kv_1", "BEARER   kv_1", " \tBearer kv_1\t "])
    assert.deepEqual(read(header), { token: "kv_1", reason: undefined }, header);
  assert.equal(read("Bearer a-._~+/9==").token, "a-._~+/9==");
});

it("takes no credentials and other schemes for a missing token", () => {
  for (const header of [undefined, "", "Basic a2F2", "BearerX kv_1", "Token kv_1"])
    assert.deepEqual(read(header), { token: undefined, reason: "missing-token" }, header);
});

it("refuses what is no single token", () => {
  for (const header of ["Bearer", "Bearer ", "Bearer a b", "Bearer a, Bearer b", "Bearer a,b", "Bearer ä", "Bearer\ta"])
    assert.deepEqual(read(header), { token: undefined, reason: "malformed-token" }, header);
});

it("takes headers that cannot be read for a malformed token", () => {
  const request = {
    get headers() {
      throw new Error("gone");
    },
  };
  assert.equal(readBearerToken(request).reason, "malformed-token");
  assert.equal(readBearerToken({ headers: { get: () => 7 } }).reason, "malformed-token");
});
