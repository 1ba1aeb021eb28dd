// llms.txt: what the documentation has, for language models, and llms-full.txt: the guides as one text.
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "./pages.mjs";

const SUMMARY = `# kavachos-wasm

> The typed KavachOS client for browsers, edge runtimes and servers: a Rust core in WebAssembly, one npm package. Agents hold permissions, and
> every action is authorized and audited. It is not an official KavachOS package.

Import \`KavachClient\` from \`kavachos-wasm\`; no initialization is needed. Denials resolve with \`allowed: false\`; outages reject with a \`KavachError\`.
`;

/** Writes both beside the built site. */
export function writeLlms(site, sections) {
  const files = new Map(Object.entries(site.rewrites.map).map(([file, page]) => [pathOf(page, site), file]));
  const titled = { Guides: sections.guides, Reference: sections.reference, Explanation: sections.explanations };
  const links = Object.entries(titled).map(([title, groups]) => {
    const lines = groups.flatMap(({ items }) => items).map(({ text, link }) => `- [${text}](${withBase(link, site)})`);
    return `## ${title}\n\n${[...new Set(lines)].join("\n")}\n`;
  });
  writeFileSync(`${site.outDir}/llms.txt`, `${SUMMARY}\n${links.join("\n")}`);

  const pages = [...sections.guides, ...sections.explanations].flatMap(({ items }) => items).map(({ link }) => link);
  const texts = [...new Set(pages)].map((link) => {
    const file = files.get(withBase(link, site));
    if (!file) throw new Error(`the navigation links to ${link}, which is no page`);
    return `<!-- ${link} -->\n\n${readFileSync(`${root}/${file}`, "utf8").trim()}\n`;
  });
  writeFileSync(`${site.outDir}/llms-full.txt`, `${SUMMARY}\n${texts.join("\n---\n\n")}`);
}

function pathOf(page, site) {
  return withBase(`/${page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}`, site);
}

function withBase(link, site) {
  return `${site.site.base}${link.slice(1)}`;
}
