// The WebAssembly module of this entry: made when it is first called, with numbers and arrays of numbers alone.
import { compiled, provide, restoring, standIn } from "../../../pkg-template/loading.js";
import { KavachError } from "../errors/errors.js";
import { newDecoder, newEncoder } from "../fetch/utf8.js";

export { provide };

/**
 * The exports of src/bindings/audit.
 * @typedef {{
 *   memory: WebAssembly.Memory,
 *   __stack_pointer: WebAssembly.Global,
 *   [name: string]: any,
 * }} Exports
 */

/** @typedef {Uint8Array | Uint32Array | Float64Array} NumberArray */

/** @type {Exports} */
let wasm = /** @type {any} */ (
  standIn(KavachError, (/** @type {{ module: unknown }} */ { module }) => {
    wasm = /** @type {any} */ (restoring(new WebAssembly.Instance(compiled(module), { host: { parse } }).exports));
    return wasm;
  })
);

/**
 * The one import: parses a number or a timestamp. It must not throw, as the frames of the module would not be left properly.
 * @param {number} start
 * @param {number} length
 * @param {number} isTimestamp
 */
function parse(start, length, isTimestamp) {
  try {
    const text = decoder().decode(new Uint8Array(wasm.memory.buffer, start >>> 0, length));
    return Number(isTimestamp ? Date.parse(text) : Number.parseFloat(text));
  } catch {
    return Number.NaN;
  }
}

/** @typedef {{ decode(bytes?: Uint8Array): string }} Decoder */
/** @typedef {{ encode(text: string): Uint8Array }} Encoder */

/** @type {Decoder | undefined} */
let utf8Decoder;
/** @type {Encoder | undefined} */
let utf8Encoder;

/** The decoder that all share. It keeps byte order marks, so that texts can be decoded in pieces. */
export function decoder() {
  utf8Decoder ??= /** @type {Decoder} */ (/** @type {unknown} */ (newDecoder(true)));
  return utf8Decoder;
}

/** The encoder that all share. */
export function encoder() {
  utf8Encoder ??= /** @type {Encoder} */ (newEncoder());
  return utf8Encoder;
}

// How many calls are in progress, one within the other: the host's parsers may be a program's own.
/**
 * Calls an export.
 * @param {string} name
 * @param {...(number | boolean)} args
 * @returns {number}
 */
export const call = (name, ...args) => wasm[name](...args);

/**
 * Passes arrays to the next call.
 * @param {...NumberArray} arrays
 */
export function pass(...arrays) {
  // Each begins at a multiple of eight bytes, as any number may have to.
  const size = (/** @type {NumberArray} */ { byteLength }) => Math.ceil(byteLength / 8) * 8;
  let at =
    call(
      "reserve",
      arrays.reduce((total, array) => total + size(array), 0),
    ) >>> 0;
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(wasm.memory.buffer, at).set(bytes);
    at += size(array);
  }
}

/** Copies what the last call has left, and frees it there. */
export function take() {
  const bytes = new Uint8Array(wasm.memory.buffer, call("output") >>> 0, call("output_length")).slice();
  call("reserve", 0);
  return bytes;
}

/** As `take`, for an array of `f64`. */
export const takeFloats = () => new Float64Array(take().buffer);

/** As `take`, for an array of `u32`. */
export const takeIntegers = () => new Uint32Array(take().buffer);

/** @type {FinalizationRegistry<number> | undefined} */
let finalizers;

/** A value that the module holds by a number. It is freed by `free()`, or when nothing refers to it any more. */
export class Slot {
  /** @param {"table_new" | "csv_new"} make the export that makes the value */
  constructor(make) {
    this.slot = call(make);
    finalizers ??= globalThis.FinalizationRegistry && new FinalizationRegistry((slot) => call("release", slot));
    finalizers?.register(this, this.slot, this);
  }

  free() {
    finalizers?.unregister(this);
    call("release", this.slot);
  }
}
