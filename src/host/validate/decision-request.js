// Validates a request for a decision where schemas would weigh too much: in the guard and in the evaluator. It says what validate.js
// says by the schema AUTHORIZE_REQUEST; decision-request.test.js holds the two together.
import { AUTHORIZE_REQUEST } from "../../../generated/input-names.js";
import { leftOut } from "./known-names.js";
import { below, Mismatch, UNREADABLE } from "./mismatch.js";
import { own } from "./own.js";
import { isPlain, plainCopy } from "./plain-copy.js";
import { isAbsent, isObject, isString, isText } from "./type-guards.js";

/**
 * A copy of a request, exactly as it is sent. Each member is read once.
 *
 * @param {unknown} request
 * @param {boolean} [canBeEmpty] whether the action and the resource can be empty: servers refuse that, and their engine decides it
 * @returns {{ action: string, resource: string, arguments?: any }}
 * @throws {Mismatch} for the first part that is wrong
 */
export function decisionRequest(request, canBeEmpty = false) {
  try {
    return copied(request, canBeEmpty ? isString : isText, canBeEmpty ? "a string" : "a non-empty string");
  } catch (problem) {
    throw problem instanceof Mismatch ? problem : new Mismatch(UNREADABLE);
  }
}

/**
 * @param {any} request
 * @param {(value: unknown) => boolean} isFine
 * @param {string} expected
 */
function copied(request, isFine, expected) {
  if (!isObject(request)) throw new Mismatch("an object");
  if (!isPlain(request) && AUTHORIZE_REQUEST.some((name) => name in request && !Object.hasOwn(request, name)))
    throw new Mismatch("a plain object");
  /** @type {any} */
  const copy = {};
  for (const name of Object.keys(request)) {
    const value = request[name];
    if (AUTHORIZE_REQUEST.includes(name)) {
      if (!isAbsent(value)) copy[name] = name === "arguments" ? copiedArguments(value) : value;
    } else if (value !== undefined) throw new Mismatch(leftOut(name, AUTHORIZE_REQUEST), `.${name}`);
  }
  for (const name of ["action", "resource"]) if (!isFine(own(copy, name))) throw new Mismatch(expected, `.${name}`);
  return copy;
}

/** @param {unknown} value */
function copiedArguments(value) {
  if (!isObject(value) && !(value instanceof Date)) throw new Mismatch("an object", ".arguments");
  try {
    return plainCopy(value);
  } catch (problem) {
    throw below(".arguments", problem);
  }
}
