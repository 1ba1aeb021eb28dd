// Validates values against the schemas that the Rust types declare.
import {
  KIND_BEARER,
  KIND_CHOICE,
  KIND_COUNT,
  KIND_DURATION,
  KIND_FLAG,
  KIND_FLAG_OR_NAMES,
  KIND_FUNCTION,
  KIND_HEADERS,
  KIND_ID,
  KIND_INIT,
  KIND_INSTANCE,
  KIND_JSON,
  KIND_LIST,
  KIND_MAP,
  KIND_MOMENT,
  KIND_NUMBER,
  KIND_OBJECT,
  KIND_PATH,
  KIND_PATH_ID,
  KIND_REPEATS,
  KIND_SIGNAL,
  KIND_TEXT,
  KIND_TOKEN,
  KIND_URL,
  KIND_WORD,
} from "../../../generated/protocol.js";
import { Mismatch } from "./mismatch.js";
import { areUnpolluted, own } from "./own.js";
import { isAbsent, isListOf, isObject, isString, isText } from "./type-guards.js";

const SET_BY_CLIENT = ["method", "body", "headers", "signal", "redirect"];
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;
const BASE = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s\\\0-\x20\x7f/][^\s\\\0-\x20\x7f]*$/;
const HEADER_NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const HEADER_VALUE = /^[^\0\r\n\u0100-\uffff]*$/;
const PATH = /^\/(?!\/)[^\s\\?#\0-\x20\x7f]*$/;
const DOT_SEGMENT = /\/(\.|%2e){1,2}(;[^/]*)?(\/|$)/i; // URLs give `%2e` the same meaning, and some servers `..;`.
const VISIBLE = /^[!-~]+$/;

/**
 * A schema of generated/schemas.js: its kind, what to call it, and its parts.
 *
 * @typedef {any[]} Schema
 */

/** Where the parts of a list or of a choice are. */
const PARTS = 2;
/** Where the validator of an object is. */
const VALIDATOR = 2;
/** Where the members of an object begin: each has a name, a schema, and whether it is required. */
export const MEMBERS = 3;

/**
 * Validates a value.
 *
 * @param {any} value
 * @param {Schema} schema
 * @returns {Mismatch | undefined} where it differs from the schema
 */
export function validate(value, schema) {
  switch (schema[0]) {
    case KIND_LIST:
      return Array.isArray(value) ? validateItems(value, schema[PARTS]) : new Mismatch(schema[1]);
    case KIND_OBJECT:
      if (fastValidator(schema)?.(value)) return undefined;
      return isObject(value) ? validateMembers(value, schema) : new Mismatch(schema[1]);
    case KIND_HEADERS:
      return Array.isArray(value) ? validateHeaders(value) : new Mismatch(schema[1]);
    case KIND_URL:
      return validateUrl(value, schema);
    default:
      return fits(value, schema) ? undefined : new Mismatch(schema[1]);
  }
}

/**
 * @param {unknown[]} items
 * @param {Schema} schema
 */
function validateItems(items, schema) {
  const isFine = fastValidator(schema);
  for (let index = 0; index < items.length; index++) {
    if (isFine?.(items[index])) continue;
    const found = validate(items[index], schema);
    if (found) return found.below(`[${index}]`);
  }
}

/**
 * @param {object} object
 * @param {Schema} schema
 */
function validateMembers(object, schema) {
  for (let at = MEMBERS; at < schema.length; at += 3) {
    const member = own(object, schema[at]);
    const found = isAbsent(member) && !schema[at + 2] ? undefined : validate(member, schema[at + 1]);
    if (found) return found.below(`.${schema[at]}`);
  }
}

/**
 * The generated validator of an object, unless a value could pass it by what it inherits.
 *
 * @param {Schema} schema
 * @returns {((value: unknown) => boolean) | undefined}
 */
const fastValidator = (schema) =>
  schema[0] === KIND_OBJECT && schema[VALIDATOR] && areUnpolluted(namesOf(schema)) ? schema[VALIDATOR] : undefined;

/** @type {WeakMap<Schema, string[]>} */
const names = new WeakMap();

/** The names of an object's members. @param {Schema} schema @returns {string[]} */
export function namesOf(schema) {
  let found = names.get(schema);
  if (!found) {
    found = schema.filter((_, index) => index >= MEMBERS && (index - MEMBERS) % 3 === 0);
    names.set(schema, found);
  }
  return found;
}

/**
 * Validates headers. Hosts quote a wrong value in their own error, token and all, so they must never get to see one.
 *
 * @param {any[][]} pairs
 */
function validateHeaders(pairs) {
  const wrong = pairs.find(
    ([name, value]) => !HEADER_NAME.test(name) || !HEADER_VALUE.test(value) || typeof value !== "string",
  );
  if (!wrong) return undefined;
  if (!HEADER_NAME.test(wrong[0])) return new Mismatch("an object or a Headers, with header names for keys");
  return new Mismatch("a string without line breaks, NUL or characters beyond Latin-1", `["${wrong[0]}"]`);
}

/**
 * Validates a base URL: hosts would accept more, or quote the text in their own error. Paths follow it, so it has no query.
 *
 * @param {unknown} text
 * @param {Schema} schema
 */
function validateUrl(text, schema) {
  if (typeof text !== "string") return new Mismatch(`${schema[1]}, not ${text === null ? "null" : typeof text}`);
  if (text !== text.trim()) return new Mismatch("a URL without white space around it");
  if (!BASE.test(text) || !canParse(text)) return new Mismatch(schema[1]);
  if (/[?#]/.test(text)) return new Mismatch("a URL without a query or a fragment");
  if (text.split("/", 3).join().includes("@"))
    return new Mismatch("a URL without a user name or password; pass a token instead");
}

/** @param {string} text */
function canParse(text) {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}

/**
 * Whether a value matches a schema without parts.
 *
 * @param {any} value
 * @param {Schema} schema
 */
function fits(value, schema) {
  switch (schema[0]) {
    case KIND_TEXT:
      return typeof value === "string";
    case KIND_ID:
      return isText(value);
    case KIND_PATH_ID:
      return isText(value) && value !== "." && value !== "..";
    case KIND_PATH:
      return isText(value) && PATH.test(value) && !DOT_SEGMENT.test(value);
    case KIND_JSON:
      return true; // The copy holds nothing else.
    case KIND_BEARER:
      return isString(value) && VISIBLE.test(value);
    case KIND_WORD:
      return isText(value) && !value.includes(",");
    case KIND_FLAG:
      return typeof value === "boolean";
    case KIND_NUMBER:
      return Number.isFinite(value);
    case KIND_COUNT:
      return Number.isInteger(value) && value >= 0;
    case KIND_REPEATS:
      return (Number.isInteger(value) || value === Number.POSITIVE_INFINITY) && value >= 0;
    case KIND_MOMENT:
      return typeof value === "string" && isMoment(value);
    case KIND_MAP:
    case KIND_INSTANCE:
      return isObject(value);
    case KIND_FLAG_OR_NAMES:
      return typeof value === "boolean" || isListOf(value, isText);
    case KIND_INIT:
      return isObject(value) && !SET_BY_CLIENT.some((name) => Object.hasOwn(value, name));
    case KIND_FUNCTION:
      return typeof value === "function";
    case KIND_SIGNAL:
      return isObject(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function";
    case KIND_DURATION:
      return typeof value === "number" && value > 0;
    case KIND_TOKEN:
      return typeof value === "function" || (typeof value === "string" && VISIBLE.test(value));
    case KIND_CHOICE:
      return schema[PARTS].includes(value);
  }
}

/** @param {string} text */
function isMoment(text) {
  const date = DATE.exec(text)?.[0].length;
  return date !== undefined && (text.length === date || TIME.test(text.slice(date)));
}
