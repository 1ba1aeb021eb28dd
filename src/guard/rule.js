// What a guard asks about: an action on a resource, as values or as functions of the request.
import { invalid } from "../js/invalid.js";
import { isObject } from "../types/forms.js";

/** Refuses what can be no rule, whatever the request. */
export function checkRule(rule) {
  if (typeof rule === "function") return rule;
  if (!isObject(rule)) throw invalid("rule must be an object or a function");
  for (const name of ["action", "resource"])
    if (typeof rule[name] !== "function") checkText(rule[name], `rule.${name}`);
  const given = rule.arguments ?? undefined;
  if (given !== undefined && typeof given !== "function" && !isObject(given))
    throw invalid("rule.arguments must be an object or a function");
  return rule;
}

/** What to ask the server about this request. Rejects with what a function of the rule throws. */
export async function askedBy(rule, request) {
  const { action, resource, arguments: given } = typeof rule === "function" ? ((await rule(request)) ?? {}) : rule;
  const of = (value) => (typeof value === "function" ? value(request) : value);
  const asked = {
    action: checkText(await of(action), "rule.action"),
    resource: checkText(await of(resource), "rule.resource"),
  };
  const values = (await of(given)) ?? undefined;
  return values === undefined ? asked : { ...asked, arguments: values };
}

function checkText(value, name) {
  if (typeof value !== "string" || value === "") throw invalid(`${name} must be a string that is not empty`);
  return value;
}
