// Regular expressions: the results of the host's own, in time that is bounded by one budget for the whole decision.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scaled } from "../scale.mjs";
import { patterns, search } from "./backtracker.mjs";
import { generator } from "./cases.mjs";

const { compile, evaluate, explain, lint } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const PATTERNS = scaled(24_000);
const VALUES = 4;
const STEPS = 20_000; // Of the reference: what takes it more may take the host forever.
const MOST = 250; // Milliseconds of one decision: some 30, on a machine that does other things too.

const request = { action: "read", resource: "r" };
const limited = (...allowedArgPatterns) => [{ resource: "r", actions: ["read"], constraints: { allowedArgPatterns } }];
const decided = (pattern, value) => evaluate(limited(pattern), { ...request, arguments: { x: value } });

function timed(work) {
  const started = performance.now();
  const result = work();
  return { result, took: performance.now() - started };
}

describe("random patterns", () => {
  it(`match as the host's do, ${PATTERNS} of them`, () => {
    const make = patterns(generator(4));
    const seen = { matched: 0, failed: 0, exponential: 0, flagged: 0, refused: 0 };
    for (let index = 0; index < PATTERNS; index++) {
      const pattern = make.pattern();
      if (!pattern.source.isWellFormed()) continue; // Policies are JSON in UTF-8.
      const evaluator = compile(limited(pattern.source));
      const isSlow = lint(limited(pattern.source)).some(({ code }) => code === "slow-pattern");
      seen.flagged += Number(isSlow);
      for (let value = 0; value < VALUES; value++) {
        const text = make.text(index % 10 === 0 ? 60 : 25).toWellFormed();
        const about = () => JSON.stringify({ pattern: pattern.source, text });
        const { result, took } = timed(() => evaluator.evaluate({ ...request, arguments: { x: text } }));
        assert.ok(took < MOST, `${Math.round(took)} ms: ${about()}`);
        if (result.reason?.endsWith(" cannot be decided here: it is too large")) {
          assert.ok(pattern.source.split("(?<").length + pattern.source.split("(?=").length > 5, about());
          seen.refused++;
          continue;
        }
        assert.ok(result.allowed || result.reason.includes(" does not match pattern "), `${result.reason} ${about()}`);
        const reference = search(pattern, text, STEPS);
        if (reference === undefined) {
          seen.exponential++;
          continue;
        }
        assert.equal(new RegExp(pattern.source).test(text), reference.found, `the reference is wrong: ${about()}`);
        assert.equal(result.allowed, reference.found, about());
        seen[result.allowed ? "matched" : "failed"]++;
      }
      evaluator.free();
    }
    // Every outcome has come up, so this does not pass for lack of cases.
    assert.ok(
      seen.matched > scaled(10_000) && seen.failed > scaled(10_000) && seen.exponential > scaled(100),
      JSON.stringify(seen),
    );
    assert.ok(
      seen.refused < scaled(100) && seen.flagged > scaled(1_000) && seen.flagged < PATTERNS / 2,
      JSON.stringify(seen),
    );
  });

  it("of odd syntax are read as the host reads them", () => {
    const random = generator(5);
    const one = (list) => list[Math.floor(random() * list.length)];
    const escapes = "x61 x6 u0061 u{61} u00 1 2 8 9 0 00 01 141 377 400 k k<n> c cA c1 d D w W s S b B - / . n e p{L}";
    const fragments = [
      ..."a b c ^ $ . * + ? *? {2} {0,2} {1,} {,3} {2,1} { } ] [ [^ ( ) (?: (?= (?! (?<= (?<! (?<n> (?<m> (?i: | 1".split(
        " ",
      ),
      ..."[a-c] [^a] [\\w-a] [a-\\d] [c-a] [\\b] [] [^] [-a] [a-] [\\]] [\\c1] [\\c_] [\\c] [\\1] [\\8] [\\k] ( ) a \\".split(
        " ",
      ),
      ...escapes.split(" ").map((letter) => `\\${letter}`),
      ...["😀", "é", "\n", "_", " ", "-"],
    ];
    const values = [
      "",
      "a",
      "b",
      "c",
      "ab",
      "aab",
      "aaaa",
      "1",
      "_",
      "]",
      "\\",
      "\n",
      "a\nb",
      "😀",
      "é",
      "x",
      "k",
      "u",
    ];
    values.push(
      "\x01",
      "\b",
      "\xff",
      " ",
      "^",
      "{,3}",
      "a{2}",
      "0",
      "\0",
      "8",
      "p{L}",
      "\\c",
      "\x11",
      "\x1f",
      "abab ba",
    );
    let valid = 0;
    for (let index = 0; index < scaled(20_000); index++) {
      const pattern = Array.from({ length: 1 + Math.floor(random() * 6) }, () => one(fragments)).join("");
      let host;
      let problem;
      try {
        host = new RegExp(pattern);
      } catch (error) {
        problem = error.message;
      }
      if (problem !== undefined) {
        assert.equal(decided(pattern, "a").reason, problem, pattern);
        continue;
      }
      const evaluator = compile(limited(pattern));
      for (const value of values) {
        const { allowed, reason } = evaluator.evaluate({ ...request, arguments: { x: value } });
        if (/ cannot be decided here: it has a (backreference|syntax that is not known)$/.test(reason)) continue;
        assert.equal(allowed, host.test(value), JSON.stringify({ pattern, value, reason }));
        valid++;
      }
      evaluator.free();
    }
    assert.ok(valid > scaled(100_000), `${valid}`);
  });
});

describe("patterns that take backtracking engines forever", () => {
  const many = "a".repeat(60);
  for (const pattern of [
    "^(\\x61+)+$",
    "^(\\u0061+)+$",
    "^(\\141+)+$",
    "^(b?a|a)*$",
    "^(?:()a|a)*$",
    `^${"(a|a)".repeat(40)}$`,
    `^${"a?".repeat(40)}$`,
    `^(?:a?){40}b$`,
    "^(a+)+$",
    "(x+x+)+y",
    "^(a|a)*$",
    "(.*)*=",
    "^(\\w+\\s?)*$",
    "(a|b|ab)*c",
    "([a-z]+)*1",
    "^(?=(a+)+b)",
    "(?<!(a+)+b)c",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
  ]) {
    it(`are decided at once: ${pattern.slice(0, 40)}`, () => {
      for (const value of [many, `${many}!`, "a".repeat(50_000), `${"a".repeat(50_000)}!`]) {
        const { result, took } = timed(() => decided(pattern, value));
        assert.ok(took < MOST, `${Math.round(took)} ms`);
        assert.ok(result.allowed || result.reason.includes("does not match pattern"), result.reason?.slice(-200));
      }
    });
  }

  it("are refused where they refer back, or are too large", () => {
    for (const [pattern, why] of [
      ["(a*)*\\1", "it has a backreference"],
      ["(?<n>a)\\k<n>", "it has a backreference"],
      ["(a{1000}){1000}", "it is too large"],
      [`${"(".repeat(30_000)}${")".repeat(30_000)}`, "it is too large"],
      ["(?=a)".repeat(20), "it is too large"],
    ]) {
      const { result, took } = timed(() => decided(pattern, `${many}!`));
      assert.ok(took < MOST, `${Math.round(took)} ms`);
      assert.deepEqual([result.allowed, result.constraint], [false, "allowedArgPatterns"]);
      assert.match(result.reason, new RegExp(` cannot be decided here: ${why}$`));
      assert.ok(result.reason.length < 300);
    }
  });

  it("share one budget over all values and patterns of a decision", () => {
    const value = `${"a".repeat(13_990)}!.txt`;
    const asked = (count) => ({
      ...request,
      arguments: Object.fromEntries(
        Array(count)
          .fill(0)
          .map((_, at) => [at, value]),
      ),
    });
    const few = timed(() => evaluate(limited("[a-z]*\\.txt"), asked(20)));
    assert.deepEqual([few.result.allowed, few.took < MOST], [true, true]);
    for (const [list, count] of [
      [limited("[a-z]*\\.txt"), 70],
      [limited("[a-z]*\\.txt"), 700],
      [limited(...Array.from({ length: 100 }, (_, at) => `a{${at}}[a-z]*\\.txt`)), 70],
      [limited(...Array.from({ length: 2_000 }, (_, at) => `(${"a|b|".repeat(at % 300)}c)*`)), 1],
      [limited("a{3000}b"), 5],
      [limited("(a|b)*a[ab]{3000}"), 5],
    ]) {
      const { result, took } = timed(() => evaluate(list, asked(count)));
      assert.ok(took < MOST, `${Math.round(took)} ms`);
      assert.ok(result.allowed || /takes more steps|does not match/.test(result.reason), result.reason?.slice(-200));
    }
    const over = evaluate(limited("[a-z]*\\.txt"), asked(700));
    const why = "takes more steps on the arguments of this call than a decision may";
    assert.deepEqual(
      [over.allowed, over.constraint, over.reason],
      [false, "allowedArgPatterns", `Pattern "[a-z]*\\.txt" ${why}`],
    );
    assert.deepEqual(evaluate(limited("[a-z]*\\.txt"), asked(700)), over, "the same each time");
    assert.equal(explain(limited("[a-z]*\\.txt"), asked(700)).reason, over.reason);
  });
});
