// All consumers, in the order of the table.
import { fileURLToPath } from "node:url";

const FOLDERS = [
  "page",
  "worker",
  "node",
  "deno",
  "bun",
  "workers",
  "workers-vite",
  "workers-vitest",
  "nitro",
  "vite",
  "webpack",
  "esbuild",
  "rollup",
  "next",
  "vitest",
  "jest",
  "jest-jsdom",
  "vue",
];

/**
 * Each has: `name`; `title` and `how` for the table in docs/guide/runtimes.md; `quick` if `./dev test` runs it; `packages` from npm;
 * `manifest`, more of its package.json; `missing()`, which resolves to a sentence where this machine cannot run it;
 * `run(project)`; and `source`, the folder of its files.
 */
export const consumers = [];
for (const folder of FOLDERS) {
  const source = new URL(`./consumers/${folder}/`, import.meta.url);
  const { default: found } = await import(new URL("consumer.mjs", source).href);
  for (const consumer of found) consumers.push({ source: fileURLToPath(source), packages: {}, ...consumer });
}
