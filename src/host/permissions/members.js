// Reads what a caller gives: own members only, each once, and of known names.

import { KavachError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";
import { isAllowed, leftOut } from "../validate/known-names.js";
import { Mismatch, sentence, UNREADABLE } from "../validate/mismatch.js";
import { isObject } from "../validate/type-guards.js";

/** @typedef {(name: string, value: unknown, path: string) => void} Note */

/**
 * The own members of `object` in the order of `known`.
 *
 * @param {unknown} object
 * @param {string[]} known
 * @param {string} path
 * @param {boolean | string[]} [allowUnknown]
 * @param {Note} [note] what to call with each other member that `allowUnknown` lets through
 * @returns {any[]}
 * @throws {KavachError} INVALID_ARGUMENT when there is a member of another name
 */
export function readMembers(object, known, path, allowUnknown, note) {
  if (!isObject(object)) throw invalid(`${path} must be an object`);
  const members = /** @type {Record<string, unknown>} */ (object);
  const values = known.map(() => /** @type {unknown} */ (undefined));
  for (const name of Object.keys(members)) {
    const at = known.indexOf(name);
    const value = members[name];
    if (at >= 0) values[at] = value;
    else if (value !== undefined) {
      if (!isAllowed(name, allowUnknown)) throw invalid(`${path}.${name} must be ${leftOut(name, known)}`);
      note?.(name, value, `${path}.${name}`);
    }
  }
  return values;
}

/**
 * What `read` returns. What a getter or a proxy throws meanwhile is an invalid argument.
 *
 * @template T
 * @param {string} name
 * @param {() => T} read
 * @returns {T}
 */
export function readable(name, read) {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof KavachError) throw problem;
    throw invalid(sentence(problem instanceof Mismatch ? problem : new Mismatch(UNREADABLE), name));
  }
}
