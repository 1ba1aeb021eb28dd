// What a release needs to know: that its tag, the version in Cargo.toml and the changelog say the same, and what has changed.
//
//   node tools/release.mjs v1.2.3            fails if they do not
//   node tools/release.mjs v1.2.3 --notes    prints the section of CHANGELOG.md
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * @param {string} tag
 * @param {{ cargo: string, changelog: string }} files
 * @returns {string} what the changelog says of that version
 * @throws {Error} if the tag is not that of the version, or the changelog has no dated section for it
 */
export function releaseNotes(tag, { cargo, changelog }) {
  const version = /^version = "([^"]+)"/m.exec(cargo)?.[1];
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and the version in Cargo.toml is ${version}.`);
  const heading = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m").exec(
    changelog,
  );
  if (!heading) throw new Error(`CHANGELOG.md has no section “## [${version}] - YYYY-MM-DD”.`);
  const notes = changelog
    .slice(heading.index + heading[0].length)
    .split(/^(?:## |\[[^\]]+\]: )/m)[0]
    .trim();
  if (notes === "") throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tag = "", option] = process.argv.slice(2);
  const read = (file) => readFileSync(root + file, "utf8");
  try {
    const notes = releaseNotes(tag, { cargo: read("Cargo.toml"), changelog: read("CHANGELOG.md") });
    console.log(option === "--notes" ? notes : `${tag} may be released.`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
