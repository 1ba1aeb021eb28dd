// Which files of the repository are pages of the site, and where.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** Where links to files that are no pages lead. */
export const repository = /^repository = "([^"]+)"/m.exec(readFileSync(`${root}/Cargo.toml`, "utf8"))[1];

// Beside all of docs/.
const OTHERS = {
  "README.md": "project/readme.md",
  "CHANGELOG.md": "project/changelog.md",
  "CONTRIBUTING.md": "project/contributing.md",
  "SECURITY.md": "project/security.md",
  "benches/README.md": "explanation/numbers.md",
  "benches/RESULTS.md": "explanation/results.md",
  "generated/api.md": "reference/routes.md",
};

/** The page of a file, both as paths: from the repository to the site. Undefined if the file is no page. */
export function pageOf(file) {
  if (OTHERS[file]) return OTHERS[file];
  if (!file.startsWith("docs/") || !file.endsWith(".md")) return undefined;
  return file.slice("docs/".length).replace(/(^|\/)README\.md$/, "$1index.md");
}

/** What VitePress must not take for a page. */
export function excluded() {
  const folders = new Set(Object.keys(OTHERS).map((file) => file.split("/")[0]));
  const kept = new Set([...folders, "docs"]);
  const tops = readdirSync(root).filter((name) => !kept.has(name));
  const inside = [...folders]
    .filter((name) => !name.endsWith(".md"))
    .flatMap((folder) => readdirSync(`${root}/${folder}`).map((name) => `${folder}/${name}`))
    .filter((path) => !OTHERS[path]);
  return [...tops, ...inside, "docs/node_modules"].flatMap((path) => [path, `${path}/**`]);
}

/**
 * A link of a file as the site has it: to another page by its path on the site, to any other file of the repository by its URL there.
 *
 * @param {string} href
 * @param {string} from the absolute path of the file
 */
export function siteLink(href, from) {
  if (/^([a-z][a-z\d+.-]*:|\/|#)/i.test(href)) return href;
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href);
  const target = resolve(dirname(from), decodeURI(path));
  const file = relative(root, target).replaceAll("\\", "/");
  if (!existsSync(target)) throw new Error(`${relative(root, from)} links to ${href}, which does not exist`);
  const page = pageOf(file);
  if (!page) return `${repository}/blob/main/${posix.normalize(file)}${hash ?? ""}`;
  return `/${page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}${hash ?? ""}`;
}

/** The anchor of a heading, as GitHub makes it: links to it work there and on the site. */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}
