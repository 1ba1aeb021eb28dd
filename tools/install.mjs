// Packs pkg/ and installs the tarball into its own project, as a user would.
//
//   node tools/install.mjs     prints the URL of the installed entry
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const consumer = join(root, ".build/consumer");
const npm = (directory, ...args) =>
  execFileSync("npm", [...args, "--loglevel=error", "--no-fund", "--no-audit"], { cwd: directory, encoding: "utf8" });

rmSync(consumer, { recursive: true, force: true });
mkdirSync(consumer, { recursive: true });
npm(join(root, "pkg"), "pack", "--pack-destination", consumer);
const tarball = readdirSync(consumer).find((file) => file.endsWith(".tgz"));
writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
npm(consumer, "install", `./${tarball}`, "--offline");

console.log(pathToFileURL(join(consumer, "node_modules/kavachos-wasm/index.js")).href);
