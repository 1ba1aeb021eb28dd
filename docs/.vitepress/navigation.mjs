// The navigation, made from the lists in the README.md of each folder: they are written once.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { pageOf, root, siteLink } from "./pages.mjs";

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
  for (const file of readdirSync(`${root}/docs/${folder}`).filter((name) => name.endsWith(".md") && name !== "README.md"))
    if (!links.includes(siteLink(file, index))) throw new Error(`docs/${folder}/README.md does not list ${file}`);
  return groups.filter(({ items }) => items.length > 0);
}

/** The pages of the API reference that TypeDoc made, one for each entry. */
export function referenceGroup() {
  const entries = readdirSync(`${root}/docs/reference/api`, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md") && entry.name !== "index.md")
    .map(({ name }) => basename(name, ".md"));
  const title = (name) => (name === "client" ? "kavachos-wasm" : `kavachos-wasm/${name}`);
  const order = (name) => ["client", "slim", "guard"].indexOf(name) + 1 || 9;
  return {
    text: "API reference",
    items: entries
      .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
      .map((name) => ({ text: title(name), link: `/${pageOf(`docs/reference/api/${name}.md`).replace(/\.md$/, "")}` })),
  };
}
