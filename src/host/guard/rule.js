// A rule says what to ask the server about a request: an action on a resource, as values or as functions of the request.
import { AUTHORIZE_REQUEST } from "../../../generated/input-names.js";
import { isObject, isText } from "../validate/type-guards.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";

/** @typedef {null | ((request: any) => unknown) | Record<string, any>} Rule */

/**
 * Refuses rules that are invalid for every request.
 *
 * @param {unknown} rule
 * @returns {Rule}
 */
export function checkRule(rule) {
  if (typeof rule === "function" || rule === null) return /** @type {Rule} */ (rule);
  const parts = readMembers(rule, AUTHORIZE_REQUEST, "rule");
  for (const name of ["action", "resource"])
    if (typeof parts[name] !== "function" && !isText(parts[name]))
      throw invalid(`rule.${name} must be a non-empty string`);
  const given = parts.arguments;
  if (given !== undefined && typeof given !== "function" && !isObject(given))
    throw invalid("rule.arguments must be an object or a function");
  return parts;
}

/**
 * Applies a rule to a request.
 *
 * @param {Rule} rule
 * @param {unknown} request
 * @returns {Promise<any>} what to ask the server, `null` if a valid token is enough, or the `Response` to refuse with
 * @throws what a function of the rule throws
 */
export async function applyRule(rule, request) {
  const found = typeof rule === "function" ? await rule(request) : rule;
  if (found === null || isResponse(found)) return found;
  const parts = readMembers(found, AUTHORIZE_REQUEST, "rule");
  const asked = Object.create(null);
  for (const name in parts) {
    const part = parts[name];
    asked[name] = await (typeof part === "function" ? part(request) : part);
    if (isResponse(asked[name])) return asked[name];
  }
  return asked;
}

/**
 * Whether a value is a `Response`, of any realm or library.
 *
 * @param {any} value
 */
export const isResponse = (value) => typeof value?.headers?.get === "function" && Number.isInteger(value.status);

/**
 * What a rule asks for every request, if that is known.
 *
 * @param {any} rule
 * @returns {AuthorizeRequest | undefined}
 */
export function constantRequest(rule) {
  if (typeof rule !== "object" || typeof rule?.action !== "string" || typeof rule.resource !== "string")
    return undefined;
  return { action: rule.action, resource: rule.resource };
}
