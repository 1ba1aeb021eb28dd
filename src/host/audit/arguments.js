// Checks the arguments that do not reach the client's own checks.
import { AUDIT_FILTERS } from "../../../generated/input-names.js";
import { invalid } from "../errors/invalid.js";
import { leftOut } from "../validate/known-names.js";
import { isPlain } from "../validate/plain-copy.js";

// The `audit` of a client, or what is one itself.
export function auditOf(client) {
  for (const found of [client, declared(client, "audit")])
    if (["queryBytes", "exportStream"].every((name) => typeof declared(found, name) === "function")) return found;
  throw invalid("client must be a KavachClient, or its audit");
}

// The member that an object or its class has; nothing if it only is one of all objects.
function declared(object, name) {
  for (let at = object ?? null; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return object[name];
}

// A copy of what is in `object`, none if there is no object: its own members, each of which has to be known.
export function membersOf(object, known, argument, example = "") {
  const copy = { __proto__: null };
  if (object === undefined || object === null) return copy;
  const names = isObject(object) ? Object.keys(object) : [];
  // A signal or a map is no object with options, although it looks like an empty one.
  if (!isObject(object) || (names.length === 0 && !isPlain(object)))
    throw invalid(`${argument} must be an object${example}`);
  for (const name of names) {
    if (!known.includes(name)) throw invalid(`${argument}.${name} must be ${leftOut(name, known)}`);
    copy[name] = object[name];
  }
  return copy;
}

// A copy of the filters, of which the client checks the rest: these are applied here.
export function filtersOf(filters) {
  const copy = membersOf(filters, AUDIT_FILTERS, "filters");
  for (const [name, value] of Object.entries(copy)) {
    if (value === undefined || value === null) delete copy[name];
    else if (value instanceof Date) copy[name] = new Date(value);
  }
  for (const name of ["limit", "offset"])
    if (copy[name] !== undefined && !isCount(copy[name]))
      throw invalid(`filters.${name} must be a whole number of 0 or more`);
  if (copy.actions !== undefined) copy.actions = words(copy.actions);
  return copy;
}

function words(actions) {
  if (!Array.isArray(actions)) throw invalid("filters.actions must be an array of strings");
  return Array.from(actions, (action, index) => {
    if (typeof action === "string" && action !== "" && !action.includes(",")) return action;
    throw invalid(`filters.actions[${index}] must be a non-empty string without a comma`);
  });
}

export const isCount = (value) => Number.isInteger(value) && value >= 0;

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
