// Random regular expressions, on values that make them backtrack: what is tried at all is quick.
import assert from "node:assert/strict";
import { it } from "node:test";
import { generator } from "./cases.mjs";

const { evaluate } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const PATTERNS = 3_000;
const VALUES = ["a".repeat(40), "ab".repeat(20), "aab".repeat(14), "a/".repeat(20), "a".repeat(600), "ab/".repeat(200)];
const MOST = 2_000; // Milliseconds, on a busy machine; what takes exponential time takes years.

it("no pattern that is tried takes long", () => {
  const random = generator(4);
  const one = (list) => list[Math.floor(random() * list.length)];
  const pattern = (depth) => {
    const part = () => {
      const atom =
        depth > 0 && random() < 0.5 ? `(${pattern(depth - 1)})` : one(["a", "b", "/", ".", "[ab]", "[^/]", "\\w"]);
      return atom + one(["", "", "", "*", "+", "?", "{1,2}", "{2}", "+?", "{2,}"]);
    };
    const sequence = () => Array.from({ length: 1 + Math.floor(random() * 3) }, part).join("");
    return random() < 0.3 ? `${sequence()}|${sequence()}` : sequence();
  };
  let tried = 0;
  let refused = 0;
  for (let index = 0; index < PATTERNS; index++) {
    const text = `${random() < 0.5 ? "^" : ""}${pattern(2)}!$`;
    const permissions = [{ resource: "r", actions: ["read"], constraints: { allowedArgPatterns: [text] } }];
    for (const value of VALUES) {
      const started = performance.now();
      const { reason = "" } = evaluate(permissions, { action: "read", resource: "r", arguments: { x: `${value}?` } });
      const took = performance.now() - started;
      assert.ok(took < MOST, `${text} on ${value.length} characters: ${Math.round(took)} ms`);
      if (reason.includes("could take too long")) refused++;
      else tried++;
    }
  }
  assert.ok(tried > PATTERNS && refused > PATTERNS / 10, `${tried} tried, ${refused} refused`);
});
