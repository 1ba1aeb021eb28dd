import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "./explain.js";
import { answer, returns } from "./fake-module.js";

returns.open = () => 0;
const request = { action: "read", resource: "a" };
const constraints = { maxCallsPerHour: 5, ipAllowlist: ["x", "y"], timeWindow: { start: "1", end: "2" } };
const rule = { resource: "a", actions: ["read", "write"], constraints };

test("an explanation is data, and lines for people", () => {
  // Denied for a reason, by a constraint; the permission decides, and has three constraints, of which one is unknown.
  const judgement = [1, 1, 1, 1, 0];
  const checked = [3, 0, 1, 1, 1, 4, 1, 0, 0, 5, 1, 2, 1];
  returns.explain = () => answer([...judgement, 1, 3, ...checked], "RCmRilz");
  const found = [
    { name: "m", condition: "at most 5 calls per hour", verdict: "failed", reason: "R" },
    { name: "i", condition: "the call comes from one of x, y", verdict: "met" },
    { name: "l", condition: "a constraint that is not known here", verdict: "unknown", needs: "z" },
  ];
  const why = "decides: the first that matches";
  assert.deepEqual(explain([rule], request), {
    ...{ allowed: false, reason: "R", constraint: "C", mode: "server" },
    permissions: [{ index: 0, matched: true, decides: true, why, constraints: found, rule }],
    text: [
      "denied: R",
      `[0] a (read, write): ${why}`,
      "    m, at most 5 calls per hour: failed: R",
      "    i, the call comes from one of x, y: met",
      "    l, a constraint that is not known here: unknown: z",
    ].join("\n"),
  });
});

test("why a permission matches or does not is said in words", () => {
  returns.explain = () => answer([0, 4, 0, 1, 2, 3, 0, 3, 1, 3, 1, 0, 0], "t");
  const { permissions } = explain([rule, rule, rule, rule, rule].slice(0, 5), request);
  assert.deepEqual(
    permissions.map(({ why }) => why),
    [
      "does not match: neither its resource nor its actions",
      'does not match: its resource does not include "a"',
      'does not match: its actions do not include "read"',
      "decides: the first that matches",
      "matches, but [3] comes first",
    ],
  );
  assert.equal(permissions[4].constraints[0].condition, "between 1 and 2");
  returns.explain = () => answer([0, 1, 3, 0, 3, 0]);
  assert.match(explain([rule, rule], request, { mode: "strict" }).text, /most specific that.*\n.*\[0\] goes before/);
});

test("what is not known is said", () => {
  returns.explain = () => answer([1, 1, 1, 1, 1, 2, 0, 0], "RCip");
  const { needs, text } = explain([{ resource: "b", actions: [] }], request);
  assert.deepEqual([needs, text.split("\n")[0]], [["ip"], "undecided: R"]);
});
