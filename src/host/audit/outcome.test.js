import assert from "node:assert/strict";
import { it } from "node:test";
import { OUTCOMES } from "../../../generated/audit.js";
import { fakeModule } from "./fake-module.js";
import { outcomeOf } from "./outcome.js";

let found = 0;
const fake = fakeModule({ outcome: () => found });

it("gives the word of the number that Rust finds", () => {
  assert.equal(outcomeOf({ result: "allowed" }), "allowed");
  for (found = 1; found < OUTCOMES.length; found++)
    assert.equal(outcomeOf({ result: "denied", reason: "é" }), OUTCOMES[found]);
  assert.deepEqual(fake.calls.at(-1), ["outcome", 6, 2]);
  found = 0;
  assert.equal(outcomeOf({ result: "\ud800", reason: null }), "\ud800");
});

it("refuses what is no entry, and reads own members only", () => {
  const inherited = Object.create({ result: "denied" });
  for (const bad of [undefined, null, 5, {}, { result: 5 }, { result: "x", reason: 5 }, inherited])
    assert.throws(() => outcomeOf(bad), { code: "INVALID_ARGUMENT", message: /^entry must have a result/ });
});
