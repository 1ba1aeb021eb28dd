// Permission checks without a server, by the number of rules.
import { readFileSync } from "node:fs";
import { inNode } from "../runtimes.mjs";
import { comparison } from "../tables.mjs";

const ENTRY = "./permissions";
const COUNTS = [5, 50, 1000, 10_000];

export default {
  name: "permissions",
  title: "Permission checks, Node",
  about: `One check of a compiled list of permissions; half of what is asked is granted. \`evaluate\` says why, \`allows\` only
whether. Processor time.`,
  async run({ chosen }) {
    const manifest = new URL("../node_modules/kavachos-wasm/package.json", import.meta.url);
    if (!(ENTRY in JSON.parse(readFileSync(manifest, "utf8")).exports))
      return ["Skipped: this package has no entry `kavachos-wasm/permissions`."];
    const found = [];
    for (const count of COUNTS) {
      const name = `${count.toLocaleString("en")} rules`;
      if (chosen(name)) found.push({ name, samples: await inNode("permissions", { count, rounds: 60, turn: 4 }) });
    }
    return comparison(found, ["an index in JavaScript"], { name: "ns", perMillisecond: 1e6 });
  },
};
