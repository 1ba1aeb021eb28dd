// Cold starts: how long until a program that has just started has its first answer.
import { bundlePage, ColdPages } from "../chromium.mjs";
import { BARE, FILES, OURS, PLAIN, SLIM, VALIBOT, ZOD } from "../clients/names.mjs";
import { compare, quartiles, ratio } from "../rounds.mjs";
import { inNode } from "../runtimes.mjs";
import { withServer } from "../server.mjs";
import { fixed, spread, table } from "../tables.mjs";
import { ask, bundleWorker, startWorker } from "../workerd.mjs";

const ROUNDS = 18;
const everywhere = [PLAIN, "plain client again (noise)", BARE, ZOD, VALIBOT, OURS];
const file = (client) => FILES[client] ?? FILES[PLAIN];

async function inFreshNode(server) {
  const variants = {};
  for (const client of [...everywhere, SLIM]) {
    const options = { ...server, client: FILES[client] ? client : PLAIN };
    variants[client] = () => inNode("cold", options);
  }
  return compare(variants, { rounds: ROUNDS, calls: 1 });
}

async function inFreshWorkerd(server) {
  const variants = {};
  for (const client of everywhere) {
    const folder = await bundleWorker(
      `cold-${file(client)}`,
      `import { make } from "./clients/${file(client)}";
       import { firstCall } from "./workloads/cold.mjs";
       export default {
         async fetch(request) {
           await firstCall({ make }, await request.json(), 0);
           return new Response("done");
         },
       };`,
    );
    variants[client] = async () => {
      const started = performance.now();
      const { url, stop } = await startWorker(folder);
      await ask(url, server);
      const milliseconds = performance.now() - started;
      await stop();
      return milliseconds;
    };
  }
  return compare(variants, { rounds: ROUNDS, calls: 1 });
}

async function inChromium(server) {
  const names = [...everywhere, SLIM];
  for (const client of names) await bundlePage(`cold-${file(client)}`, `export * from "./clients/${file(client)}";`);
  const pages = await ColdPages.open(server);
  try {
    const variants = (load) => Object.fromEntries(names.map((client) => [client, () => load(`cold-${file(client)}`)]));
    const cold = await compare(
      variants((name) => pages.fresh(name)),
      { rounds: ROUNDS, calls: 1 },
    );
    const reload = variants((name) => pages.reload(name));
    for (let turn = 0; turn < 3; turn++) for (const load of Object.values(reload)) await load(); // Until caches are full.
    return { cold, reload: await compare(reload, { rounds: ROUNDS, calls: 1 }) };
  } finally {
    await pages.close();
  }
}

export default {
  name: "cold",
  title: "Cold start: import to first answer",
  about: `One GET agent of a local server of the adapter dialect. *Node*: a fresh process each time, from the \`import\`, its
files not bundled. *workerd*: a fresh process each time, from its start to the end of the first response. *Chromium*: bundled and
minified by esbuild, from \`import()\` in a page; *cold* in a browser context with empty caches, *reload* with full ones. Times
in milliseconds, ratios to the plain client. ${ROUNDS} rounds.`,
  needs: ["server", "chromium"],
  run({ chosen }) {
    return withServer("adapter", async (server) => {
      const found = {};
      if (chosen("Node")) found.Node = await inFreshNode(server);
      if (chosen("workerd")) found.workerd = await inFreshWorkerd(server);
      if (chosen("Chromium")) {
        const { cold, reload } = await inChromium(server);
        Object.assign(found, { "Chromium, cold": cold, "Chromium, reload": reload });
      }
      const cases = Object.entries(found);
      const row = (client, cell) => [client, ...cases.map(([, samples]) => (samples[client] ? cell(samples) : "–"))];
      const columns = ["", ...cases.map(([name]) => name)];
      const names = [...everywhere, SLIM];
      const over = (samples, client) =>
        quartiles(samples[client].map((sample, round) => sample - samples[PLAIN][round]));
      return [
        "Time, median (quartiles):",
        table(
          columns,
          names.map((client) => row(client, (samples) => spread(quartiles(samples[client]), 1))),
        ),
        "Ratio to the plain client, and what is over it:",
        table(
          columns,
          names
            .filter((client) => client !== PLAIN)
            .map((client) =>
              row(client, (samples) => {
                const more = over(samples, client).median;
                return `${spread(ratio(samples, client, PLAIN))}, ${more < 0 ? "−" : "+"}${fixed(Math.abs(more), 1)}`;
              }),
            ),
        ),
      ];
    });
  },
};
