// Reads the members of options, rules and requests. Unknown names are refused.

import { leftOut } from "../validate/known-names.js";
import { isPlain } from "../validate/plain-copy.js";
import { isObject } from "../validate/type-guards.js";
import { invalid } from "./errors.js";

/**
 * Copies the own members of a plain object, without those that are `undefined` or `null`.
 *
 * @param {any} object
 * @param {readonly string[]} known all names that the object may have
 * @param {string} [name] of the argument, for the error
 * @returns {Record<string, any>} without a prototype, so that it inherits no name
 * @throws {KavachError} INVALID_ARGUMENT when it is not a plain object, or has an unknown name
 */
export function readMembers(object, known, name) {
  if (!isObject(object) || !isPlain(object)) throw invalid(`${name} must be a plain object`);
  const members = Object.create(null);
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (!known.includes(key)) throw invalid(`${name}.${key} must be ${leftOut(key, known)}`);
    if (value !== null) members[key] = value;
  }
  return members;
}
