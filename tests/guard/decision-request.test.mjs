// The guard has its own walk over a request for a decision, which saves a kilobyte. What it makes of one is the wire form that
// the client and the evaluator make of it (src/host/validate/to-wire.js).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AUTHORIZE_REQUEST } from "../../generated/schemas.js";
import { toDecisionRequest } from "../../src/host/guard/decision-request.js";
import { toWire } from "../../src/host/validate/to-wire.js";

const attempt = (make) => {
  try {
    return JSON.stringify(make());
  } catch (error) {
    assert.equal(error.code, "INVALID_ARGUMENT");
    return "refused";
  }
};
const ofGuard = (request) => attempt(() => toDecisionRequest(request));
const ofClient = (request) => attempt(() => toWire(request, AUTHORIZE_REQUEST, "request").value);

const odd = fc.constantFrom(
  ...[new Map([["a", 1]]), new Date(0), new URLSearchParams("a=1"), Number.NaN, 1n, "\ud800", undefined, null, () => 1],
  ...[Object.create({ a: 1 }), Object.create(null), { toJSON: () => 1 }, [], Object.assign([1], { a: 1 }), Symbol("a")],
);
const anything = fc.anything({
  maxDepth: 3,
  withNullPrototype: true,
  withSparseArray: true,
  withDate: true,
  withBigInt: true,
  withMap: true,
});
const member = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, anything, odd);
const text = fc.oneof({ weight: 5, arbitrary: fc.string({ minLength: 1 }) }, fc.string({ unit: "binary" }), odd);
const request = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { action: text, resource: text, arguments: fc.oneof(fc.dictionary(fc.string(), member), member) },
      { requiredKeys: ["action", "resource"] },
    ),
  },
  fc.record({ action: text, resource: text, argument: member }, { requiredKeys: ["action"] }),
  anything,
);

describe("a request for a decision", () => {
  it("has one wire form", () => {
    let accepted = 0;
    fc.assert(
      fc.property(request, (value) => {
        const [guards, clients] = [ofGuard(value), ofClient(value)];
        if (guards !== "refused") accepted++;
        assert.equal(guards, clients);
      }),
      { numRuns: 20_000, seed: 14 },
    );
    assert.ok(accepted > 4_000, `${accepted} were accepted`);
  });

  it("has members that are read once", () => {
    let reads = 0;
    const given = {
      get to() {
        reads++;
        return reads === 1 ? "good" : "evil";
      },
    };
    const { arguments: sent } = toDecisionRequest({ action: "a", resource: "r", arguments: given });
    assert.deepEqual([sent, reads], [{ to: "good" }, 1]);
  });
});
