// Reads options where every byte counts: without the advice of `known-names.js`.
import { invalid } from "../errors/light.js";

/**
 * What an option must be: whether a value is that, how a sentence says so, and what stands for a value that is absent.
 *
 * @typedef {readonly [(value: any) => boolean, string, unknown?]} Option
 */

/** @type {Option[0]} */
export const isText = (value) => typeof value === "string" && value !== "";
/** @type {Option[0]} */
export const isAmount = (value) => typeof value === "number" && value >= 0 && value < Infinity;

/**
 * Valid options, with what stands for those that are absent.
 *
 * @param {any} options
 * @param {Record<string, Option>} known
 * @param {string} [name] of the argument
 * @returns {Record<string, any>} without a prototype, so that it inherits no name
 */
export function smallOptions(options, known, name = "options") {
  const read = Object.create(null);
  const refuse = (/** @type {string} */ key, /** @type {string} */ expected) => {
    throw invalid(`${name}${key} must be ${expected}`);
  };
  if (typeof options !== "object" || !options) refuse("", "an object");
  for (const key of Object.keys(options))
    if (!Object.hasOwn(known, key)) refuse(`.${key}`, `left out. Known names: ${Object.keys(known)}`);
  for (const [key, [isValid, expected, fallback]] of Object.entries(known)) {
    const value = (Object.hasOwn(options, key) ? options[key] : undefined) ?? fallback;
    if (!isValid(value)) refuse(`.${key}`, expected);
    read[key] = value;
  }
  return read;
}
