// The wire form of an input: exactly what is sent, and what every decision made here looks at. Client, guard, decision cache
// and evaluator all use it.

import { invalid } from "../errors/invalid.js";
import { mismatch, sendable } from "./conform.js";

const UNREADABLE = { path: "", expected: "a value that can be read: a getter or a proxy in it throws" };

/**
 * Turns an input into its wire form: a copy, and its JSON text.
 *
 * @param value the input; each of its members is read once
 * @param schema one of generated/schemas.js
 * @param name what to call the input in an error
 * @param allowUnknown `true`, or a list of member names that the schema need not know
 * @returns `{ value, text }`; `text` parses to `value`
 * @throws KavachError INVALID_ARGUMENT that names the first part that is wrong
 */
export function toWire(value, schema, name, allowUnknown) {
  let found;
  // JSON.stringify would call it, and write something else than the copy.
  if ("toJSON" in Object.prototype) throw invalid("Object.prototype must not have a member toJSON");
  try {
    const copy = sendable(value, schema, allowUnknown);
    found = mismatch(copy, schema);
    if (!found) return { value: copy, text: JSON.stringify(copy) };
  } catch (problem) {
    found = typeof problem?.path === "string" ? problem : UNREADABLE;
  }
  throw invalid(`${name}${found.path} must be ${found.expected}`);
}
