// What is asked, as it is sent: the server, the decision cache and local evaluation all get this copy. It is the wire form
// of to-wire.js for the one schema that the guard needs.

import { own } from "../validate/own.js";
import { plainCopy } from "../validate/plain-copy.js";
import { isObject, isText } from "../validate/type-guards.js";
import { invalid } from "./errors.js";
import { membersOf } from "./options.js";

/** The members of a request for a decision. */
export const PARTS = ["action", "resource", "arguments"];

/** A copy of a request for a decision. Each member is read once; `name` is what to call the request in an error. */
export function requestOf(request, name = "request") {
  const { action, resource, arguments: given } = membersOf(request, PARTS, name);
  const refuse = (expected, what) => {
    throw invalid(`${name}.${what} must be ${expected}`);
  };
  if ("toJSON" in Object.prototype) refuse("read without Object.prototype.toJSON", "arguments");
  if (!isText(action)) refuse("a non-empty string", "action");
  if (!isText(resource)) refuse("a non-empty string", "resource");
  if (given === undefined) return { action, resource };
  if (!isObject(given) && !(given instanceof Date)) refuse("an object", "arguments");
  try {
    return { action, resource, arguments: plainCopy(given) };
  } catch (problem) {
    const [path, expected] = ["path", "expected"].map((name) => own(problem ?? {}, name));
    return refuse(expected ?? "an object whose members can be read", `arguments${path ?? ""}`);
  }
}

/** Text that is the same for the same request, in whatever order its members are written. */
export const canonical = (request) => JSON.stringify(ordered(request));

function ordered(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  // As pairs: an object would put names that look like numbers first, and take `__proto__` for something else.
  const pairs = Object.entries(value).map(([name, member]) => [name, ordered(member)]);
  return { pairs: pairs.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
