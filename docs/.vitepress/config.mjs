import { fileURLToPath } from "node:url";
import { writeLlms } from "./llms.mjs";
import { groupsOf, referenceGroup } from "./navigation.mjs";
import { anchorOf, excluded, pageOf, repository, siteLink } from "./pages.mjs";

const pkg = (file) => fileURLToPath(new URL(`../../pkg/${file}`, import.meta.url));

const installed = (file) => fileURLToPath(new URL(`../node_modules/${file}`, import.meta.url));

const BOILERPLATE =
  /^#+ (Parameters|Returns|Throws|Example|Default|Remarks|Type Parameters|Properties|Methods|Extends|Functions|References|Inherited from|Interfaces|Classes|Type Aliases|Overrides|Constructors)$/;
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#3451b2" d="M16 2 28 7v9c0 8-5 12-12 14C9 28 4 24 4 16V7z"/><path fill="none" stroke="#fff" stroke-width="3" d="m10 16 4 5 8-10"/></svg>`;

const reference = {
  text: "Reference",
  items: [
    { text: "Overview", link: "/reference/" },
    { text: "Routes and retries", link: "/reference/routes" },
    { text: "Errors and codes", link: "/guide/errors" },
  ],
};
const project = {
  text: "Project",
  items: [
    { text: "README", link: "/project/readme" },
    { text: "Changelog", link: "/project/changelog" },
    { text: "Contributing", link: "/project/contributing" },
    { text: "Security", link: "/project/security" },
    { text: "The Rust client", link: "/rust-client" },
  ],
};
const guides = groupsOf("guide");
const explanations = [...groupsOf("explanation"), ...groupsOf("decisions"), project];

// What of a page is searched: of a declaration its names alone, or guides that explain the same would come last.
function searched(source, file) {
  if (!file.includes("/docs/reference/api/")) return source;
  const text = source.replace(/^```[\s\S]*?^```$/gm, "");
  const headings = text.match(/^#+ .+$/gm) ?? [];
  return headings
    .filter((heading) => !BOILERPLATE.test(heading))
    .map((heading) => `${heading}\n\nReference\n`)
    .join("\n");
}

export default {
  title: "kavachos-wasm",
  description: "The KavachOS client for browsers, edge runtimes and servers.",
  lang: "en",
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(ICON)}` }]],
  base: process.env.DOCS_BASE ?? "/",
  // Pages are files of the whole repository, so that links between them work there and here.
  srcDir: "..",
  srcExclude: excluded(),
  rewrites: (file) => pageOf(file) ?? file,
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: anchorOf },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(md) {
      md.core.ruler.push("repository-links", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          if (token.type !== "link_open") continue;
          token.attrSet("href", siteLink(token.attrGet("href"), env.realPath ?? env.path));
        }
      });
    },
  },
  vite: {
    resolve: {
      alias: [
        // The playground runs the package as it is published.
        { find: "kavachos-wasm/permissions", replacement: pkg("permissions.js") },
        // Pages outside of docs/ do not find its node_modules.
        { find: /^vue$/, replacement: installed("vue/dist/vue.runtime.esm-bundler.js") },
        { find: /^vue\/server-renderer$/, replacement: installed("vue/server-renderer/index.mjs") },
      ],
    },
    server: { watch: { ignored: ["**/target/**", "**/.build/**", "**/node_modules/**"] } },
    build: { chunkSizeWarningLimit: 2_000 },
  },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        miniSearch: { searchOptions: { boost: { title: 4, text: 2, titles: 1 } } },
        _render: (source, env, md) => md.render(searched(source, env.path), env),
      },
    },
    outline: { level: [2, 3] },
    nav: [
      { text: "Guides", link: "/guide/", activeMatch: "^/guide/" },
      { text: "Reference", link: "/reference/", activeMatch: "^/reference/" },
      { text: "Explanation", link: "/explanation/", activeMatch: "^/(explanation|decisions)/" },
      { text: "Playground", link: "/playground" },
    ],
    sidebar: {
      "/reference/": [reference, referenceGroup(), project],
      "/explanation/": explanations,
      "/decisions/": explanations,
      "/project/": explanations,
      "/": [...guides, project],
    },
    socialLinks: [{ icon: "github", link: repository }],
    footer: { message: "MIT licence. Not an official KavachOS package." },
  },
  buildEnd: (site) => writeLlms(site, { guides, explanations, reference: [reference, referenceGroup()] }),
};
