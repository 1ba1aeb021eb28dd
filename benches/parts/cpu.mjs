// What a call costs in the client alone: in Node, with stubs for fetch.
import { BARE } from "../peers/names.mjs";
import { pooled } from "../rounds.mjs";
import { inNode } from "../runtimes.mjs";
import { comparison } from "../tables.mjs";

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
headers, json and text, and shows the client's own share most harshly. The plain clients spend most of what they add on
\`AbortSignal.timeout\`. ${PROCESSES} processes of ${TIMING.rounds} rounds each, ${TIMING.turn} ms a turn.`,
  async run({ chosen }) {
    const found = [];
    for (const [name, options] of cases.filter(([name]) => chosen(name))) {
      const runs = [];
      for (let count = 0; count < PROCESSES; count++) runs.push(await inNode("stubbed", { ...options, ...TIMING }));
      found.push({ name, samples: pooled(runs) });
    }
    return comparison(found, [BARE]);
  },
};
