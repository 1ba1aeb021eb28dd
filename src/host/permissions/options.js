// The options of this entry's functions, and the context of a decision, which holds the same ones.

import { invalid } from "../errors/invalid.js";
import { own } from "../validate/own.js";
import { isAbsent } from "../validate/type-guards.js";
import { readable, readMembers } from "./members.js";

export const CONTEXT = ["agentName", "ip", "now", "timezone", "callsInLastHour", "mode", "allowUnknown"];
export const COMPILING = ["mode", "allowUnknown"];
export const READING = ["allowUnknown"];

const nameOf = (/** @type {string[]} */ known) => (known === CONTEXT ? "context" : "options");

/**
 * The mode that options ask for.
 *
 * @param {unknown} options
 * @param {string[]} known the members that they may have
 * @returns {"server" | "strict"}
 * @throws {KavachError} INVALID_ARGUMENT when they have others, or another mode
 */
export function modeOf(options, known) {
  if (isAbsent(options)) return "server";
  const name = nameOf(known);
  return readable(name, () => {
    const mode = readMembers(options, known, name)[known.indexOf("mode")] ?? "server";
    if (mode !== "server" && mode !== "strict") throw invalid(`${name}.mode must be "server" or "strict"`);
    return mode;
  });
}

/**
 * The option `allowUnknown`.
 *
 * @param {unknown} options
 * @param {string[]} known the members that they may have
 * @returns {boolean | string[] | undefined}
 * @throws {KavachError} INVALID_ARGUMENT when it is neither a boolean nor an array of names
 */
export function allowUnknownOf(options, known) {
  const name = nameOf(known);
  const value = isAbsent(options) ? undefined : (readable(name, () => own(options, "allowUnknown")) ?? undefined);
  const isNames = Array.isArray(value) && value.every((one) => typeof one === "string");
  if (value !== undefined && typeof value !== "boolean" && !isNames)
    throw invalid(`${name}.allowUnknown must be a boolean or an array of names`);
  return value;
}
