// Many isolates in front of one server: how stale what they allow is, and how often the server and the store are asked, with decision
// caches alone and with a store. The clients and caches are those of the package; only the clock, the server and the store are made up.
//
//   KAVACHOS_PACKAGE=file:///…/node_modules/kavachos-wasm/index.js node benches/simulations/isolates.mjs [--save]
//
// With --save it replaces the table of docs/guide/stores.md and the plot beside it. The same numbers come out each time.
import { readFileSync, writeFileSync } from "node:fs";
import { plot } from "./plot.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient } = await import(entry);
const { decisionCache } = await import(new URL("./guard.js", entry));
const { announceChanges, memoryStore } = await import(new URL("./stores.js", entry));

const ISOLATES = Number(process.env.ISOLATES ?? 1000);
const AGENTS = 100;
const RESOURCES = 3;
const SECONDS = Number(process.env.SECONDS ?? 60);
const REVOCATIONS = 1; // Each second; the agent is restored ten seconds later.
const baseUrl = "https://app.example";

// A clock that moves when the simulation says so.
let now = 0;
const began = Date.now();
performance.now = () => now;
Date.now = () => began + now;

// Numbers that are the same in every run.
function randomly(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * below);
  };
}

async function simulate({ options, withStore }) {
  now = 0;
  const random = randomly(7);
  const revokedAt = new Map();
  const count = { decisions: 0, server: 0, store: 0, stale: 0 };
  const ages = [];
  const fetch = async (url, { method }) => {
    const [, agent] = /agents\/(\w+)/.exec(url);
    if (method === "DELETE") {
      revokedAt.set(agent, now);
      return new Response(null, { status: 204 });
    }
    count.server++;
    const denied = { allowed: false, reason: 'Agent "x" is revoked', auditId: "" };
    return Response.json(revokedAt.has(agent) ? denied : { allowed: true, auditId: "" });
  };
  const memory = memoryStore({ max: 1e6 });
  const counted =
    (name) =>
    (...args) => {
      count.store++;
      return memory[name](...args);
    };
  const store = { consistency: "strong", get: counted("get"), put: counted("put"), add: counted("add") };
  const permissions = () => [{ resource: "mcp:*", actions: ["read"] }];
  const isolates = Array.from({ length: ISOLATES }, () => {
    // Isolates do not share the count of changes, which clients of one program do.
    delete globalThis[Symbol.for("kavachos.mutations")];
    const kavach = new KavachClient({ baseUrl, dialect: "sdk", fetch });
    if (withStore) announceChanges(kavach, store);
    const cache = options && decisionCache(kavach, { permissions, max: 400, ...options, ...(withStore && { store }) });
    return { kavach, ask: (cache ?? kavach).authorize };
  });

  const MINUTE = SECONDS * 1000;
  const step = 1000 / ISOLATES; // Each isolate decides once a second.
  let nextRevocation = 500;
  for (; now < MINUTE; now += step) {
    if (now >= nextRevocation) {
      nextRevocation += 1000 / REVOCATIONS;
      for (const [agent, time] of revokedAt) if (now - time > 10_000) revokedAt.delete(agent);
      await isolates[random(ISOLATES)].kavach.agents.revoke(`a${random(AGENTS)}`);
    }
    const agent = `a${random(AGENTS)}`;
    const request = { action: "read", resource: `mcp:tool${random(RESOURCES)}` };
    const { allowed } = await isolates[random(ISOLATES)].ask(agent, request);
    count.decisions++;
    if (allowed && revokedAt.has(agent)) {
      count.stale++;
      ages.push(now - revokedAt.get(agent));
    }
  }
  const each = (number) => number / count.decisions;
  return { ...count, server: each(count.server), store: each(count.store), oldest: Math.max(0, ...ages), ages };
}

const MODES = [
  ["no cache", {}],
  ["cache, `allowTtl: 1000`", { options: { allowTtl: 1000, denyTtl: 1000 } }],
  ["cache, `allowTtl: 5000`", { options: { allowTtl: 5000, denyTtl: 5000 } }],
  ["cache with a store, `allowTtl: 5000`", { options: { allowTtl: 5000, denyTtl: 5000 }, withStore: true }],
];

const rows = [];
for (const [name, mode] of MODES) {
  const found = await simulate(mode);
  rows.push({ name, ...found });
  console.log(`${name}: ${found.decisions} decisions`);
}
const table = [
  "| | asks the server, per 100 decisions | asks the store | allows after a revocation | oldest of them |",
  "|---|--:|--:|--:|--:|",
  ...rows.map(({ name, server, store, stale, oldest }) => {
    const cells = [(server * 100).toFixed(1), (store * 100).toFixed(0), `${stale}`, `${(oldest / 1000).toFixed(1)} s`];
    return `| ${name} | ${cells.join(" | ")} |`;
  }),
].join("\n");
console.log(table);

if (process.argv.includes("--save")) {
  const page = new URL("../../docs/guide/stores.md", import.meta.url);
  const text = readFileSync(page, "utf8");
  const replaced = text.replace(/^\| \| asks the server[\s\S]*?\n(?=\n)/m, `${table}\n`);
  writeFileSync(page, replaced);
  writeFileSync(new URL("../../docs/guide/stores.svg", import.meta.url), plot(rows));
}
