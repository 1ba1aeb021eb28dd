// Values on their way to the module: all texts in one, and a plan of how long each is (src/permissions/unpack.rs reads them).

import { invalid } from "../errors/invalid.js";
import { isAbsent, isWellFormed } from "../validate/type-guards.js";

/**
 * Text that arrives as it is.
 *
 * @param {unknown} value
 * @param {string} name what to call it in an error
 * @returns {string}
 * @throws {KavachError} INVALID_ARGUMENT when it is no string, or holds half a surrogate pair
 */
export function checkedText(value, name) {
  if (typeof value !== "string") throw invalid(`${name} must be a string`);
  if (!isWellFormed(value)) throw invalid(`${name} must be text without half surrogate pairs`);
  return value;
}

export class Packer {
  words = "";
  /** @type {number[]} */
  plan = [];

  /** @param {number} value */
  number(value) {
    this.plan.push(value);
  }

  /**
   * A text: its length, in units of UTF-16. What may be absent is 0, and one more than it would be otherwise.
   *
   * @param {string} value
   * @param {0 | 1} more 1 where the text may be absent
   */
  text(value, more = 0) {
    this.words += value;
    this.plan.push(value.length + more);
  }

  /** @param {string | null | undefined} value */
  optionalText(value) {
    if (isAbsent(value)) this.plan.push(0);
    else this.text(/** @type {string} */ (value), 1);
  }
}
