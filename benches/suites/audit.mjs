// Audit pages from small to very large: in Node, with stubs for fetch.
import { BARE, ZOD } from "../clients/names.mjs";
import { inNode } from "../runtimes.mjs";
import { comparison } from "../tables.mjs";

// A turn is one call or a few: the larger the page, the longer, so the fewer rounds.
const ROUNDS = { 100: 60, 1000: 60, 10000: 24, 50000: 12 };
const cases = Object.entries(ROUNDS).flatMap(([rows, rounds]) =>
  [
    ["real", "sdk"],
    ...(rows === "1000" ? [["real", "adapter"]] : []),
    ...(rows === "1000" || rows === "10000" ? [["light", "sdk"]] : []),
  ].map(([stub, dialect]) => [
    `${Number(rows).toLocaleString("en")} rows, ${stub === "real" ? "real Response" : "light stub"}, ${dialect}`,
    { call: "audit", rows: Number(rows), stub, dialect, rounds, turn: 10, warmUp: rows === "50000" ? 400 : 300 },
  ]),
);

export default {
  name: "audit",
  title: "Audit pages, Node, stubbed fetch",
  about: `One \`audit.query\`; every row is checked by those who check. Processor time, as above. A row is some 300 bytes of
JSON: 50,000 rows are an answer of 15 MB.`,
  async run({ chosen }) {
    const found = [];
    for (const [name, options] of cases.filter(([name]) => chosen(name)))
      found.push({ name, samples: await inNode("stubbed", options) });
    return comparison(found, [BARE, ZOD], { name: "ms", perMillisecond: 1 });
  },
};
