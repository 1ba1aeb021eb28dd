// The error about a wrong argument: its name, what was expected, and what came.

import { KavachError } from "../errors/errors.js";

/**
 * @param {string} name
 * @param {string} expected
 * @param {unknown} found
 * @returns {Error}
 */
export function invalid(name, expected, found) {
  const type = found === null ? "null" : Array.isArray(found) ? "an array" : typeof found;
  return new KavachError(`${name} must be ${expected}, not ${type}`, { code: "INVALID_ARGUMENT" });
}
