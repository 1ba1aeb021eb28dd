// The memory that JavaScript and the module share: the input, which is written here, and the answer, which is read here.

import { newDecoder, newEncoder } from "../fetch/utf8.js";
import { wasm } from "./instance.js";

/** @typedef {import("./packer.js").Packer} Packer */

const SPACE = 256; // Words: enough for action and resource. More are given back after the call.
const WORD = 4; // Bytes.

/** @type {TextEncoder | undefined} */
let encoder;
/** @type {TextDecoder | undefined} */
let decoder;
let address = 0;
let space = 0;
const NOTHING = new Uint8Array(0);
/** The input as bytes. A memory that has grown leaves its old views empty: `makeRoom` makes a new one. */
export let view = NOTHING;

/**
 * Makes sure that `view` is the input as it is now, with room for so many bytes.
 *
 * @param {number} bytes
 */
export function makeRoom(bytes) {
  const words = Math.ceil(bytes / WORD);
  if (words > space) reserve(Math.max(words, SPACE));
  else if (view.length === 0) look();
}

/** @param {number} words */
function reserve(words) {
  // Until there is another, there is none: the host may throw at any of these steps, and the old one is freed.
  space = 0;
  view = NOTHING;
  address = wasm.reserve(words) >>> 0;
  space = words;
  look();
}

function look() {
  view = new Uint8Array(wasm.memory.buffer, address, space * WORD);
}

/**
 * Writes a plan and its text, and calls the module.
 *
 * @param {Packer} packer
 * @param {(plan: number, size: number) => number} call gets the words of the plan and the bytes of the text
 */
export function send({ plan, words }, call) {
  const text = encoded(words);
  const start = plan.length * WORD;
  makeRoom(start + text.length);
  new Uint32Array(view.buffer, address, plan.length).set(plan);
  view.set(text, start);
  const result = call(plan.length, text.length);
  if (space > SPACE) reserve(SPACE);
  return result;
}

/** @param {string} text */
export function encoded(text) {
  encoder ??= /** @type {TextEncoder} */ (newEncoder());
  return encoder.encode(text);
}

/** What the module has answered, read in the order in which it was written (src/permissions/pack.rs). */
export class Answer {
  #at = 0;
  #start = 0;

  /** @param {number} place where it lies */
  constructor(place) {
    const { buffer } = wasm.memory;
    const [numbers, count, text, size] = new Uint32Array(buffer, place >>> 0, 4);
    decoder ??= /** @type {TextDecoder} */ (newDecoder(true));
    this.numbers = new Uint32Array(buffer, numbers, count);
    this.words = decoder.decode(new Uint8Array(buffer, text, size));
  }

  get isRead() {
    return this.#at === this.numbers.length;
  }

  number() {
    return this.numbers[this.#at++];
  }

  text() {
    const start = this.#start;
    this.#start += this.number();
    return this.words.slice(start, this.#start);
  }

  texts() {
    return this.list(() => this.text());
  }

  /**
   * As many items as the next number says.
   *
   * @template T
   * @param {() => T} read
   */
  list(read) {
    return Array.from({ length: this.number() }, read);
  }
}
