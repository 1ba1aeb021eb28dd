// Counting audit entries without making objects of them.

import { inNode } from "../runtimes.mjs";
import { comparison } from "../tables.mjs";
import { BARE } from "../workloads/scan.mjs";

const SIZES = [1000, 10_000, 50_000];

export default {
  name: "scan",
  title: "Counting audit entries, Node, stubbed fetch",
  about: `One page of real Responses, counted and grouped by hour and result. \`scan\` keeps the bytes; \`audit.iterate\` hands
out checked objects. Processor time.`,
  async run({ chosen }) {
    const found = [];
    for (const rows of SIZES) {
      const name = `${rows.toLocaleString("en")} rows`;
      if (chosen(name))
        found.push({ name, samples: await inNode("scan", { rows, rounds: 40, turn: 20, warmUp: 400 }) });
    }
    return comparison(found, [BARE], { name: "ms", perMillisecond: 1 });
  },
};
