// The entries of the package that are JavaScript over the client, without a WebAssembly module.
//
// One line makes an entry: it is built from `entry.js` and `entry.d.ts` in its folder, exported by the manifest, listed in the tarball,
// and held to its weight.

/**
 * @typedef {object} ScriptEntry
 * @property {string} name as in `kavachos-wasm/<name>`
 * @property {string} folder where `entry.js` and `entry.d.ts` are
 * @property {number} atMost brotli bytes, of the entry with all it loads, without the entries beside it
 * @property {string[]} [beside] entries that it loads, which have their own weight
 */

/** @type {ScriptEntry[]} */
export const SCRIPT_ENTRIES = [
  { name: "guard", folder: "src/host/guard", atMost: 6.25 * 1024 },
  // `kavachos-wasm/guard` loads it at the first call of `guardSession`.
  { name: "guard-session", folder: "src/host/guard-session", atMost: 6 * 1024 },
  { name: "mcp", folder: "src/host/mcp", atMost: 8 * 1024 },
  // It loads its part when a user has to authorize it.
  { name: "mcp-client", folder: "src/host/mcp-client", atMost: 6 * 1024 },
  { name: "session", folder: "src/host/session", atMost: 6 * 1024 },
  // `kavachos-wasm/session` loads it when passkeys, OAuth or `methods` are first used.
  { name: "session-methods", folder: "src/host/session-methods", atMost: 4 * 1024 },
  { name: "people", folder: "src/host/people", atMost: 5 * 1024 },
  { name: "react", folder: "src/host/react", atMost: 3 * 1024, beside: ["session"] },
  { name: "svelte", folder: "src/host/svelte", atMost: 3 * 1024, beside: ["session"] },
  { name: "vue", folder: "src/host/vue", atMost: 3 * 1024, beside: ["session"] },
  { name: "hono", folder: "src/host/hono", atMost: 2 * 1024, beside: ["guard"] },
  { name: "express", folder: "src/host/express", atMost: 2 * 1024, beside: ["guard"] },
  { name: "next", folder: "src/host/next", atMost: 2 * 1024, beside: ["guard"] },
  { name: "tools", folder: "src/host/tools", atMost: 2 * 1024 },
  { name: "compat", folder: "src/host/compat", atMost: 1024 },
  { name: "stores", folder: "src/host/stores", atMost: 3.25 * 1024 },
  { name: "telemetry", folder: "src/host/telemetry", atMost: 1024 },
  { name: "events", folder: "src/host/events", atMost: 2 * 1024 },
  // What a bundler leaves of it where only verifyWebhook is imported is within 2 KiB (tests/webhooks).
  { name: "webhooks", folder: "src/host/webhooks", atMost: 2.25 * 1024 },
];

/**
 * What an entry imports where it is first used, as a separate file beside the entry.
 *
 * @typedef {object} Part
 * @property {string} name of the file in the package
 * @property {string} source the module that becomes that file
 * @property {number} [atMost] brotli bytes
 */

/** @type {Part[]} */
export const PARTS = [
  { name: "guard-later", source: "src/host/guard/asked-later.js" },
  { name: "mcp-access-tokens", source: "src/host/mcp/token-verifier.js" },
  { name: "mcp-client-authorize", source: "src/host/mcp-client/authorize.js", atMost: 4.25 * 1024 },
  { name: "mcp-tool-list", source: "src/host/mcp/filter-tools.js" },
  { name: "tools-decide", source: "src/host/tools/decide-tool.js" },
];

/** The files of a part, maps apart. @param {Part} part */
export const filesOfPart = ({ name }) => ["js", "cjs"].map((extension) => `${name}.${extension}`);

/** The files of such an entry, maps apart. @param {ScriptEntry} entry */
export const filesOf = ({ name }) => ["js", "cjs", "d.ts", "d.cts"].map((extension) => `${name}.${extension}`);

/** What the manifest exports for such an entry. @param {ScriptEntry} entry */
export function exportsOf({ name }) {
  const imported = { types: `./${name}.d.ts`, default: `./${name}.js` };
  const required = { types: `./${name}.d.cts`, default: `./${name}.cjs` };
  return { bun: imported, "module-sync": imported, import: imported, require: required, default: `./${name}.js` };
}
