// What a call costs in the client alone: in Node, with stubs for fetch.
import { BARE, NOISE, OURS, PLAIN, VALIBOT, ZOD } from "../clients/names.mjs";
import { pooled, quartiles, ratio } from "../rounds.mjs";
import { inNode } from "../runtimes.mjs";
import { comparison, fixed, spread, table } from "../tables.mjs";

const PROCESSES = 2; // What the engine makes of a program differs from process to process.
// Short turns: neighbours in time meet the same machine. Over 5 ms a turn, others who use it triple the spread.
const TIMING = { rounds: 150, turn: 2, warmUp: 300 };

const calls = { "GET agent": "agent", "POST authorize": "authorize" };
const cases = [
  ...Object.entries(calls).map(([title, call]) => [
    `${title}, real Response, sdk`,
    { call, stub: "real", dialect: "sdk" },
  ]),
  ...Object.entries(calls).map(([title, call]) => [
    `${title}, real Response, adapter`,
    { call, stub: "real", dialect: "adapter" },
  ]),
  ...Object.entries(calls).map(([title, call]) => [
    `${title}, light stub, sdk`,
    { call, stub: "light", dialect: "sdk" },
  ]),
];

export default {
  name: "cpu",
  title: "Client CPU per call, Node, stubbed fetch",
  about: `Processor time of the whole process (garbage collection and compilation included), so that what else the machine
does is not in it. A *real Response* is made anew for every call from bytes; the *light stub* is an object with status,
headers, json and text, and shows the client's own share most harshly. First, each client has processes of its own, beside
bare fetch alone, as programs have it. Then all clients share a process: there the pending \`AbortSignal.timeout\` of the
plain clients keeps the host's list of timers of 30 seconds alive, which makes the timer of kavachos-wasm cheaper.
${PROCESSES} processes of ${TIMING.rounds} rounds each, ${TIMING.turn} ms a turn.`,
  async run({ chosen }) {
    const wanted = cases.filter(([name]) => chosen(name));
    if (wanted.length === 0) return comparison([], [BARE]);
    const alone = [];
    const together = [];
    for (const [name, options] of wanted) {
      const found = {};
      for (const client of CLIENTS) found[client] = await measured({ ...options, names: [BARE, client] });
      alone.push({ name, found });
      together.push({ name, samples: await measured(options) });
    }
    return [
      "Each client in its own processes. Ratio to bare fetch: median of the rounds (quartiles).",
      table(
        ["", ...CLIENTS],
        alone.map(({ name, found }) => [name, ...CLIENTS.map((client) => spread(ratio(found[client], client, BARE)))]),
      ),
      "Median time per call in its own processes, in µs, beside that of bare fetch there.",
      table(
        ["", ...CLIENTS],
        alone.map(({ name, found }) => [
          name,
          ...CLIENTS.map((client) => `${microseconds(found[client][client])}, ${microseconds(found[client][BARE])}`),
        ]),
      ),
      "All clients in the same processes:",
      ...comparison(together, [BARE]),
    ];
  },
};

const CLIENTS = [NOISE, PLAIN, ZOD, VALIBOT, OURS];

const microseconds = (milliseconds) => fixed(quartiles(milliseconds).median * 1000, 1);

async function measured(options) {
  const runs = [];
  for (let count = 0; count < PROCESSES; count++) runs.push(await inNode("stubbed", { ...options, ...TIMING }));
  return pooled(runs);
}
