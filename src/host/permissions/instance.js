// The WebAssembly module of this entry: made when it is first needed. Its exports take numbers and return numbers; it imports
// nothing.

import { compiled, restoring, standIn } from "../../../pkg-template/loading.js";
import { KavachError } from "../errors/errors.js";

export { provide } from "../../../pkg-template/loading.js";

/**
 * What src/bindings/permissions exports. Lists of permissions are known by a number; an answer is where it lies in the memory.
 *
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(words: number) => number} reserve
 * @property {(plan: number, size: number, isStrict: boolean, isPrepared: boolean) => number} open
 * @property {(list: number) => void} close
 * @property {(list: number, split: number, end: number) => number} find
 * @property {(list: number, index: number, plan: number, size: number) => number} judge
 * @property {(list: number, plan: number, size: number) => number} explain
 * @property {(parents: number, children: number) => number} covers
 * @property {(list: number) => number} lint
 */

/**
 * The exports, from the first use on.
 *
 * @type {Exports}
 */
export let wasm = /** @type {any} */ (standIn(KavachError, instantiate));

/** @param {{ module: unknown }} source */
function instantiate({ module }) {
  wasm = /** @type {Exports} */ (restoring(new WebAssembly.Instance(compiled(module), {}).exports));
  return wasm;
}
