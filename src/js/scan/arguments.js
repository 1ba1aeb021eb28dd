// Checks the arguments that do not reach the client's own checks.
import { invalid } from "../invalid.js";

// The `audit` of a client, or what is one itself.
export function auditOf(client) {
  for (const found of [client?.audit, client])
    if (typeof found?.queryBytes === "function" && typeof found.exportStream === "function") return found;
  throw invalid("client must be a KavachClient, or its audit");
}

// A copy of the filters, of which the client checks the rest: these are applied here.
export function filtersOf(filters) {
  if (!isObject(filters ?? {})) throw invalid("filters must be an object");
  const copy = {};
  for (const [name, value] of Object.entries(filters ?? {}))
    if (value !== undefined && value !== null) copy[name] = value instanceof Date ? new Date(value) : value;
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
