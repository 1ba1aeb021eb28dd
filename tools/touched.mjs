// What has been changed since the branch left `main`, and which test steps cover it.
import { execFileSync } from "node:child_process";

/** @returns {string[]} changed, added and untracked files, relative to the root; none where git does not say */
export function touchedFiles() {
  const git = (...args) => {
    try {
      const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
      return execFileSync("git", args, options).split("\n").filter(Boolean);
    } catch {
      return [];
    }
  };
  const [base = "HEAD"] = git("merge-base", "HEAD", process.env.KAVACHOS_BASE ?? "main");
  return [...new Set([...git("diff", "--name-only", base), ...git("ls-files", "--others", "--exclude-standard")])];
}

/**
 * @param {readonly string[]} files
 * @param {readonly { name: string, covers?: readonly string[] }[]} steps
 * @returns {string[]} the names of the steps that test one of the files, in their order
 */
export function stepsThatCover(files, steps) {
  return steps
    .filter(({ covers = [] }) => files.some((file) => covers.some((path) => file.startsWith(path))))
    .map(({ name }) => name);
}
