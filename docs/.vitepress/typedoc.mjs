// The API reference: Markdown pages out of the packaged declarations. A declaration without documentation is an error.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describedModules } from "./typedoc-plugin.mjs";

const pkg = new URL("../../pkg/", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", pkg), "utf8"));

// Every entry of the package has its types in a file of its name. `slim` has those of the main entry and `ready`.
const declared = Object.keys(exports)
  .filter((entry) => !entry.endsWith(".json") && !entry.endsWith(".wasm"))
  .map((entry) => (entry === "." ? "index" : entry.slice(2)));

// TypeDoc drops the class of `@throws {NotFoundError} when …`. In a copy, it is part of the text.
const copies = new URL("cache/declarations/", import.meta.url);
rmSync(copies, { recursive: true, force: true });
mkdirSync(copies, { recursive: true });
for (const name of declared) {
  const source = readFileSync(new URL(`${name}.d.ts`, pkg), "utf8");
  writeFileSync(new URL(`${name}.d.ts`, copies), source.replace(/(@throws) \{(\w+)\}/g, "$1 `$2`"));
}

/** @type {import("typedoc").TypeDocOptions & import("typedoc-plugin-markdown").PluginOptions} */
export default {
  entryPoints: declared.map((name) => fileURLToPath(new URL(`${name}.d.ts`, copies))),
  tsconfig: fileURLToPath(new URL("typedoc.tsconfig.json", import.meta.url)),
  plugin: ["typedoc-plugin-markdown", describedModules],
  out: fileURLToPath(new URL("../reference/api", import.meta.url)),
  name: "API reference",
  readme: "none",
  router: "member",
  disableSources: true,
  excludePrivate: true,
  excludeExternals: true,
  githubPages: false,
  hideGenerator: true,
  logLevel: "Warn",
  treatValidationWarningsAsErrors: true,
  validation: { notExported: false, invalidLink: true, rewrittenLink: true, notDocumented: false }, // typedoc-plugin.mjs checks that
  sort: ["source-order"],
  // Markdown
  outputFileStrategy: "members",
  entryFileName: "index",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "list",
  useCodeBlocks: true,
  sanitizeComments: true,
};
