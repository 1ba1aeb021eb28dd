// Every decision and every delegation recorded from the real server, through the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const { compile, evaluate } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));
const recorded = (name) => JSON.parse(readFileSync(new URL(`../data/vectors/${name}.json`, import.meta.url))).vectors;

const BUCKET = 5 * 60_000;
const HOUR = 60 * 60_000;

// What the server knows: it counts a call when the rate limit lets it pass, in buckets of five minutes.
class Counter {
  #buckets = new Map();

  calls(resource, now) {
    const counted = [...this.#buckets].filter(([key]) => key.startsWith(`${resource}\n`));
    return counted.reduce((sum, [key, count]) => sum + (Number(key.split("\n")[1]) >= now - HOUR ? count : 0), 0);
  }

  add(resource, now) {
    const key = `${resource}\n${Math.floor(now / BUCKET) * BUCKET}`;
    this.#buckets.set(key, (this.#buckets.get(key) ?? 0) + 1);
  }
}

function decide(decider, request, counter) {
  const { action, resource, arguments: given, time, timezone, ip } = request;
  const now = Date.parse(time);
  const context = { agentName: "agent", ip: ip ?? null, now, timezone, callsInLastHour: counter.calls(resource, now) };
  const decision = decider({ action, resource, arguments: given }, context);
  if (decision.permission && decision.constraint !== "maxCallsPerHour") counter.add(resource, now);
  return decision;
}

describe("recorded decisions", () => {
  const vectors = recorded("permissions");
  it("are all there", () => assert.equal(vectors.length, 103));
  for (const { id, name, permissions, request, priorCalls = [], expected } of vectors) {
    it(`${id} ${name}`, () => {
      const evaluator = compile(permissions);
      for (const decider of [
        (asked, context) => evaluate(permissions, asked, context),
        (asked, context) => evaluator.evaluate(asked, context),
      ]) {
        const counter = new Counter();
        for (const prior of priorCalls) decide(decider, { ...request, ...prior }, counter);
        const decision = decide(decider, request, counter);
        assert.equal(decision.allowed, expected.allowed);
        assert.equal(decision.needs, undefined);
        // Where the server throws, and answers 500, what it throws is the reason.
        assert.equal(decision.reason, expected.throws ?? expected.reason ?? undefined);
        if (decision.permission) assert.equal(decision.permission.rule, permissions[decision.permission.index]);
      }
    });
  }
});
