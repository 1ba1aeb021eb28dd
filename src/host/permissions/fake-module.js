// For tests: stands in for the WebAssembly module, so that they need none.

import { provide } from "./instance.js";

const INPUT = 1024;
const ANSWER = 32_768;

/** What the module was asked, by the names of its exports. @type {{ name: string, args: any[] }[]} */
export const calls = [];
/** What its exports return. @type {Record<string, (...args: any[]) => any>} */
export const returns = {};
export const memory = { buffer: new ArrayBuffer(65_536) };

/**
 * Puts an answer where the module would put it.
 *
 * @param {number[]} numbers
 * @param {string} [text]
 */
export function answer(numbers, text = "") {
  const bytes = new TextEncoder().encode(text);
  const start = ANSWER + 16;
  new Uint32Array(memory.buffer, ANSWER, 4).set([start, numbers.length, start + 4 * numbers.length, bytes.length]);
  new Uint32Array(memory.buffer, start, numbers.length).set(numbers);
  new Uint8Array(memory.buffer, start + 4 * numbers.length, bytes.length).set(bytes);
  return ANSWER;
}

/** A list with the texts' lengths before it, as the module writes it. @param {string[]} texts */
export const listed = (texts) => [texts.length, ...texts.map((text) => text.length)];

/** What has been written for the module. @param {number} plan @param {number} size */
export function written(plan, size) {
  const text = new TextDecoder().decode(new Uint8Array(memory.buffer, INPUT + 4 * plan, size));
  return { plan: [...new Uint32Array(memory.buffer, INPUT, plan)], text };
}

/** Text at the start of the input. @param {number} start @param {number} end */
export const inputText = (start, end) =>
  new TextDecoder().decode(new Uint8Array(memory.buffer, INPUT + start, end - start));

const NAMES = ["reserve", "open", "close", "find", "judge", "explain", "covers", "lint"];
returns.reserve = () => INPUT;

const exported = NAMES.map((name) => [
  name,
  (/** @type {any[]} */ ...args) => {
    // As many as are given: those of wrappers are more.
    const given = args.filter((arg) => arg !== undefined);
    calls.push({ name, args: given });
    return returns[name]?.(...given);
  },
]);

WebAssembly.Instance = /** @type {any} */ (
  class {
    exports = { ...Object.fromEntries(exported), memory, __stack_pointer: { value: 0 } };
  }
);
provide(() => ({ [Symbol.toStringTag]: "WebAssembly.Module" }));
