// Copies inputs as they will be sent.
import {
  KIND_FLAG_OR_NAMES,
  KIND_HEADERS,
  KIND_INIT,
  KIND_JSON,
  KIND_LIST,
  KIND_MAP,
  KIND_MOMENT,
  KIND_OBJECT,
  KIND_URL,
} from "../../../generated/protocol.js";
import { isAllowed, leftOut } from "./known-names.js";
import { below, Mismatch } from "./mismatch.js";
import { own } from "./own.js";
import { isPlain, plainCopy, setOwn } from "./plain-copy.js";
import { isAbsent, isObject } from "./type-guards.js";
import { MEMBERS, namesOf } from "./validate.js";

/** @typedef {import("./validate.js").Schema} Schema */

/**
 * A copy of an input. It shares nothing with the input, has dates as text, and lacks the `null`s that stand for absent members:
 * servers refuse those, or take an `expiresAt: null` for 1970.
 *
 * @param {any} value the input; each of its members is read once
 * @param {Schema} schema
 * @param {unknown} allowUnknown which names are accepted that the schema does not know
 * @returns {any} the copy, which is not validated yet
 * @throws {Mismatch} for a member that the schema does not know, and for a free-form value that JSON would change
 */
export function wireCopy(value, schema, allowUnknown) {
  switch (schema[0]) {
    case KIND_LIST:
      return Array.isArray(value) ? copyOfList(value, schema[2], allowUnknown) : value;
    case KIND_OBJECT:
      return isObject(value) ? copyOfObject(value, schema, allowUnknown) : value;
    case KIND_MAP:
      return isObject(value) || value instanceof Date ? plainCopy(value) : value;
    case KIND_JSON:
      return plainCopy(value);
    case KIND_MOMENT:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    case KIND_FLAG_OR_NAMES:
      return Array.isArray(value) ? Array.from(value) : value;
    case KIND_HEADERS:
      return isObject(value) ? pairsOf(value) : value;
    case KIND_INIT:
      return isObject(value) ? { ...value } : value; // A getter in it throws here, where that is caught.
    case KIND_URL:
      return typeof value === "string" || isUrl(value) ? baseOf(`${value}`) : value;
    default:
      return value;
  }
}

/**
 * @param {unknown[]} list
 * @param {Schema} schema
 * @param {unknown} allowUnknown
 */
function copyOfList(list, schema, allowUnknown) {
  const copy = [];
  let index = 0;
  try {
    for (; index < list.length; index++) {
      const item = own(list, index);
      copy.push(wireCopy(item, schema, allowUnknown));
      if (item === undefined) break; // It is no item of any list, and there may be billions of holes.
    }
  } catch (problem) {
    throw below(`[${index}]`, problem);
  }
  return copy;
}

/**
 * @param {Record<string, unknown>} object
 * @param {Schema} schema
 * @param {unknown} allowUnknown
 */
function copyOfObject(object, schema, allowUnknown) {
  const known = namesOf(schema);
  const names = Object.keys(object);
  // A member that a class provides would be left out.
  const isIncomplete = () => names.length === 0 || known.some((name) => name in object && !Object.hasOwn(object, name));
  if (!isPlain(object) && isIncomplete()) throw new Mismatch("a plain object");
  /** @type {Record<string, unknown>} */
  const copy = {};
  let name;
  try {
    for (name of names) {
      const at = known.indexOf(name);
      const member = read(object, name);
      if (at < 0) {
        if (member === undefined) continue;
        if (!isAllowed(name, allowUnknown)) throw new Mismatch(leftOut(name, known));
        setOwn(copy, name, plainCopy(member));
      } else if (!isAbsent(member)) copy[name] = wireCopy(member, schema[MEMBERS + 3 * at + 1], allowUnknown);
    }
  } catch (problem) {
    throw below(`.${name}`, problem);
  }
  return copy;
}

/**
 * A member. A getter may throw: what stands for its value then matches no schema, and cannot be written as JSON.
 *
 * @param {Record<string, unknown>} object
 * @param {string} name
 */
function read(object, name) {
  try {
    return object[name];
  } catch {
    return 0n;
  }
}

/** Whether a value is a URL, of whichever realm. @param {unknown} value */
const isUrl = (value) => Object.prototype.toString.call(value) === "[object URL]";

/**
 * The pairs of a Headers, a Map or a plain object. As fetch users write it, a header may be absent: `{ "X-Tenant": tenant }`.
 *
 * @param {any} headers
 * @returns {[string, unknown][]}
 */
function pairsOf(headers) {
  const pairs = typeof headers[Symbol.iterator] === "function" ? itemsOf(headers) : Object.entries(headers);
  return pairs.filter(([, value]) => !isAbsent(value)).map(([name, value]) => [`${name}`, value]);
}

const MOST_HEADERS = 1000;

/** The items of an iterable, which may be without end. @param {Iterable<any>} iterable */
function itemsOf(iterable) {
  const items = [];
  for (const item of iterable)
    if (items.push(item) > MOST_HEADERS) throw new Mismatch(`at most ${MOST_HEADERS} headers`);
  return items;
}

/**
 * A base URL without slashes at its end. A path is relative to the page's own server; `//host` would be another.
 *
 * @param {string} text
 */
function baseOf(text) {
  const base = text.replace(/\/+$/, "");
  const origin = globalThis.location?.origin;
  return /^\/(?!\/)/.test(text) && origin?.startsWith?.("http") ? origin + base : base;
}
