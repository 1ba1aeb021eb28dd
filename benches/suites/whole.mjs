// Whole calls against the local server, in Node: one after the other, and a thousand at once.
import { BARE, PLAIN } from "../clients/names.mjs";
import { quartiles, ratio } from "../rounds.mjs";
import { inNode } from "../runtimes.mjs";
import { withServer } from "../server.mjs";
import { comparison, fixed, spread, table } from "../tables.mjs";

const CONCURRENT = 1000;
const SEQUENTIAL = { rounds: 60, turn: 15, warmUp: 300 };
const cases = ["sdk", "adapter"].flatMap((dialect) => [
  [`GET agent, ${dialect}`, { dialect, call: "agent" }],
  [`POST authorize, ${dialect}`, { dialect, call: "authorize" }],
]);

// Calls per second instead of the time of one.
const rates = (samples) =>
  Object.fromEntries(Object.entries(samples).map(([name, times]) => [name, times.map((time) => 1000 / time)]));

export default {
  name: "whole",
  title: "Whole calls, Node, local server",
  about: `Over loopback, server and client on the same machine; the time that passes. One call after the other, and
${CONCURRENT.toLocaleString("en")} authorizes at once.`,
  needs: ["server"],
  async run({ chosen }) {
    const found = [];
    for (const [name, { dialect, call }] of cases.filter(([name]) => chosen(name))) {
      const samples = await withServer(dialect, (server) => inNode("whole", { ...server, call, ...SEQUENTIAL }));
      found.push({ name, samples });
    }
    const paragraphs = found.length > 0 ? comparison(found, [PLAIN, BARE]) : [];
    if (!chosen("concurrent")) return paragraphs;
    const timing = { rounds: 24, calls: CONCURRENT };
    const samples = rates(
      await withServer("adapter", (server) =>
        inNode("whole", { ...server, call: "authorize", manner: "concurrent", ...timing }),
      ),
    );
    return [
      ...paragraphs,
      `${CONCURRENT.toLocaleString("en")} concurrent authorizes, adapter: calls per second, and the ratios of these.`,
      table(
        ["", "calls per second", `ratio to ${PLAIN}`, `ratio to ${BARE}`],
        Object.keys(samples).map((name) => [
          name,
          fixed(quartiles(samples[name]).median, 0),
          ...[PLAIN, BARE].map((reference) => (name === reference ? "1" : spread(ratio(samples, name, reference)))),
        ]),
      ),
    ];
  },
};
