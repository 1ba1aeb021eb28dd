import assert from "node:assert/strict";
import { test } from "node:test";
import { LINT_RULES } from "../../../generated/permissions.js";
import { answer, listed, returns } from "./fake-module.js";
import { lint } from "./lint.js";

returns.open = () => 0;
const rule = LINT_RULES.findIndex(([code]) => code === "address-never-matches");

test("the words of a rule are filled with the values, the path first", () => {
  returns.lint = () => answer([rule, 2, ...listed(["1", "{}"])], "1{}");
  assert.deepEqual(lint([]), [
    {
      ...{ code: "address-never-matches", severity: "error", index: 2, path: "[2].constraints.ipAllowlist[1]" },
      message: 'No address is on "{}": entries are exact addresses or IPv4 ranges',
      advice: "Write an address in full, or an IPv4 range such as 10.0.0.0/8.",
    },
  ]);
});

test("no findings are an empty array, also for lists.map(lint)", () => {
  returns.lint = () => answer([]);
  assert.deepEqual([[], []].map(lint), [[], []]);
  assert.throws(() => lint([], 5), /options must be an object/);
});
