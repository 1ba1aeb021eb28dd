// Builds the documentation site: the API reference out of the packaged declarations, then all pages.
//
//   node tools/docs.mjs [--reference] [--dev]
//
// --reference makes only docs/reference/api; --dev serves the pages and follows changes. DOCS_BASE is the path the site is served
// under ("/" unless set). docs/node_modules and pkg/ must be there: `./dev docs` takes care of both.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const options = process.argv.slice(2);
const unknown = options.filter((option) => !["--reference", "--dev"].includes(option));
if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(", ")}: there are --reference and --dev`);

rmSync(`${docs}reference/api`, { recursive: true, force: true });
await run("typedoc/bin/typedoc", "--options", ".vitepress/typedoc.mjs");
if (!options.includes("--reference"))
  await run("vitepress/bin/vitepress.js", options.includes("--dev") ? "dev" : "build");

function run(program, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`node_modules/${program}`, ...args], { cwd: docs, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : process.exit(code ?? 1)));
  });
}
