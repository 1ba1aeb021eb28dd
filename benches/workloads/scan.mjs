// Times counting audit entries: `scan` of kavachos-wasm/audit beside `fetch`, `JSON.parse` and a loop. For Node.
import { compare, cpuClock } from "../rounds.mjs";

export const BARE = "fetch, JSON.parse, a loop";
export const NOISE = "fetch, JSON.parse, a loop again (noise)";
export const ITERATED = "audit.iterate, a loop";
export const OURS = "scan, groupBy";

const HOUR = 3_600_000;
const ACTIONS = ["read", "write", "execute"];
const RESOURCES = ["mcp:github:repos", "mcp:github:issues", "mcp:notes:today", "mcp:deploy:staging"];

// That many entries as a server sends them, newest first; one in five is a denial with its reason.
function entries(count) {
  const newest = Date.parse("2026-01-31T12:00:00.000Z");
  return Array.from({ length: count }, (_, row) => {
    const isDenied = row % 5 === 4;
    const [action, resource] = [ACTIONS[row % 3], RESOURCES[row % 4]];
    return {
      id: `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`,
      agentId: `7c9e6679-7425-40de-944b-e07fc1f90a${10 + (row % 7)}`,
      userId: "user-123",
      action,
      resource,
      parameters: { owner: "acme", page: row % 50 },
      result: isDenied ? "denied" : "allowed",
      ...(isDenied ? { reason: `No permission grants agent "bot" access to "${action}" on "${resource}"` } : {}),
      durationMs: row % 40,
      timestamp: new Date(newest - row * 1000).toISOString(),
    };
  });
}

function counted(rows) {
  const groups = new Map();
  for (const { timestamp, result } of rows) {
    const key = `${Math.floor(Date.parse(timestamp) / HOUR)} ${result}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [rows.length, groups.size];
}

/** Resolves to the samples for that many entries, each of which is counted, and grouped by hour and result. */
export async function run({ rows, ...timing }) {
  const { KavachClient } = await import("kavachos-wasm");
  const { scan } = await import("kavachos-wasm/audit");
  const bytes = new TextEncoder().encode(JSON.stringify({ data: entries(rows) }));
  const empty = new TextEncoder().encode('{"data":[]}');
  const headers = { "Content-Type": "application/json" };
  const fetch = async (url) => new Response(/offset=[1-9]/.test(url) ? empty : bytes, { headers });
  const kavach = new KavachClient({ baseUrl: "https://app.example", dialect: "adapter", fetch });
  const bare = () => async () => counted((await (await fetch("https://app.example/audit")).json()).data);
  const ways = {
    [BARE]: bare(),
    [NOISE]: bare(),
    [ITERATED]: async () => counted(await kavach.audit.iterate({}, { pageSize: rows }).toArray()),
    [OURS]: async () => {
      const log = await scan(kavach, {}, { pageSize: rows });
      const found = [log.count(), log.groupBy("result", { interval: "hour" }).length];
      log.free();
      return found;
    },
  };
  const variants = {};
  const expected = `${await ways[BARE]()}`;
  for (const [name, way] of Object.entries(ways)) {
    if (`${await way()}` !== expected) throw new Error(`${name} finds something else`);
    variants[name] = async (calls) => {
      for (let call = 0; call < calls; call++) await way();
    };
  }
  return compare(variants, { ...timing, clock: cpuClock });
}
