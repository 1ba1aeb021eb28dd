// Reads what a caller gives: own members only, each once, and of known names.

import { KavachError } from "../errors/errors.js";
import { invalid } from "../errors/invalid.js";
import { isAllowed, leftOut } from "../validate/known-names.js";
import { own } from "../validate/own.js";
import { isAbsent, isObject } from "../validate/type-guards.js";

/**
 * The own members of `object` in the order of `known`.
 *
 * @param unknown what to call with the name, value and path of each other member that `allowUnknown` lets through
 * @throws KavachError INVALID_ARGUMENT for a member of another name
 */
export function readMembers(object, known, path, allowUnknown, unknown) {
  if (!isObject(object)) throw invalid(`${path} must be an object`);
  const values = known.map(() => undefined);
  for (const name of Object.keys(object)) {
    const at = known.indexOf(name);
    const value = object[name];
    if (at >= 0) values[at] = value;
    else if (value !== undefined) {
      if (!isAllowed(name, allowUnknown)) throw invalid(`${path}.${name} must be ${leftOut(name, known)}`);
      unknown?.(name, value, `${path}.${name}`);
    }
  }
  return values;
}

/** What `read` returns. What a getter or a proxy throws meanwhile is an invalid argument. */
export function readable(name, read) {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof KavachError) throw problem;
    if (typeof problem?.expected === "string") throw invalid(`${name}${problem.path} must be ${problem.expected}`);
    throw invalid(`${name} must be a value that can be read: a getter or a proxy in it throws`);
  }
}

/** The option `allowUnknown` of an object of options that may be absent. */
export function allowUnknownOf(options, name) {
  const value = isAbsent(options) ? undefined : (readable(name, () => own(options, "allowUnknown")) ?? undefined);
  const isNames = Array.isArray(value) && value.every((one) => typeof one === "string");
  if (value !== undefined && typeof value !== "boolean" && !isNames)
    throw invalid(`${name}.allowUnknown must be a boolean or an array of names`);
  return value;
}
