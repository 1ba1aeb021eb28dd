/**
 * Where the WebAssembly module is: its URL (a string or a `URL`), a `Response` with it, its bytes (an `ArrayBuffer` or a
 * view of one), or the compiled `WebAssembly.Module`.
 */
export type ModuleSource = string | object; // Not all libraries of types know WebAssembly.

/**
 * Loads the WebAssembly module. Call it once, and wait for it, before anything else.
 *
 * Calls share one load; a failed load may be tried again. `source` is where the module is, if it is not beside this
 * file. Rejects with an `Error` that says what to do if there is no module there. What is used before it has resolved
 * throws a `KavachError` with code `NOT_READY`.
 *
 * ```ts
 * import { KavachClient, ready } from "kavachos-wasm/slim";
 * await ready();
 * ```
 */
export function ready(source?: ModuleSource | Promise<ModuleSource>): Promise<void>;
export * from "./index.js";
