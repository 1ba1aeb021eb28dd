// Reads options that several functions of the guard have in common.
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";

const CALL_OPTIONS = [
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

/**
 * Reads options that include those of a call.
 *
 * @param {unknown} options
 * @param {readonly string[]} names the names besides the call options
 * @returns {{ given: Record<string, any>, call: CallOptions }} all options, and the call options among them
 */
export function readOptions(options, names) {
  const given = readMembers(options ?? {}, [...CALL_OPTIONS, ...names], "options");
  const { signal } = given;
  if (signal && (typeof signal.aborted !== "boolean" || typeof signal.addEventListener !== "function"))
    throw invalid("options.signal must be an AbortSignal");
  const call = Object.create(null);
  for (const name of CALL_OPTIONS) if (name in given) call[name] = given[name];
  return { given, call };
}

/**
 * Reads an option that must be a number from `least` to `most`.
 *
 * @param {Record<string, any>} given
 * @param {string} name
 * @param {number} fallback
 * @param {number} least
 * @param {number} [most]
 * @param {0 | 1} [step] 1 for a whole number
 * @returns {number}
 */
export function numberOption(given, name, fallback, least, most = Number.POSITIVE_INFINITY, step = 1) {
  const value = given[name] ?? fallback;
  if (typeof value === "number" && value >= least && value <= most && !(value % step > 0)) return value;
  throw invalid(`options.${name} must be a ${step ? "whole " : ""}number from ${least} to ${most}`);
}

/**
 * Reads an option that must be a function.
 *
 * @param {Record<string, any>} given
 * @param {string} name
 * @param {boolean} [isRequired]
 * @returns {any}
 */
export function functionOption(given, name, isRequired) {
  if (typeof given[name] === "function" || (given[name] === undefined && !isRequired)) return given[name];
  throw invalid(`options.${name} must be a function`);
}
