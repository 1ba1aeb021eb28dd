// Deciding locally: the evaluator in WebAssembly beside one in JavaScript that is built on the same idea.
//
//   node benches/permissions.mjs [entry]     prints nanoseconds per decision, the median and the least of alternated rounds
//
// Every string is fresh in each round, as it is in a server: none has been hashed or looked up before.
import { fileURLToPath, pathToFileURL } from "node:url";

const REQUESTS = 20_000;
const ROUNDS = 45;
const WARM = 5; // Rounds that are not counted.
export const SIZES = [5, 50, 10_000];

// Permissions as people write them: most reach below a prefix, some are exact, a few have constraints.
export function permissions(count) {
  return Array.from({ length: count }, (_, index) => ({
    resource: index % 3 === 0 ? `mcp:service-${index}:repos` : `mcp:service-${index}:*`,
    actions: index % 4 === 0 ? ["*"] : ["read", "execute"],
  }));
}

// Requests that hit every part of the list, one in five of which no permission allows. Parsed anew, so fresh.
export function requests(count) {
  const made = Array.from({ length: REQUESTS }, (_, index) => {
    const service = (index * 7919) % count;
    return index % 5 === 4
      ? { action: "delete", resource: `mcp:service-${service}x:repos` }
      : { action: index % 2 ? "read" : "execute", resource: `mcp:service-${service}:repos` };
  });
  return JSON.parse(JSON.stringify(made));
}

// The same idea in JavaScript: a scan of a few, else for each prefix and action the first permission that grants it.
export function compileInJavaScript(list) {
  const parsed = list.map(({ resource, actions }) => {
    const segments = resource.split(":");
    const star = segments.indexOf("*");
    const prefix = star === -1 ? resource : segments.slice(0, star).join(":");
    return { prefix, star, actions: new Set(actions) };
  });
  const find = list.length <= 16 ? scan(parsed) : look(parsed);
  return {
    allows: (action, resource) => find(action, resource) !== -1,
    evaluate({ action, resource }) {
      const index = find(action, resource);
      return index === -1
        ? { allowed: false, reason: `No permission grants access to "${action}" on "${resource}"` }
        : { allowed: true, permission: { index, rule: list[index] } };
    },
  };
}

const scan = (parsed) => (action, resource) =>
  parsed.findIndex(({ prefix, star, actions }) => {
    const reaches =
      star === -1
        ? resource === prefix
        : star === 0 ||
          (resource.startsWith(prefix) && (resource.length === prefix.length || resource[prefix.length] === ":"));
    return reaches && (actions.has("*") || actions.has(action));
  });

function look(parsed) {
  const [itself, below, everything] = [new Map(), new Map(), new Map()];
  parsed.forEach(({ prefix, star, actions }, index) => {
    const table = star === -1 ? itself : below;
    if (star !== 0 && !table.has(prefix)) table.set(prefix, new Map());
    const grants = star === 0 ? everything : table.get(prefix);
    for (const action of actions) if (!grants.has(action)) grants.set(action, index);
  });
  const first = (grants, action, found) =>
    grants === undefined ? found : Math.min(found, grants.get(action) ?? Infinity, grants.get("*") ?? Infinity);
  return (action, resource) => {
    let found = first(everything, action, Number.POSITIVE_INFINITY);
    for (let at = resource.indexOf(":"); at !== -1; at = resource.indexOf(":", at + 1))
      found = first(below.get(resource.slice(0, at)), action, found);
    found = first(below.get(resource), action, found);
    found = first(itself.get(resource), action, found);
    return found === Number.POSITIVE_INFINITY ? -1 : found;
  };
}

// What to run: `run` decides all requests of a round and returns how many were allowed.
export function variants({ compile }) {
  return SIZES.flatMap((count) => {
    const list = permissions(count);
    const evaluators = { wasm: compile(list), JavaScript: compileInJavaScript(list) };
    return Object.entries(evaluators).flatMap(([made, evaluator]) => [
      {
        name: `${count} rules, allows, ${made}`,
        prepare: () => requests(count),
        run(asked) {
          let allowed = 0;
          for (const { action, resource } of asked) if (evaluator.allows(action, resource)) allowed++;
          return allowed;
        },
      },
      {
        name: `${count} rules, evaluate, ${made}`,
        prepare: () => requests(count),
        run(asked) {
          let allowed = 0;
          for (const request of asked) if (evaluator.evaluate(request).allowed) allowed++;
          return allowed;
        },
      },
    ]);
  });
}

export function measure(list) {
  const times = list.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    list.forEach(({ name, prepare, run }, index) => {
      const asked = prepare();
      const started = performance.now();
      const allowed = run(asked);
      times[index].push(((performance.now() - started) * 1e6) / asked.length);
      if (allowed !== (asked.length * 4) / 5) throw new Error(`${name}: ${allowed} allowed`);
    });
  }
  return list.map(({ name }, index) => {
    const sorted = times[index].slice(WARM).sort((a, b) => a - b);
    return { name, median: Math.round(sorted[sorted.length >> 1]), least: Math.round(sorted[0]) };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entry = process.argv[2] ? pathToFileURL(process.argv[2]) : new URL("../pkg/permissions.js", import.meta.url);
  console.table(measure(variants(await import(entry))));
}
