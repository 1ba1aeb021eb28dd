// Live traffic for a dashboard: some of the showcase's agents do what they are used to doing, at an uneven pace.
//
//   node traffic.mjs http://127.0.0.1:8787/api/kavach
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const COMPANY = new URL("server/src/showcase/company/", import.meta.url);
// So that an agent that has been revoked or renamed meanwhile is let alone.
const LIST_AGAIN_MS = 30_000;
const LONGEST_WAIT_MS = 30_000;
const BURSTS = 1 / 30;

/**
 * Authorizes as the agents of the showcase until `signal` aborts, and resolves then.
 *
 * `pace` is how many calls there are in a second on average, bursts aside. A server that cannot be reached or refuses is asked
 * less and less often, down to twice a minute. Rejects if none of the agents are there, or the client cannot be used at all.
 */
export async function traffic({ kavach, signal = new AbortController().signal, pace = 3 }) {
  const habits = await habitsByAgent();
  const options = { signal, maxRetries: 0, timeout: 10_000 };
  let working = [];
  let listedAt = -Infinity;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (performance.now() - listedAt > LIST_AGAIN_MS) {
        const known = (await kavach.agents.list({}, options)).filter(({ name }) => habits.has(name));
        if (known.length === 0)
          throw new Error("The server has none of the agents of the showcase: start it with --showcase");
        working = known.filter(({ status }) => status === "active");
        listedAt = performance.now();
      }
      const burst = Math.random() < BURSTS;
      for (let left = burst ? 5 + Math.random() * 15 : 1; left > 0 && working.length > 0; left -= 1) {
        const agent = chosen(working, ({ name }) => habits.get(name).share);
        await kavach.authorize(agent.id, request(habits.get(agent.name)), options);
        if (burst) await sleep(30 + Math.random() * 60, undefined, { signal });
      }
      failures = 0;
      // As calls come that know nothing of each other: mostly close together, at times far apart.
      await sleep((1000 / pace) * Math.min(-Math.log(1 - Math.random()), 4), undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      // Errors of the client have a code; what is wrong with the arguments does not pass.
      if (typeof error?.code !== "string" || error.code === "INVALID_ARGUMENT") throw error;
      failures += 1;
      const wait = Math.min(500 * 2 ** failures, LONGEST_WAIT_MS);
      await sleep(Math.max(wait, (error.retryAfter ?? 0) * 1000), undefined, { signal }).catch(() => {});
    }
  }
}

// What each agent of the company does, by its name.
async function habitsByAgent() {
  const files = await readdir(COMPANY);
  const described = await Promise.all(files.map(async (file) => JSON.parse(await readFile(new URL(file, COMPANY)))));
  return new Map(described.flatMap(({ agents = [] }) => agents.map((agent) => [agent.name, agent])));
}

function request({ calls }) {
  // What is rare in a week is to be seen within minutes.
  const { action, resource, arguments: given = {} } = chosen(calls, ({ often }) => Math.sqrt(often));
  const values = Object.entries(given).map(([name, value]) => [name, oneOf(value)]);
  return { action, resource: oneOf(resource), arguments: Object.fromEntries(values) };
}

function oneOf(value) {
  const one = Array.isArray(value) ? value[Math.floor(Math.random() * value.length)] : value;
  return one.replace("{number}", () => `${Math.floor(100_000 + Math.random() * 900_000)}`);
}

function chosen(list, weightOf) {
  let left = Math.random() * list.reduce((sum, one) => sum + weightOf(one), 0);
  for (const one of list) {
    left -= weightOf(one);
    if (left < 0) return one;
  }
  return list.at(-1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const baseUrl = process.argv[2];
  if (!baseUrl) {
    console.error("usage: node traffic.mjs <base URL of a KavachOS server with the showcase>");
    process.exit(2);
  }
  const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE ?? "kavachos-wasm");
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => stop.abort());
  await traffic({ kavach: new KavachClient({ baseUrl }), signal: stop.signal });
}
