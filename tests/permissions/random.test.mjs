// 200,000 random decisions in each mode, and as many delegations, against a plain reading of the rules.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scaled } from "../scale.mjs";
import { cases, contextOf } from "./cases.mjs";
import { decide, covers as mayLend } from "./reference.mjs";

const { compile, covers, evaluate, explain } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const LISTS = scaled(20_000);
const LOANS = scaled(100_000);
const REQUESTS = 10;
const CONSTRAINTS = ["maxCallsPerHour", "allowedArgPatterns", "requireApproval", "timeWindow", "ipAllowlist"];
const KINDS = ["allowed", "no grant", "needs", ...CONSTRAINTS];

function expected(permissions, request, known, mode) {
  const { permission, ...rest } = decide(permissions, request, known, mode);
  return permission ? { ...rest, permission: { index: permission.index, rule: permission.rule } } : rest;
}

for (const [mode, seed] of [
  ["server", 1],
  ["strict", 2],
]) {
  describe(`${mode} decisions`, () => {
    it(`are those of the rules, ${LISTS * REQUESTS} times`, () => {
      const make = cases(seed);
      const seen = new Map();
      for (let list = 0; list < LISTS; list++) {
        const permissions = make.permissions();
        const evaluator = compile(permissions, { mode });
        for (let asked = 0; asked < REQUESTS; asked++) {
          const [request, known] = [make.request(), make.known()];
          const context = contextOf(known, mode);
          const wanted = expected(permissions, request, known, mode);
          const about = () => JSON.stringify({ permissions, request, known, wanted });
          const decision = evaluator.evaluate(request, context);
          assert.deepEqual(decision, wanted, about());
          assert.equal(
            evaluator.allows(request.action, request.resource, request.arguments, context),
            wanted.allowed,
            about(),
          );
          if (asked === 0) {
            assert.deepEqual(evaluate(permissions, request, context), wanted, about());
            checkExplanation(explain(permissions, request, context), wanted, about);
          }
          const kind = wanted.needs ? "needs" : (wanted.constraint ?? (wanted.allowed ? "allowed" : "no grant"));
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
        }
        evaluator[Symbol.dispose]?.();
      }
      // Every outcome has come up, so none of this passes for lack of cases.
      for (const kind of KINDS) assert.ok(seen.get(kind) > scaled(500), `${kind}: ${seen.get(kind)}`);
    });
  });
}

function checkExplanation(explanation, wanted, about) {
  assert.equal(explanation.allowed, wanted.allowed, about());
  assert.equal(explanation.reason, wanted.reason, about());
  assert.deepEqual(explanation.needs, wanted.needs, about());
  const decisive = explanation.permissions.filter(({ decides }) => decides);
  assert.deepEqual(
    decisive.map(({ index }) => index),
    wanted.permission ? [wanted.permission.index] : [],
    about(),
  );
  for (const one of decisive) {
    assert.ok(one.matched && one.rule === wanted.permission.rule, about());
    const worst = one.constraints.find(({ verdict }) => verdict === "failed");
    if (!wanted.needs) assert.equal(worst?.name, wanted.constraint, about());
    assert.equal(
      one.constraints.every(({ verdict }) => verdict === "met"),
      wanted.allowed,
      about(),
    );
  }
}

describe("loans", () => {
  it(`are covered as the rule says, ${LOANS} times`, () => {
    const make = cases(3);
    let covered = 0;
    for (let loan = 0; loan < LOANS; loan++) {
      const [parents, children] = [make.permissions().slice(0, 6), make.permissions().slice(0, 3)];
      const lacking = children.flatMap((child, index) => (parents.some((one) => mayLend(one, child)) ? [] : [index]));
      const answer = covers(parents, children);
      assert.equal(answer.covered, lacking.length === 0, JSON.stringify({ parents, children }));
      assert.deepEqual(
        (answer.uncovered ?? []).map(({ index }) => index),
        lacking,
      );
      covered += lacking.length === 0 && children.length > 0 ? 1 : 0;
    }
    assert.ok(covered > scaled(1_000), `${covered}`);
  });
});
