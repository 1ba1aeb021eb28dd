// Counting audit entries: `scan` beside `fetch`, `JSON.parse` and a loop in JavaScript.
//
//   node benches/audit-scan.mjs [package]     prints milliseconds, and the ratios within alternated rounds, in quartiles
//
// `package` is the folder of the installed package. The answers are real Responses, made of bytes in memory.
import { fileURLToPath, pathToFileURL } from "node:url";

export const BARE = "fetch, JSON.parse, a loop";
export const NOISE = "fetch, JSON.parse, a loop again (noise)";
export const ITERATED = "audit.iterate, a loop";
export const OURS = "scan, groupBy";

const HOUR = 3_600_000;
const ACTIONS = ["read", "write", "execute"];
const RESOURCES = ["mcp:github:repos", "mcp:github:issues", "mcp:notes:today", "mcp:deploy:staging"];

// That many entries as a server sends them, newest first; one in five is a denial with its reason.
export function entries(count) {
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

// What is timed, by name: `run(calls)`, each call of which counts `rows` entries, and groups them by hour and result.
export function variants(rows, { KavachClient }, { scan }) {
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
  const all = {};
  for (const [name, way] of Object.entries(ways))
    all[name] = async (calls) => {
      let found;
      for (let call = 0; call < calls; call++) found = await way();
      if (found[0] !== rows) throw new Error(`${name} counts ${found[0]}`);
      return found[1];
    };
  return all;
}

const quartiles = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL("../pkg", import.meta.url));
  const load = (file) => import(pathToFileURL(`${folder}/${file}`));
  const [sdk, large] = [await load("index.js"), await load("audit.js")];
  for (const rows of [1000, 10_000, 50_000]) {
    const all = Object.entries(variants(rows, sdk, large));
    const results = await Promise.all(all.map(([, run]) => run(1)));
    if (new Set(results).size !== 1) throw new Error(`they differ: ${results}`);
    const calls = Math.max(1, 10_000 / rows);
    const samples = all.map(() => []);
    for (let round = -5; round < 30; round++)
      for (let turn = 0; turn < all.length; turn++) {
        const at = (turn + round + 5) % all.length;
        const before = process.cpuUsage();
        await all[at][1](calls);
        const { user, system } = process.cpuUsage(before);
        if (round >= 0) samples[at].push((user + system) / 1000 / calls);
      }
    console.log(`${rows} rows`);
    for (const [at, [name]] of all.entries()) {
      const [, median] = quartiles(samples[at]);
      const ratios = quartiles(samples[at].map((sample, round) => sample / samples[0][round])).map((x) => x.toFixed(2));
      console.log(`  ${name.padEnd(42)}${median.toFixed(2).padStart(8)} ms   ${ratios[1]} (${ratios[0]}–${ratios[2]})`);
    }
  }
}
