// The demo: the local server with a file database and seed data, the quickstart on the packed and
// installed package, and then a page that does the same in a browser.
//
//   ./dev demo [--once] [--dialect sdk|adapter]
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { servePage } from "./page-server.mjs";

const { values: options } = parseArgs({
  options: { once: { type: "boolean", default: false }, dialect: { type: "string", default: "sdk" } },
});
const root = fileURLToPath(new URL("../", import.meta.url));
const build = join(root, ".build");

console.log("Packing and installing kavachos-wasm into a project of its own…");
const packageUrl = execFileSync(process.execPath, [join(root, "tools/install.mjs")], { encoding: "utf8" }).trim();
const consumer = fileURLToPath(new URL("../../", packageUrl));

const database = join(build, "demo.sqlite");
mkdirSync(build, { recursive: true });
for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(database + suffix, { force: true });
const server = spawn(
  process.env.KAVACHOS_SERVER,
  ["--port", "0", "--dialect", options.dialect, "--db", database, "--seed"],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const baseUrl = await listening(server);
console.log(`A KavachOS server (${options.dialect} dialect) listens on ${baseUrl}, its database is ${database}.`);

for (const file of ["quickstart.mjs", "tour.mjs", "transcript.mjs"]) {
  copyFileSync(fileURLToPath(new URL(file, import.meta.url)), join(consumer, file));
}
const quickstart = spawnSync(process.execPath, ["quickstart.mjs", baseUrl], { cwd: consumer, stdio: "inherit" });
if (options.once || quickstart.status !== 0) {
  server.kill();
  process.exit(quickstart.status ?? 1);
}

const page = await servePage({ packageUrl, apiOrigin: new URL(baseUrl).origin });
console.log(`\nThe same in your browser: ${page.url}?server=${encodeURIComponent(baseUrl)}`);
console.log("Press Ctrl+C to stop.");
process.on("SIGINT", () => {
  server.kill();
  process.exit(0);
});

function listening(child) {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
    createInterface(child.stdout).once("line", (line) => {
      const url = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
      if (url) resolve(url);
      else reject(new Error(`the server said: ${line}`));
    });
  });
}
