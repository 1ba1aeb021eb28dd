import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "./explain.js";
import { answer, returns } from "./fake-module.js";

returns.open = () => 0;
const rule = { resource: "a", actions: ["read"] };
const request = { action: "read", resource: "a" };

test("an explanation is data, and lines for people", () => {
  // Denied for a reason, by a constraint; the permission matches and decides.
  const judgement = [1, 1, 1, 1, 0];
  returns.explain = () => answer([...judgement, 3, 1, 1, 2, 1, 1, 1, 1, 1, 1, 0, 0], "RCwhncRnc");
  const constraints = [
    { name: "n", condition: "c", verdict: "failed", reason: "R" },
    { name: "n", condition: "c", verdict: "met" },
  ];
  assert.deepEqual(explain([rule], request), {
    ...{ allowed: false, reason: "R", constraint: "C", mode: "server" },
    permissions: [{ index: 0, matched: true, decides: true, why: "w", constraints, rule }],
    text: "denied: R\n[0] h: w\n    n, c: failed: R\n    n, c: met",
  });
});

test("what is not known is said", () => {
  returns.explain = () => answer([1, 1, 1, 1, 1, 2, 0, 0, 0, 0], "RCip");
  const { needs, text } = explain([rule], request);
  assert.deepEqual([needs, text], [["ip"], "undecided: R\n[0] : "]);
});
