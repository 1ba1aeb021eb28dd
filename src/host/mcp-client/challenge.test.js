// Challenges as servers write them.
import assert from "node:assert/strict";
import { it } from "node:test";
import { challengeOf } from "./challenge.js";

const read = (text) => ({ ...challengeOf(new Headers(text === undefined ? {} : { "www-authenticate": text })) });

it("has the parameters of Bearer", () => {
  assert.deepEqual(read('Bearer error="invalid_token", resource_metadata="https://a.example/x", scope="a b"'), {
    ...{ error: "invalid_token", resource_metadata: "https://a.example/x", scope: "a b" },
  });
  assert.deepEqual(read("bearer ERROR=invalid_token,scope=a"), { error: "invalid_token", scope: "a" });
  assert.deepEqual(read('Bearer realm="a \\"b\\" c", scope = "d"'), { realm: 'a "b" c', scope: "d" });
});

it("has nothing where there is nothing: the parameter may be absent", () => {
  for (const text of [undefined, "", "Bearer", "Bearer   ", "Basic realm=x", "Negotiate", "=,=", '"Bearer error=x"'])
    assert.deepEqual(read(text), {}, text);
});

it("keeps challenges of other schemes apart", () => {
  assert.deepEqual(read('Basic realm="Bearer scope=x", Bearer scope="a", DPoP algs="ES256", scope="no"'), {
    scope: "a",
  });
  assert.deepEqual(read('DPoP scope="no", Bearer scope="a"'), { scope: "a" });
  assert.deepEqual(read('Bearer scope="a", Bearer scope="b", error="x"'), { scope: "a", error: "x" });
});

it("inherits no name, and is quick for any header", () => {
  assert.equal(challengeOf(new Headers({ "www-authenticate": "Bearer __proto__=x" })).constructor, undefined);
  const start = performance.now();
  for (const text of [
    " ,".repeat(50_000),
    `Bearer a="${"\\".repeat(50_000)}`,
    "a".repeat(100_000),
    "a =".repeat(50_000),
  ])
    assert.ok(read(text));
  assert.ok(performance.now() - start < 2_000);
});
