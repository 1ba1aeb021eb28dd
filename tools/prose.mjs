// Checks the words of everything that people read: documents, comments, messages and the texts of pages.
//
//   node tools/prose.mjs [file…]     all files that git knows, if none is named
//
// The words are in tools/prose/words.mjs. A line with the comment `prose-ignore` is not checked, nor is the next one.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { findings } from "./prose/findings.mjs";

const PROSE = /\.(?:md|rs|m?js|tsx?|toml|ya?ml|html|sh)$|(?:^|\/)(?:dev|run)$/;
// What is generated, recorded, quoted from elsewhere, or a list of the words themselves.
const OTHERS = [
  /^generated\//,
  /^tests\/data\//,
  /^tests\/parity\/recordings\//,
  /^tests\/types\/golden\//,
  /^benches\/RESULTS\.md$/,
  /^src\/host\/errors\/errors\.api\.d\.ts$/,
  /^tools\/prose\/words\.mjs$/,
  /^tests\/tools\/prose\.test\.mjs$/,
];

const named = process.argv.slice(2);
const known = () =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" }).split("\n");
const files = (named.length > 0 ? named : known()).filter(
  (file) => PROSE.test(file) && !OTHERS.some((pattern) => pattern.test(file)),
);

let found = 0;
for (const file of files) {
  let source;
  try {
    source = readFileSync(file, "utf8");
  } catch {
    continue; // Deleted, and not yet committed.
  }
  for (const { line, text, write } of findings(file, source)) {
    console.log(`${file}:${line}: "${text}": write ${write}`);
    found++;
  }
}
console.log(found === 0 ? `${files.length} files use the words of this project.` : `${found} to change.`);
process.exit(found === 0 ? 0 : 1);
