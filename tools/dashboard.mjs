// Builds the dashboard of www-example/dashboard with the packed kavachos-wasm, as its users would: installed, type-checked
// and bundled by Vite. Needs KAVACHOS_PACKAGE, the installed package, whose tarball is beside it.
//
//   node tools/dashboard.mjs     prints the directory that was built
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const project = join(root, "www-example/dashboard");
const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));
const tarball = join(
  consumer,
  readdirSync(consumer).find((file) => file.endsWith(".tgz")),
);
// What it prints is not part of the answer.
const npm = (...args) => execFileSync("npm", ["--loglevel=error", ...args], { cwd: project, stdio: ["ignore", 2, 2] });

npm("install", "--no-save", "--no-package-lock", "--no-fund", "--no-audit", tarball);
npm("run", "build", "--silent", "--", "--logLevel=warn");
console.log(join(root, ".build/dashboard"));
