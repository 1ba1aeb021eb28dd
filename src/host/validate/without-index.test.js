import assert from "node:assert/strict";
import { it } from "node:test";
import { withoutIndex } from "./without-index.js";

it("takes an index for none, and all else as it is", () => {
  assert.deepEqual(
    ["a", "b"].map((_, index, array) => withoutIndex(index, array)),
    [undefined, undefined],
  );
  const options = {};
  assert.equal(withoutIndex(options, []), options);
  assert.equal(withoutIndex(5, undefined), 5);
});
