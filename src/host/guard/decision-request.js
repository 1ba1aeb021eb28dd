// Copies a request for a decision into its wire form. The server, the decision cache and the local evaluation all get this copy. It
// equals that of src/host/validate/to-wire.js for this schema.

import { Mismatch } from "../validate/mismatch.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isObject, isText } from "../validate/type-guards.js";
import { invalid } from "./errors.js";
import { readMembers } from "./members.js";

export const REQUEST_MEMBERS = ["action", "resource", "arguments"];

/**
 * Reads each member once.
 *
 * @param {unknown} request
 * @param {string} [name] of the argument, for the error
 * @returns {AuthorizeRequest}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function toDecisionRequest(request, name = "request") {
  const { action, resource, arguments: given } = readMembers(request, REQUEST_MEMBERS, name);
  /** @type {(expected: string, member: string) => never} */
  const refuse = (expected, member) => {
    throw invalid(`${name}.${member} must be ${expected}`);
  };
  if ("toJSON" in Object.prototype) refuse("read without Object.prototype.toJSON", "arguments");
  if (!isText(action)) refuse("a non-empty string", "action");
  if (!isText(resource)) refuse("a non-empty string", "resource");
  if (given === undefined) return { action, resource };
  if (!isObject(given) && !(given instanceof Date)) refuse("an object", "arguments");
  try {
    return { action, resource, arguments: /** @type {any} */ (plainCopy(given)) };
  } catch (problem) {
    // A getter may throw anything: only the words of a mismatch are ours.
    const found = problem instanceof Mismatch ? problem : new Mismatch("an object whose members can be read");
    return refuse(found.expected, `arguments${found.path}`);
  }
}
