// Secrets are taken out of what is shown.
import assert from "node:assert/strict";
import { it } from "node:test";
import { withoutSecrets } from "./secrets.js";

const SECRET = 'kv/a "b"+c';

it("finds a secret as it is, and as JSON and URLs write it", () => {
  for (const written of [SECRET, JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET)])
    assert.equal(
      withoutSecrets(`it was ${written}, twice ${written}`, [SECRET]),
      "it was [redacted], twice [redacted]",
    );
});

it("finds it in names and values of plain data, and leaves the data as it is", () => {
  const value = { a: ["x", { [SECRET]: SECRET }], n: 5, none: null, yes: true };
  const before = structuredClone(value);
  assert.deepEqual(withoutSecrets(value, [SECRET]), {
    a: ["x", { "[redacted]": "[redacted]" }],
    n: 5,
    none: null,
    yes: true,
  });
  assert.deepEqual(value, before);
});

it("takes longer secrets first, of which another may be a part", () => {
  assert.equal(withoutSecrets("Bearer kv_12345", ["kv_12345", "Bearer kv_12345"]), "[redacted]");
  assert.equal(withoutSecrets("kv_12345678", ["kv_1234", "kv_12345678"]), "[redacted]");
});

it("leaves short texts in, which would be found in any word", () => {
  const value = { a: "abc" };
  assert.equal(withoutSecrets(value, ["abc", ""]), value);
  assert.equal(withoutSecrets(value, []), value);
});

it("keeps a key __proto__ a member", () => {
  const cleaned = withoutSecrets(JSON.parse('{"__proto__": {"a": "secret"}}'), ["secret"]);
  assert.equal(JSON.stringify(cleaned), '{"__proto__":{"a":"[redacted]"}}');
});

it("shows nothing of what cannot be looked through", () => {
  const cycle = {};
  cycle.self = cycle;
  assert.equal(withoutSecrets(cycle, ["secret"]), undefined);
  assert.equal(withoutSecrets("\ud800 secret", ["secret"]), "\ud800 [redacted]");
});
