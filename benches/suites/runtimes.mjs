// The other runtimes: what the client costs in each, and whole calls against the local server.
import { inPage } from "../chromium.mjs";
import { BARE, FILES, PLAIN, SLIM } from "../clients/names.mjs";
import { compare, pooled } from "../rounds.mjs";
import { inProcess } from "../runtimes.mjs";
import { withServer } from "../server.mjs";
import { comparison } from "../tables.mjs";
import { ask, bundleWorker, startWorker } from "../workerd.mjs";

const STUBBED = { stub: "real", dialect: "sdk", rounds: 96, turn: 3, warmUp: 200 };
const WHOLE = { rounds: 48, turn: 15, warmUp: 200 };
const calls = { "GET agent": "agent", "POST authorize": "authorize" };

// The worker makes the calls, and its asker takes the time: in it is one request to the worker for each turn.
async function inWorkerd({ call, rounds, turn, warmUp, ...server }) {
  const folder = await bundleWorker("whole", 'export { default } from "./workloads/worker.mjs";');
  const { url, stop } = await startWorker(folder);
  try {
    const variants = {};
    for (const client of Object.keys(FILES).filter((name) => name !== SLIM))
      variants[client] = (calls) => ask(url, { ...server, client, call, calls });
    return await compare(variants, { rounds, turn, warmUp });
  } finally {
    await stop();
  }
}

// The client alone in Node is its own suite.
const runtimes = {
  Node: (workload, options) => workload === "whole" && inProcess("node", workload, options, []),
  Deno: (workload, options) => inProcess("deno", workload, options),
  Bun: (workload, options) => inProcess("bun", workload, options),
  Chromium: inPage,
  workerd: (workload, options) => workload === "whole" && inWorkerd(options),
};

export default {
  name: "runtimes",
  title: "Other runtimes",
  about: `*Client alone*: a stub for fetch with a real Response, dialect sdk; processor time in Deno and Bun, the time that passes
in Chromium. *Whole calls*: one after the other against the local server, dialect adapter; the time that passes. In Chromium
each call of every client is preceded by a preflight. Not measured:
the client alone in workerd, whose clock stands still while it computes.`,
  needs: ["server", "chromium"],
  async run({ chosen }) {
    const stubbed = [];
    const whole = [];
    for (const [runtime, run] of Object.entries(runtimes)) {
      for (const [title, call] of Object.entries(calls)) {
        const name = `${runtime}, ${title}`;
        if (!chosen(name)) continue;
        const samples = await run("stubbed", { ...STUBBED, call });
        if (samples) stubbed.push({ name, samples });
        whole.push({
          name,
          samples: await withServer("adapter", (server) => run("whole", { ...server, ...WHOLE, call })),
        });
      }
    }
    if (whole.length > 1) whole.push({ name: "all of these", samples: pooled(whole.map(({ samples }) => samples)) });
    return [
      ...(stubbed.length > 0 ? ["**Client alone.**", ...comparison(stubbed, [BARE])] : []),
      ...(whole.length > 0 ? ["**Whole calls.**", ...comparison(whole, [PLAIN, BARE])] : []),
    ];
  },
};
