// Checks the arguments that the client does not check.
import { AUDIT_FILTERS } from "../../../generated/input-names.js";
import { invalid } from "../errors/invalid.js";
import { leftOut } from "../validate/known-names.js";
import { isPlain } from "../validate/plain-copy.js";

/**
 * The part of a client's `audit` that is used here.
 * @typedef {{
 *   queryBytes(filters: object, options: object): Promise<Uint8Array>,
 *   exportStream(exportOptions: object, options: object): Promise<unknown>,
 * }} AuditSource
 */

/** @typedef {Record<string, any>} Members */

/**
 * The `audit` of a client, or the argument itself if it is one.
 * @param {any} client
 * @returns {AuditSource}
 */
export function auditOf(client) {
  for (const found of [client, declared(client, "audit")])
    if (["queryBytes", "exportStream"].every((name) => typeof declared(found, name) === "function")) return found;
  throw invalid("client must be a KavachClient, or its audit");
}

/**
 * A member of an object or of its class; not one of `Object.prototype`.
 * @param {any} object
 * @param {string} name
 */
function declared(object, name) {
  for (let at = object ?? null; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return object[name];
}

/**
 * A copy of an object's own members, all of which must be known. Empty if there is no object.
 * @param {any} object
 * @param {string[]} known
 * @param {string} argument its name in errors
 * @param {string} [example] of such an object, in errors
 * @returns {Members}
 */
export function membersOf(object, known, argument, example = "") {
  const copy = /** @type {Members} */ ({ __proto__: null });
  if (object === undefined || object === null) return copy;
  const names = isObject(object) ? Object.keys(object) : [];
  // A signal or a map is not an object with options, although it looks like an empty one.
  if (!isObject(object) || (names.length === 0 && !isPlain(object)))
    throw invalid(`${argument} must be an object${example}`);
  for (const name of names) {
    if (!known.includes(name)) throw invalid(`${argument}.${name} must be ${leftOut(name, known)}`);
    copy[name] = object[name];
  }
  return copy;
}

/**
 * A copy of the filters. Those that are applied here are checked; the client checks the others.
 * @param {any} filters
 */
export function filtersOf(filters) {
  const copy = membersOf(filters, AUDIT_FILTERS, "filters");
  for (const [name, value] of Object.entries(copy)) {
    if (value === undefined || value === null) delete copy[name];
    else if (value instanceof Date) copy[name] = new Date(value);
  }
  for (const name of ["limit", "offset"])
    if (copy[name] !== undefined && !isCount(copy[name]))
      throw invalid(`filters.${name} must be a whole number of 0 or more`);
  if (copy.actions !== undefined) copy.actions = actionsOf(copy.actions);
  return copy;
}

/** @param {any} actions */
function actionsOf(actions) {
  if (!Array.isArray(actions)) throw invalid("filters.actions must be an array of strings");
  return Array.from(actions, (action, index) => {
    if (typeof action === "string" && action !== "" && !action.includes(",")) return action;
    throw invalid(`filters.actions[${index}] must be a non-empty string without a comma`);
  });
}

/** @param {any} value */
export const isCount = (value) => Number.isInteger(value) && value >= 0;

/** @param {any} value */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
