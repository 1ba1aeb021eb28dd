// Runs the packed tarball where users run it: each consumer is a tiny project that installs it.
//
//   node tests/matrix/matrix.mjs [--quick] [--list | --table] [name…]
//
// --quick     only the consumers that are part of `./dev test`
// --list      prints their names
// --table     prints the table of what is run, for docs/guide/runtimes.md
//
// A consumer that this machine cannot run is reported as not run, never as passed.
import { startServer } from "../suite/server.mjs";
import { consumers } from "./consumers.mjs";
import { Project } from "./project.mjs";
import { runtimeTable } from "./runtime-table.mjs";

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith("--"));
const wanted = words.filter((word) => !word.startsWith("--"));
const unknown = [
  ...flags.filter((flag) => !["--quick", "--list", "--table"].includes(flag)),
  ...wanted.filter((name) => !consumers.some((consumer) => consumer.name === name)),
];
if (unknown.length > 0) {
  console.error(`No such consumer or option: ${unknown.join(", ")}. Try --list.`);
  process.exit(2);
}
if (flags.includes("--list")) {
  for (const { name, title, how, quick } of consumers)
    console.log(`${name.padEnd(20)}${title}: ${how}${quick ? " *" : ""}`);
  console.log("\n* is part of ./dev test");
  process.exit(0);
}
if (flags.includes("--table")) {
  console.log(runtimeTable());
  process.exit(0);
}

const chosen = consumers.filter(({ name, quick }) =>
  wanted.length > 0 ? wanted.includes(name) : quick || !flags.includes("--quick"),
);
const running = await Promise.all(["sdk", "adapter"].map((dialect) => startServer("--dialect", dialect)));
const servers = { sdk: running[0].baseUrl, adapter: running[1].baseUrl };

const rows = [];
for (const consumer of chosen) {
  const started = performance.now();
  const project = new Project(consumer, servers);
  const missing = await consumer.missing?.();
  if (missing) project.notRun = missing;
  else await project.run();
  rows.push({ ...project.row(), seconds: Math.round((performance.now() - started) / 1000) });
  const { result, passed, seconds } = rows.at(-1);
  console.log(`${consumer.name}: ${result}${result === "passed" ? `, ${passed} in ${seconds} s` : ""}`);
}
await Promise.all(running.map((server) => server.stop()));

console.log();
console.table(rows);
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
for (const { name, result } of rows.filter(({ result }) => result.startsWith("not run")))
  console.log(`${name}: ${result}`);
console.log(`# pass ${total("passed")}`);
console.log(`# fail ${total("failed")}`);
process.exit(total("failed") === 0 ? 0 : 1);
