/**
 * Loads the WebAssembly module. Call it once, and wait for it, before anything else.
 *
 * Calls share one load; a failed load may be tried again. `source` is where the module is, if it is not beside this
 * file: a URL, a `Response`, the bytes, or a compiled `WebAssembly.Module`, or a promise of one of them.
 *
 * ```ts
 * import { KavachClient, ready } from "kavachos-wasm/slim";
 * await ready();
 * ```
 */
export function ready(source?: unknown): Promise<void>;
export * from "./index.js";
