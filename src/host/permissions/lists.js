// Asks the module about whole lists of permissions.

import { wasm } from "./instance.js";
import { Answer } from "./memory.js";

/** @typedef {import("./packed-permissions.js").PackedPermissions} PackedPermissions */

/**
 * What the module answers about one list, or two.
 *
 * @param {PackedPermissions[]} lists
 * @param {(one: number, other: number) => number} ask
 */
export function answerAbout(lists, ask) {
  /** @type {number[]} */
  const numbers = [];
  try {
    for (const list of lists) numbers.push(list.open());
    const [one, other] = numbers;
    return new Answer(ask(one, other));
  } finally {
    for (const number of numbers) wasm.close(number);
  }
}
