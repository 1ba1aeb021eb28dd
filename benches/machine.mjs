// What a section of RESULTS.md was measured on. No names of hosts.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

const installed = (name) =>
  JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url), "utf8")).version;

/** One line: the day, the processor, the memory, the versions. */
export function machine() {
  const [{ model }] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const packages = ["zod", "valibot", "deno", "bun", "workerd"].map((name) => `${name} ${installed(name)}`);
  const versions = [
    `Node.js ${process.versions.node}`,
    ...packages,
    ...chromium(),
    `kavachos-wasm ${installed("kavachos-wasm")}`,
  ];
  const day = new Date().toISOString().slice(0, 10);
  return `Measured ${day} on ${model.trim()}, ${cpus().length} cores, ${memory}; ${versions.join(", ")}.`;
}

function chromium() {
  if (!process.env.CHROMIUM) return [];
  const said = execFileSync(process.env.CHROMIUM, ["--version"], { encoding: "utf8" });
  return [`Chromium ${/[\d.]+/.exec(said)[0]}`];
}
