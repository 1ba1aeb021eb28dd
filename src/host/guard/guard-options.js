// Reads the options of `guard` and `protect`. An invalid option is invalid for every request, so it throws instead of refusing.
/** @import { Challenge } from "./refusal.js" */
/** @import { LocalDecider } from "./local-decision.js" */
import { corsOption } from "./cors.js";
import { invalid } from "./errors.js";
import { functionOption, numberOption, readOptions } from "./options.js";
import { isScope } from "./refusal.js";

const GUARD_OPTIONS = [
  "realm",
  "resourceMetadata",
  "scope",
  "cors",
  "argumentsLimit",
  "onUnavailable",
  "permissions",
  "evaluate",
];
const QUOTABLE = /^[ !#-[\]-~]*$/; // The characters of a quoted string in a header that need no escape.

/** @typedef {ReturnType<typeof guardOptions>} GuardSettings */

/**
 * @param {any} options
 * @param {...string} names further names
 */
export function guardOptions(options, ...names) {
  const { given, call } = readOptions(options, [...GUARD_OPTIONS, ...names]);
  return {
    call,
    signal: call.signal,
    deadline: numberOption(given, "deadline", 60_000, 1, undefined, 0),
    argumentsLimit: numberOption(given, "argumentsLimit", 65_536, 0),
    challenge: challengeOptions(given),
    cors: corsOption(given.cors),
    local: localOptions(given),
    onRefusal: functionOption(given, "onRefusal"),
  };
}

/**
 * @param {Record<string, any>} given
 * @returns {Challenge}
 */
function challengeOptions({ realm = "KavachOS", resourceMetadata, scope }) {
  const parameters = [`realm="${checkQuotable(realm, "options.realm")}"`];
  if (typeof scope !== "function" && scope !== undefined && !isScope(scope))
    throw invalid("options.scope must be scopes, or a function");
  let metadata;
  if (resourceMetadata !== undefined) {
    let url;
    try {
      url = new URL(resourceMetadata).href;
    } catch {
      throw invalid("options.resourceMetadata must be a URL");
    }
    metadata = `resource_metadata="${checkQuotable(url, "options.resourceMetadata")}"`;
  }
  return { parameters, scope, metadata };
}

/** @type {(text: unknown, name: string) => string} */
function checkQuotable(text, name) {
  if (typeof text === "string" && QUOTABLE.test(text)) return text;
  throw invalid(`${name} must be visible ASCII without quotes and backslashes`);
}

/**
 * @param {Record<string, any>} given
 * @returns {LocalDecider | undefined} undefined if outages are refused
 */
function localOptions(given) {
  const { onUnavailable = "deny" } = given;
  if (onUnavailable === "deny") return undefined;
  if (onUnavailable !== "local") throw invalid('options.onUnavailable must be "deny" or "local"');
  // `permissions` cannot be a list: during an outage it would grant any made-up token.
  return {
    permissions: functionOption(given, "permissions", true),
    evaluate: functionOption(given, "evaluate", true),
  };
}
