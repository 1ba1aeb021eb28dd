// The API reference: Markdown pages out of the packaged declarations. A declaration without documentation is an error.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describedModules } from "./typedoc-plugin.mjs";

const pkg = new URL("../../pkg/", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", pkg), "utf8"));

// Every entry of the package has its types in a file of its name. `slim` has those of the main entry and `ready`.
const declared = Object.keys(exports)
  .filter((entry) => !entry.endsWith(".json") && !entry.endsWith(".wasm"))
  .map((entry) => (entry === "." ? "index" : entry.slice(2)));

/** @type {import("typedoc").TypeDocOptions & import("typedoc-plugin-markdown").PluginOptions} */
export default {
  entryPoints: declared.map((name) => fileURLToPath(new URL(`${name}.d.ts`, pkg))),
  tsconfig: fileURLToPath(new URL("typedoc.tsconfig.json", import.meta.url)),
  plugin: ["typedoc-plugin-markdown", describedModules],
  out: fileURLToPath(new URL("../reference/api", import.meta.url)),
  name: "API reference",
  readme: "none",
  router: "module",
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
  entryFileName: "index",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "list",
  useCodeBlocks: true,
  sanitizeComments: true,
};
