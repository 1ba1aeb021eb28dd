// Runs the bench, or some of its parts.
//
//   node benches/bench.mjs [part…] [--save] [--only WORD]
//
// Everything: RESULTS.md is written anew. Named parts are printed, and with --save replace their sections. --only runs the
// cases whose names hold that word, for a quick look; those are never saved. --needs prints what ./dev must prepare.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machine } from "./machine.mjs";
import { parts } from "./parts.mjs";
import { section, withSections } from "./results.mjs";

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
  for (const { name, title } of parts) console.log(`${name.padEnd(14)}${title}`);
  process.exit(0);
}
const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. There are: ${parts.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const wanted = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (values.needs) {
  console.log(wanted.flatMap(({ needs = [] }) => needs).join(" "));
  process.exit(0);
}

const chosen = (name) => name.includes(values.only ?? "");
const isSaved = values.only === undefined && (values.save || positionals.length === 0);
for (const part of wanted) {
  const started = performance.now();
  try {
    const text = section(part, await part.run({ chosen }), machine());
    console.log(`\n${text}\n\n(${part.name}: ${Math.round((performance.now() - started) / 1000)} s)`);
    if (isSaved) save(part.title, text);
  } catch (error) {
    // The other parts do not depend on it, and its old section stays.
    console.error(`\n${part.name} has failed: ${error.stack}`);
    process.exitCode = 1;
  }
}

function save(title, text) {
  const file = new URL("RESULTS.md", import.meta.url);
  const old = existsSync(file) ? readFileSync(file, "utf8") : "";
  const titles = parts.map((part) => part.title);
  writeFileSync(file, withSections(old, titles, { [title]: text }));
}
