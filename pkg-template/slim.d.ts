/**
 * Where the WebAssembly module is: its URL (a string or a `URL`), a `Response` with it, its bytes (an `ArrayBuffer` or a
 * view of one), or the compiled `WebAssembly.Module`.
 */
export type ModuleSource = string | object; // Not all libraries of types know WebAssembly.

/**
 * Loads the WebAssembly module. Call it once, and await it, before anything else.
 *
 * Concurrent calls share one load; a failed load may be tried again. What is used before it resolves throws a `KavachError` with the code
 * `NOT_READY`.
 *
 * @param source where the module is; beside this file by default
 * @returns a promise that resolves when the module is loaded
 * @throws {Error} when there is no module; the message says what to do
 * @example
 * ```ts
 * import { KavachClient, ready } from "kavachos-wasm/slim";
 * await ready();
 * ```
 */
export function ready(source?: ModuleSource | Promise<ModuleSource>): Promise<void>;
export * from "./index.js";
