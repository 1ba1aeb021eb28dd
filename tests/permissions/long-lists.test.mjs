// 5,000 permissions: what looks at them all is done in a second.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { covers, diff, explain, lint } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const COUNT = 5_000;
const MOST = 1_000; // Milliseconds of the processor: the machine does other things too.

const lists = {
  "on their own resources": (index) => ({ resource: `mcp:service-${index}:*`, actions: ["read", "write"] }),
  "on one resource, with their own actions": (index) => ({ resource: "mcp:a", actions: [`a${index}`, "read"] }),
  "that are all the same": () => ({ resource: "mcp:a", actions: ["read"] }),
  "on every resource": (index) => ({ resource: "*", actions: [`a${index}`] }),
  "on deep resources": (index) => ({
    resource: Array.from({ length: 1 + (index % 40) }, (_, depth) => `s${(depth + index) % 3}`).join(":"),
    actions: [`r${index % 7}`],
  }),
  "with their own patterns": (index) => ({
    resource: `a${index}`,
    actions: ["x"],
    constraints: {
      allowedArgPatterns: [`^/tmp/${index}/[a-z0-9-]+(\\.txt|\\.md)?$`],
      ipAllowlist: ["10.0.0.0/8"],
      timeWindow: { start: "09:00", end: "17:00" },
    },
  }),
};

describe(`${COUNT} permissions`, () => {
  for (const [which, make] of Object.entries(lists)) {
    const list = Array.from({ length: COUNT }, (_, index) => make(index));
    const wanting = list.map(({ resource, actions }) => ({ resource, actions: [...actions, "more"] }));
    for (const [name, call] of [
      ["lint", () => lint(list)],
      ["covers, where all are covered", () => assert.equal(covers(list, list).covered, true)],
      ["covers, where none is", () => assert.equal(covers(list, wanting).uncovered.length, COUNT)],
      ["diff", () => diff(list, list.toReversed())],
      ["explain", () => explain(list, { action: "read", resource: "mcp:a" })],
    ]) {
      it(`${which}: ${name}`, () => {
        const before = process.cpuUsage();
        call();
        const { user, system } = process.cpuUsage(before);
        assert.ok((user + system) / 1_000 < MOST, `${Math.round((user + system) / 1_000)} ms`);
      });
    }
  }
});
