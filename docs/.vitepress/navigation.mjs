// The navigation, made from the lists in the README.md of each folder: they are written once.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { root, siteLink } from "./pages.mjs";

/** The groups of a folder: its headings, each with the links of its list. Fails if a page of the folder is in no list. */
export function groupsOf(folder) {
  const index = `${root}/docs/${folder}/README.md`;
  const groups = [];
  for (const line of readFileSync(index, "utf8").split("\n")) {
    const heading = /^##? (.+)$/.exec(line);
    const item = /^- \[([^\]]+)\]\(([^)]+)\)/.exec(line);
    if (heading) groups.push({ text: heading[1], items: [] });
    if (item) groups.at(-1)?.items.push({ text: item[1].replaceAll("`", ""), link: siteLink(item[2], index) });
  }
  const links = groups.flatMap(({ items }) => items.map(({ link }) => link));
  for (const file of readdirSync(`${root}/docs/${folder}`).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  ))
    if (!links.includes(siteLink(file, index))) throw new Error(`docs/${folder}/README.md does not list ${file}`);
  return groups.filter(({ items }) => items.length > 0);
}

const KINDS = { functions: "Functions", classes: "Classes", interfaces: "Interfaces", "type-aliases": "Types" };

/** The pages of the API reference that TypeDoc made: for each entry its functions, classes and types. */
export function referenceGroup() {
  const folder = `${root}/docs/reference/api`;
  const order = (name) => ["client", "slim", "guard"].indexOf(name) + 1 || 9;
  const entries = foldersIn(folder).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const items = entries.map((entry) => ({
    text: entry === "client" ? "kavachos-wasm" : `kavachos-wasm/${entry}`,
    link: `/reference/api/${entry}/`,
    collapsed: true,
    items: Object.keys(KINDS)
      .filter((kind) => foldersIn(`${folder}/${entry}`).includes(kind))
      .map((kind) => ({
        text: KINDS[kind],
        items: readdirSync(`${folder}/${entry}/${kind}`)
          .map((file) => basename(file, ".md"))
          .sort()
          .map((name) => ({ text: name, link: `/reference/api/${entry}/${kind}/${name}` })),
      })),
  }));
  return { text: "API reference", items };
}

function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
