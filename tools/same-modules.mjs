// Compares the WebAssembly modules and their glue with those of another commit, byte for byte: a change that concerns Rust programs
// alone must not change them. It builds the other commit in a separate work tree, which takes some minutes.
//
//   ./dev build && node tools/same-modules.mjs HEAD~1
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const commit = process.argv[2];
if (!commit) {
  console.error("usage: node tools/same-modules.mjs <commit>");
  process.exit(2);
}

// Paths are in no module, but cargo names a crate by them: both commits are built in the same place.
const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).trim();
const folder = join(mkdtempSync(join(tmpdir(), "kavachos-modules-")), "tree");
const found = {};
for (const name of [commit, "HEAD"]) {
  const id = git("rev-parse", `${name}^{commit}`);
  git("worktree", "add", "--detach", "--force", folder, id);
  try {
    mkdirSync(join(folder, ".build"));
    for (const name of ["node_modules", ".build/tools"]) symlinkSync(resolve(name), join(folder, name));
    const env = { ...process.env, CARGO_TARGET_DIR: resolve(".build/same-modules") };
    execFileSync("./dev", ["build"], { cwd: folder, stdio: "inherit", env });
    found[name] = filesIn(join(folder, ".build/glue"));
  } finally {
    git("worktree", "remove", "--force", folder);
  }
}
rmSync(folder, { recursive: true, force: true });

const names = new Set(Object.values(found).flatMap((files) => [...files.keys()]));
const different = [...names].filter((name) => !found[commit].get(name)?.equals(found.HEAD.get(name) ?? Buffer.of()));
for (const name of names) console.log(`${different.includes(name) ? "differs" : "same   "} ${name}`);
process.exit(different.length > 0 || names.size === 0 ? 1 : 0);

function filesIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}
