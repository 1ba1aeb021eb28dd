// Runs the bench, or some of its suites.
//
//   node benches/bench.mjs [suite…] [--save] [--only WORD]
//
// Everything: RESULTS.md is written anew. Named suites are printed, and with --save replace their sections. --only runs the
// cases whose names hold that word, for a quick look; those are never saved. --needs prints what ./dev must prepare.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machine } from "./machine.mjs";
import { section, withSections } from "./results.mjs";
import { suites } from "./suites.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    save: { type: "boolean" },
    only: { type: "string" },
    list: { type: "boolean" },
    needs: { type: "boolean" },
  },
});
if (values.list) {
  for (const { name, title } of suites) console.log(`${name.padEnd(14)}${title}`);
  process.exit(0);
}
const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(", ")}. There are: ${suites.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const wanted = suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (values.needs) {
  console.log(wanted.flatMap(({ needs = [] }) => needs).join(" "));
  process.exit(0);
}

const chosen = (name) => name.includes(values.only ?? "");
const isSaved = values.only === undefined && (values.save || positionals.length === 0);
for (const suite of wanted) {
  const started = performance.now();
  try {
    const text = section(suite, await suite.run({ chosen }), machine());
    console.log(`\n${text}\n\n(${suite.name}: ${Math.round((performance.now() - started) / 1000)} s)`);
    if (isSaved) save(suite.title, text);
  } catch (error) {
    // The other suites do not depend on it, and its old section stays.
    console.error(`\n${suite.name} has failed: ${error.stack}`);
    process.exitCode = 1;
  }
}

function save(title, text) {
  const file = new URL("RESULTS.md", import.meta.url);
  const old = existsSync(file) ? readFileSync(file, "utf8") : "";
  const titles = suites.map((suite) => suite.title);
  writeFileSync(file, withSections(old, titles, { [title]: text }));
}
