// Functions that make permissions. They are pure: none changes its argument.
import { EXECUTE, FULL_ACCESS, READ, READ_WRITE, WRITE } from "../../../generated/grants.js";
import { ID, PARSE_OPTIONS, PERMISSION, PERMISSION_CONSTRAINTS, PERMISSIONS } from "../../../generated/schemas.js";
import { invalid } from "../errors/invalid.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { own } from "../validate/own.js";
import { conform } from "../validate/to-wire.js";
import { isAbsent } from "../validate/type-guards.js";
import { withoutIndex } from "../validate/without-index.js";

/** @typedef {(resource: unknown, constraints?: unknown, array?: unknown) => object} Grant */

/** @type {Grant} */
export const read = (...given) => permission(READ, ...given);

/** @type {Grant} */
export const write = (...given) => permission(WRITE, ...given);

/** @type {Grant} */
export const execute = (...given) => permission(EXECUTE, ...given);

/** @type {Grant} */
export const readWrite = (...given) => permission(READ_WRITE, ...given);

/** @type {Grant} */
export const fullAccess = (...given) => permission(FULL_ACCESS, ...given);

/** @param {unknown} permission */
export const withApproval = (permission) => constrained(permission, { requireApproval: true });

/**
 * @param {unknown} permission
 * @param {unknown} maxCallsPerHour
 */
export function rateLimited(permission, maxCallsPerHour) {
  if (!Number.isInteger(maxCallsPerHour) || /** @type {number} */ (maxCallsPerHour) < 1)
    throw invalid("maxCallsPerHour must be a whole number of 1 or more");
  return constrained(permission, { maxCallsPerHour });
}

/**
 * @param {unknown} raw
 * @param {unknown} [given] the options
 * @param {unknown} [array] what `Array.prototype.map` passes
 * @returns {object[]}
 */
export function parsePermissions(raw, given, array) {
  const options = withoutIndex(given, array);
  const allowed = isAbsent(options) ? undefined : own(valid(options, PARSE_OPTIONS, "options"), "allowUnknown");
  return valid(typeof raw === "string" ? parsed(raw) : raw, PERMISSIONS, "raw", allowed);
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("raw must be an array or JSON text");
  }
}

/**
 * @param {string[]} actions
 * @param {unknown} resource
 * @param {unknown} [given] the constraints
 * @param {unknown} [array] what `Array.prototype.map` passes
 */
function permission(actions, resource, given, array) {
  const constraints = withoutIndex(given, array);
  valid(resource, ID, "resource");
  const made = { resource, actions: [...actions] };
  if (isAbsent(constraints)) return made;
  return { ...made, constraints: valid(constraints, PERMISSION_CONSTRAINTS, "constraints") };
}

/**
 * @param {unknown} permission
 * @param {object} constraint
 */
function constrained(permission, constraint) {
  const copy = valid(permission, PERMISSION, "permission");
  return { ...copy, constraints: { ...own(copy, "constraints"), ...constraint } };
}

/**
 * A copy that shares nothing a caller would change with the original.
 *
 * @param {unknown} value
 * @param {import("../validate/validate.js").Schema} schema
 * @param {string} name
 * @param {unknown} [allowUnknown]
 */
function valid(value, schema, name, allowUnknown) {
  try {
    return conform(value, schema, allowUnknown);
  } catch (problem) {
    throw problem instanceof Mismatch ? invalid(sentence(problem, name)) : problem;
  }
}
