// The entry for pages that count bytes: the module stays its own file, compiled while it
// streams in. Call `await ready()` once before anything else.
/** @import { ModuleSource } from "./slim.js" */
import load, { isLoaded, refused } from "./kavachos_wasm.js";

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the module. Declared in slim.d.ts.
 *
 * @param {ModuleSource | Promise<ModuleSource>} [source]
 * @returns {Promise<void>}
 */
export function ready(source = new URL("./kavachos_wasm_bg.wasm", import.meta.url)) {
  loading ??= (isLoaded() ? Promise.resolve() : compile(source)).catch((error) => {
    loading = undefined; // A failed load may be tried again.
    throw error;
  });
  return loading;
}

/** @param {ModuleSource | Promise<ModuleSource>} source */
async function compile(source) {
  // Before anything is fetched: Node's own `fetch` and `Response` need WebAssembly too, and end the process without it.
  if (typeof WebAssembly === "undefined") throw refused();
  const found = await source;
  const isUrl = typeof found === "string" || found instanceof URL;
  const module = isUrl ? await download(found) : found;
  if (typeof Response === "function" && module instanceof Response) checkAnswer(module, isUrl ? found : module.url);
  try {
    await load({ module_or_path: module });
  } catch (cause) {
    throw refused(cause);
  }
}

/** @param {string | URL} url */
async function download(url) {
  // Node's `fetch` knows no files. Not by an import, which bundlers for pages would try to resolve.
  const files = /^file:/i.test(`${url}`) && globalThis.process?.getBuiltinModule?.("node:fs/promises");
  try {
    return await (files ? files.readFile(new URL(url)) : fetch(url));
  } catch (cause) {
    const said = /** @type {{ message?: unknown } | undefined} */ (cause)?.message ?? cause;
    const problem = `kavachos-wasm: ${url} cannot be fetched (${said}).`;
    throw new Error(`${problem} Pass its bytes to ready(), or use "kavachos-wasm", which needs no loading.`, {
      cause,
    });
  }
}

// A server of single-page applications answers with a page where it has no such file.
/**
 * @param {Response} response
 * @param {string | URL} url
 */
function checkAnswer(response, url) {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && !type.startsWith("text/html")) return;
  throw new Error(
    `kavachos-wasm: ${url} answered ${response.status} (${type || "no content type"}), not a WebAssembly module. ` +
      "Serve kavachos_wasm_bg.wasm as a static file, or pass its URL to ready().",
  );
}

export * from "./api.js";
