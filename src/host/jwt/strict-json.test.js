// Parsing JSON strictly.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { parseStrictly } from "./strict-json.js";

it("parses whatever JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(parseStrictly(text), JSON.parse(text));
      assert.deepEqual(parseStrictly(JSON.stringify(value, null, 2)), JSON.parse(text));
    }),
  );
});

it("refuses a member that is repeated anywhere", () => {
  for (const text of [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '[{"b":{"__proto__":1,"__proto__":2}}]',
    '{"":0,"":0}',
    '{"a":{"x":":"},"a":[":"]}',
  ])
    assert.throws(() => parseStrictly(text), SyntaxError, text);
});

it("takes no colon in a text for a member", () => {
  for (const text of ['{"a:b":":\\":"}', '":"', '["\\\\",":",{"x":"{:}"}]'])
    assert.deepEqual(parseStrictly(text), JSON.parse(text));
});

it("bounds the depth, before it parses", () => {
  assert.deepEqual(parseStrictly(`${"[".repeat(64)}${"]".repeat(64)}`).flat(Number.POSITIVE_INFINITY), []);
  assert.throws(() => parseStrictly(`${"[".repeat(65)}${"]".repeat(65)}`), SyntaxError);
  assert.throws(() => parseStrictly('{"a":'.repeat(1_000_000)), SyntaxError);
});
