// 1,262 decisions of the official engine on random permissions and requests: every one comes out the same here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const { compile, evaluate, explain } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));
const recorded = new URL("../data/vectors/engine-random.json", import.meta.url);
const { decisions } = JSON.parse(readFileSync(recorded, "utf8"));

// Patterns that the official engine tries, and that are refused here. They refer back to a group: no automaton matches them,
// and a backtracking search has no bound.
const REFUSED = new Set(["(a)\\1", "\\1(a)", "(?<n>a)\\k<n>", "(?<x>)\\k<x>"]);

describe("decisions of the official engine", () => {
  it("are all there", () => assert.equal(decisions.length, 1262));

  it("come out the same, with the same reason", () => {
    let refused = 0;
    let invalid = 0;
    for (const { permissions, request, context, expected } of decisions) {
      const { ip, ...asked } = request;
      const known = { ...context, ip: ip ?? null, timezone: "UTC" };
      const about = JSON.stringify({ permissions, request, context, expected });
      const decision = evaluate(permissions, asked, known);
      const patterns = decision.permission?.rule.constraints?.allowedArgPatterns ?? [];
      if (/ cannot be decided here: it has a backreference$/.test(decision.reason)) {
        assert.ok(!decision.allowed && patterns.some((pattern) => REFUSED.has(pattern)), about);
        refused++;
      } else if (expected.throws) {
        assert.equal(decision.allowed, false, about);
        assert.match(decision.reason, /^Invalid regular expression: /, about);
        invalid++;
      } else assert.deepEqual([decision.allowed, decision.reason], [expected.allowed, expected.reason], about);
      assert.equal(decision.needs, undefined, about);
      assert.deepEqual(compile(permissions).evaluate(asked, known), decision, about);
      const { allowed, reason } = explain(permissions, asked, known);
      assert.deepEqual([allowed, reason], [decision.allowed, decision.reason], about);
    }
    assert.equal(invalid, 13);
    assert.ok(refused > 0 && refused < 30, `${refused} refused`);
  });
});
