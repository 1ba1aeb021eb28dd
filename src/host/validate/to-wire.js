// The wire form of an input: exactly what is sent, and what every local decision looks at. The client, the guard, the decision
// cache and the evaluator all use it.
import { invalid } from "../errors/invalid.js";
import { Mismatch, sentence, UNREADABLE } from "./mismatch.js";
import { validate } from "./validate.js";
import { wireCopy } from "./wire-copy.js";

/**
 * A valid copy of an input.
 *
 * @param {unknown} value the input; each of its members is read once
 * @param {import("./validate.js").Schema} schema one of generated/schemas.js
 * @param {unknown} [allowUnknown] `true`, or a list of member names that the schema need not know
 * @returns {any} the copy
 * @throws {Mismatch} for the first part that is wrong
 */
export function conform(value, schema, allowUnknown) {
  let found;
  try {
    const copy = wireCopy(value, schema, allowUnknown);
    found = validate(copy, schema);
    if (!found) return copy;
  } catch (problem) {
    found = problem;
  }
  throw found instanceof Mismatch ? found : new Mismatch(UNREADABLE);
}

/**
 * The JSON text of a copy.
 *
 * @param {unknown} copy
 * @throws {KavachError} INVALID_ARGUMENT if a library has made JSON.stringify write something else than the copy
 */
export function jsonOf(copy) {
  // What an object inherits, an array inherits too; Prototype.js gives it to arrays alone.
  const holder = "toJSON" in {} ? "Object" : "Array";
  if ("toJSON" in []) throw invalid(`${holder}.prototype must not have a member toJSON`);
  return JSON.stringify(copy);
}

/**
 * Turns an input into its wire form: a copy, and its JSON text.
 *
 * @param {unknown} value the input; each of its members is read once
 * @param {import("./validate.js").Schema} schema one of generated/schemas.js
 * @param {string} name what to call the input in an error
 * @param {unknown} [allowUnknown] `true`, or a list of member names that the schema need not know
 * @returns {{ value: any, text: string }} `text` parses to `value`
 * @throws {KavachError} INVALID_ARGUMENT that names the first part that is wrong
 */
export function toWire(value, schema, name, allowUnknown) {
  try {
    const copy = conform(value, schema, allowUnknown);
    return { value: copy, text: jsonOf(copy) };
  } catch (problem) {
    throw problem instanceof Mismatch ? invalid(sentence(problem, name)) : problem;
  }
}
