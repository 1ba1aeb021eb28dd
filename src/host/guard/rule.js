// What a guard asks about: an action on a resource, as values or as functions of the request.
import { isObject, isText } from "../validate/type-guards.js";
import { invalid } from "./errors.js";
import { membersOf } from "./options.js";
import { PARTS } from "./wire.js";

/** Refuses what can be no rule, whatever the request. */
export function checkRule(rule) {
  if (typeof rule === "function" || rule === null) return rule;
  const parts = membersOf(rule, PARTS, "rule");
  for (const name of ["action", "resource"])
    if (typeof parts[name] !== "function" && !isText(parts[name]))
      throw invalid(`rule.${name} must be a string that is not empty`);
  const given = parts.arguments;
  if (given !== undefined && typeof given !== "function" && !isObject(given))
    throw invalid("rule.arguments must be an object or a function");
  return parts;
}

/**
 * What to ask the server about this request; `null` if it is enough that the token is valid, or a `Response` to refuse
 * with. Rejects with what a function of the rule throws.
 */
export async function askedBy(rule, request) {
  const found = typeof rule === "function" ? await rule(request) : rule;
  if (found === null || isResponse(found)) return found;
  const parts = membersOf(found, PARTS, "rule");
  const asked = Object.create(null);
  for (const name in parts) {
    const part = parts[name];
    asked[name] = await (typeof part === "function" ? part(request) : part);
    if (isResponse(asked[name])) return asked[name];
  }
  return asked;
}

/** Whether it is a `Response`, of whichever realm or library. */
export const isResponse = (value) => typeof value?.headers?.get === "function" && Number.isInteger(value.status);

/** What a rule asks whatever the request, if that is so. */
export function constantOf(rule) {
  if (typeof rule !== "object" || typeof rule?.action !== "string" || typeof rule.resource !== "string")
    return undefined;
  return { action: rule.action, resource: rule.resource };
}
