// The WebAssembly module of this entry: a KavachOS server (www-example/server) that answers requests in its memory. Its exports take
// and return numbers; what is asked and told lies in a buffer (www-example/server/src/module.rs).

import { compiled, provide, restoring, standIn } from "../../../pkg-template/loading.js";
import { KavachError } from "../errors/errors.js";

export { provide };

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(length: number) => number} reserve
 * @property {() => number} answer
 * @property {(now: number) => number} open
 * @property {(server: number, now: number) => number} respond
 * @property {(server: number) => number} dump
 * @property {(server: number) => void} close
 */

/** @type {Exports} */
let wasm = /** @type {any} */ (standIn(KavachError, instantiate));

/** @param {{ module: unknown }} source */
function instantiate({ module }) {
  wasm = /** @type {Exports} */ (
    /** @type {unknown} */ (restoring(new WebAssembly.Instance(compiled(module), {}).exports))
  );
  return wasm;
}

/** @param {Uint8Array} bytes */
function write(bytes) {
  // The address first: reserving may let the memory grow, which leaves its old buffer empty.
  const address = wasm.reserve(bytes.length) >>> 0;
  new Uint8Array(wasm.memory.buffer, address, bytes.length).set(bytes);
}

/**
 * The head and the body of what the module has told.
 *
 * @param {number} length
 * @returns {{ head: any, body: Uint8Array<ArrayBuffer> }}
 */
function read(length) {
  const told = new Uint8Array(wasm.memory.buffer, wasm.answer() >>> 0, length).slice();
  const size = new DataView(told.buffer).getUint32(0, true);
  return { head: JSON.parse(new TextDecoder().decode(told.subarray(4, 4 + size))), body: told.slice(4 + size) };
}

/**
 * Makes a server.
 *
 * @param {{ arguments: string[], random: string, data?: unknown }} opening the options as the program takes them, what random
 *   numbers are made of, and the data to begin with
 * @param {number} now
 * @returns {{ server: number, basePath: string } | { error: string }}
 */
export function openServer(opening, now) {
  write(new TextEncoder().encode(JSON.stringify(opening)));
  return read(wasm.open(now)).head;
}

/**
 * Answers a request; `undefined` if the server has failed before.
 *
 * @param {number} server
 * @param {{ method: string, url: string, headers: [string, string][], peer?: string }} head
 * @param {Uint8Array} body
 * @param {number} now
 */
export function respond(server, head, body, now) {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const asked = new Uint8Array(4 + text.length + body.length);
  new DataView(asked.buffer).setUint32(0, text.length, true);
  asked.set(text, 4);
  asked.set(body, 4 + text.length);
  write(asked);
  const length = wasm.respond(server, now);
  return length === 0 ? undefined : read(length);
}

/**
 * All that a server keeps, to be given to `openServer`; `undefined` if the server has failed.
 *
 * @param {number} server
 */
export function dumpServer(server) {
  const length = wasm.dump(server);
  return length === 0 ? undefined : read(length).head;
}

/**
 * Forgets a server.
 *
 * @param {number} server
 */
export function closeServer(server) {
  wasm.close(server);
}
