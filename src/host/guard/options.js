// The options of a guard, checked. What is wrong with them is wrong for every request, so it is said at once.

import { leftOut } from "../validate/known-names.js";
import { isPlain } from "../validate/plain-copy.js";
import { isObject } from "../validate/type-guards.js";
import { corsOf } from "./cors.js";
import { invalid } from "./errors.js";
import { isScope } from "./refusal.js";

const OF_CALLS = [
  "signal",
  "timeout",
  "deadline",
  "maxRetries",
  "headers",
  "cache",
  "init",
  "maxResponseBytes",
  "allowUnknown",
];
const OF_GUARDS = [
  "realm",
  "resourceMetadata",
  "scope",
  "cors",
  "argumentsLimit",
  "onUnavailable",
  "permissions",
  "evaluate",
];
const QUOTABLE = /^[ !#-[\]-~]*$/; // What stands between quotes in a header, without escapes.

/**
 * The own members of an object that has no others than the known ones; those that are `null` are left out. It inherits
 * nothing, so that every name can be read.
 */
export function membersOf(object, known, name) {
  if (!isObject(object) || !isPlain(object)) throw invalid(`${name} must be a plain object`);
  const members = Object.create(null);
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (!known.includes(key)) throw invalid(`${name}.${key} must be ${leftOut(key, known)}`);
    if (value !== null) members[key] = value;
  }
  return members;
}

/** Options of a function: those for the client, and the function's own. */
export function optionsOf(options, own) {
  const given = membersOf(options ?? {}, [...OF_CALLS, ...own], "options");
  const { signal } = given;
  if (signal && !(typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function"))
    throw invalid("options.signal must be an AbortSignal");
  const call = Object.create(null);
  for (const name of OF_CALLS) if (name in given) call[name] = given[name];
  return { given, call };
}

/** The options of a guard; `own` are further names. */
export function guardSettings(options, ...own) {
  const { given, call } = optionsOf(options, [...OF_GUARDS, ...own]);
  const deadline = numberOf(given, "deadline", 60_000, 1, undefined, 0);
  const argumentsLimit = numberOf(given, "argumentsLimit", 65_536, 0);
  return {
    ...{ call, signal: call.signal, deadline, argumentsLimit },
    ...{
      challenge: challenge(given),
      cors: corsOf(given.cors),
      local: local(given),
      onRefusal: functionOf(given, "onRefusal"),
    },
  };
}

/** An option that must be a number between `least` and `most`: a whole one if `step` is 1, any if it is 0. */
export function numberOf(given, name, otherwise, least, most = Number.POSITIVE_INFINITY, step = 1) {
  const value = given[name] ?? otherwise;
  if (typeof value === "number" && value >= least && value <= most && !(value % step > 0)) return value;
  throw invalid(`options.${name} must be a ${step ? "whole " : ""}number from ${least} to ${most}`);
}

/** An option that must be a function if it is there. */
export function functionOf(given, name, isNeeded) {
  if (typeof given[name] === "function" || (given[name] === undefined && !isNeeded)) return given[name];
  throw invalid(`options.${name} must be a function`);
}

// What stands after `Bearer` in `WWW-Authenticate`, but for the error.
function challenge({ realm = "KavachOS", resourceMetadata, scope }) {
  const parameters = [`realm="${quotable(realm, "options.realm")}"`];
  if (typeof scope !== "function" && scope !== undefined && !isScope(scope))
    throw invalid("options.scope must be scopes separated by single spaces, or a function");
  if (resourceMetadata === undefined) return { parameters, scope, metadata: undefined };
  let url;
  try {
    url = new URL(resourceMetadata).href;
  } catch {
    throw invalid("options.resourceMetadata must be an absolute URL");
  }
  return { parameters, scope, metadata: `resource_metadata="${quotable(url, "options.resourceMetadata")}"` };
}

function quotable(text, name) {
  if (typeof text !== "string" || !QUOTABLE.test(text))
    throw invalid(`${name} must be a string of visible ASCII characters, without quotes and backslashes`);
  return text;
}

// How to decide where the server cannot be asked; nothing, if calls are then denied.
function local(given) {
  const { onUnavailable = "deny" } = given;
  if (onUnavailable === "deny") return undefined;
  if (onUnavailable !== "local") throw invalid('options.onUnavailable must be "deny" or "local"');
  // Not a list: with the server away, any made-up token would be granted it.
  return { permissions: functionOf(given, "permissions", true), evaluate: functionOf(given, "evaluate", true) };
}
