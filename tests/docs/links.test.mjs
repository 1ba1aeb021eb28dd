// Links between files of the repository lead to files that exist, and to headings that exist.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, it } from "node:test";
import { anchorOf } from "../../docs/.vitepress/pages.mjs";
import { pages, root } from "./pages.mjs";

const examples = readdirSync(join(root, "www-example"))
  .map((name) => `www-example/${name}/README.md`)
  .filter((file) => existsSync(join(root, file)));
const others = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benches/README.md", "benches/RESULTS.md"];
const files = [...pages(), ...others, "generated/api.md", ...examples];

/** The text without code: what looks like a link there is none. */
function prose(file) {
  const text = readFileSync(join(root, file), "utf8").replace(/^(`{3,})[\s\S]*?^\1$/gm, "");
  return text.replace(/(`+)(?:(?!\1)[\s\S])*?[^`]\1(?!`)/g, (code) => code.replace(/[()[\]<>]/g, " "));
}

function linksOf(file) {
  return [...prose(file).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)]
    .map((match) => match[1])
    .filter((href) => !/^[a-z][a-z\d+.-]*:/i.test(href));
}

function anchorsOf(path) {
  const text = readFileSync(path, "utf8").replace(/^(`{3,})[\s\S]*?^\1$/gm, "");
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1].replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
  return headings.map(anchorOf);
}

function problemOf(file, href) {
  const [path, hash] = href.split("#");
  const target = path === "" ? join(root, file) : resolve(root, dirname(file), decodeURI(path));
  if (!existsSync(target)) return `${file}: ${href} does not exist`;
  if (relative(root, target).startsWith("..")) return `${file}: ${href} leads out of the repository`;
  if (hash === undefined) return undefined;
  if (!target.endsWith(".md") || statSync(target).isDirectory())
    return `${file}: ${href} has an anchor, but is no page`;
  return anchorsOf(target).includes(hash) ? undefined : `${file}: ${href}: there is no such heading`;
}

describe("links in Markdown", () => {
  it("are found", () => {
    assert.ok(linksOf("README.md").includes("docs/guide/errors.md"));
    assert.equal(problemOf("README.md", "docs/guide/nothing.md"), "README.md: docs/guide/nothing.md does not exist");
    assert.match(problemOf("README.md", "docs/guide/errors.md#nothing"), /no such heading/);
  });
  for (const file of files)
    it(file, () => {
      const problems = linksOf(file).map((href) => problemOf(file, href));
      assert.deepEqual(problems.filter(Boolean), []);
    });
});
