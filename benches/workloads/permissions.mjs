// Times permission checks: `compile` of kavachos-wasm/permissions beside JavaScript of one's own. For Node.
import { indexed, linear } from "../clients/permission-checks.mjs";
import { compare, cpuClock } from "../rounds.mjs";

/** That many permissions without constraints, the last of them for all notes. */
const rules = (count) =>
  Array.from({ length: count }, (_, rule) => ({
    resource: rule === count - 1 ? "mcp:notes:*" : `mcp:tool-${rule}:${rule % 2 === 0 ? "*" : "items"}`,
    actions: ["read", "execute"],
  }));

// An engine keeps the hash of a string that it has looked up before. Those of a server's requests are new each time.
const fresh = (text) => Buffer.from(text, "latin1").toString("latin1");

// Spread over the whole list; half of them are granted.
const requests = (count, calls) =>
  Array.from({ length: calls }, (_, asked) => ({
    action: fresh(asked % 2 === 0 ? "read" : "write"),
    resource: fresh(`mcp:tool-${(asked * 7919) % (count - 1)}:items`),
  }));

/** Resolves to the samples for that many rules. */
export async function run({ count, ...timing }) {
  const { compile } = await import("kavachos-wasm/permissions");
  const permissions = rules(count);
  const evaluator = compile(permissions);
  const checks = {
    "an index in JavaScript": indexed(permissions),
    "an index in JavaScript again (noise)": indexed(permissions),
    "a list in JavaScript": linear(permissions),
    "kavachos-wasm/permissions, evaluate": (request) => evaluator.evaluate(request).allowed,
    "kavachos-wasm/permissions, allows": ({ action, resource }) => evaluator.allows(action, resource),
  };
  const variants = {};
  for (const [name, check] of Object.entries(checks)) {
    variants[name] = (calls) => {
      const asked = requests(count, calls); // Not timed.
      const started = cpuClock();
      let granted = 0;
      for (const request of asked) if (check(request)) granted++;
      const milliseconds = cpuClock() - started;
      if (granted !== Math.ceil(calls / 2)) throw new Error(`${name} grants ${granted} of ${calls}`);
      return milliseconds;
    };
  }
  return compare(variants, timing);
}
