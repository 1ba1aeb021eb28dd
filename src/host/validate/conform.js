// Whether values have the form that the Rust types declare. A shape comes from Rust (shapes.rs) as an array: its
// kind, what to call it, and for a list the shape of its items, for an object its fields: name, shape, whether required.

import { STRAIGHT } from "../../../generated/validators.js";
import { isAbsent, isListOf, isObject, isText } from "./forms.js";
import { isAllowed, leftOut } from "./names.js";
import { areUnpolluted, own } from "./own.js";
import { below, isPlain, plainCopy, setOwn } from "./plain-copy.js";

const TEXT = 0;
const ID = 1;
const WORD = 2;
const FLAG = 3;
const NUMBER = 4;
const COUNT = 5;
const MOMENT = 6;
const MAP = 7;
const LIST = 8;
const OBJECT = 9;
const FUNCTION = 10;
const SIGNAL = 11;
const DURATION = 12;
const TOKEN = 13;
const CHOICE = 14;
const HEADERS = 15;
const URL_OF_API = 16;
const REPEATS = 17;
const INSTANCE = 18;
const FLAG_OR_NAMES = 19;
const INIT = 20;

const SET_BY_CLIENT = ["method", "body", "headers", "signal", "redirect"];
const FIELDS = 2; // Where the fields of an object begin.
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;
const BASE = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s\\\0-\x20\x7f/][^\s\\\0-\x20\x7f]*$/; // With the flag it takes long to compile.
const HEADER_NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const HEADER_VALUE = /^[^\0\r\n\u0100-\uffff]*$/;
const VISIBLE = /^[!-~]+$/;

// Where `value` differs from `shape`: `{ path, expected }`, or nothing.
export function mismatch(value, shape) {
  switch (shape[0]) {
    case LIST:
      return Array.isArray(value) ? mismatchedItem(value, shape[FIELDS]) : named(shape);
    case OBJECT:
      if (areUnpolluted(namesOf(shape)) && straightFor(shape)(value)) return undefined;
      return isObject(value) ? mismatchedField(value, shape) : named(shape);
    case HEADERS:
      return Array.isArray(value) ? mismatchedHeader(value) : named(shape);
    case URL_OF_API:
      return mismatchedUrl(value, shape);
    default:
      return fits(value, shape) ? undefined : named(shape);
  }
}

const named = (shape) => ({ path: "", expected: shape[1] });

function mismatchedItem(items, shape) {
  for (let index = 0; index < items.length; index++) {
    const found = mismatch(items[index], shape);
    if (found) return below(`[${index}]`, found);
  }
}

function mismatchedField(object, shape) {
  for (let at = FIELDS; at < shape.length; at += 3) {
    const member = own(object, shape[at]);
    const found = isAbsent(member) && !shape[at + 2] ? undefined : mismatch(member, shape[at + 1]);
    if (found) return below(`.${shape[at]}`, found);
  }
}

// The check without a loop, for those shapes of objects that have one. It is kept with the shape.
function straightFor(shape) {
  if (Object.hasOwn(shape, "straight")) return shape.straight;
  let members = "";
  for (let at = FIELDS; at < shape.length; at += 3)
    members += `${shape[at]}${shape[at + 1][0]}${shape[at + 2] ? "" : "?"} `;
  shape.straight = STRAIGHT[members] ?? (() => false);
  return shape.straight;
}

// Hosts quote a wrong value in their own error, token and all, so they must never get to see one.
function mismatchedHeader(pairs) {
  const wrong = pairs.find(
    ([name, value]) => !HEADER_NAME.test(name) || !HEADER_VALUE.test(value) || typeof value !== "string",
  );
  if (!wrong) return undefined;
  if (!HEADER_NAME.test(wrong[0])) return { path: "", expected: "an object or a Headers, with header names for keys" };
  return { path: `["${wrong[0]}"]`, expected: "a string without line breaks, NUL or characters beyond Latin-1" };
}

// What hosts would let through, or refuse with the text in their words. Paths are to follow, so nothing may come behind one.
function mismatchedUrl(text, shape) {
  if (typeof text !== "string")
    return { path: "", expected: `${shape[1]}, not ${text === null ? "null" : typeof text}` };
  if (text !== text.trim()) return { path: "", expected: "a URL without white space around it" };
  if (!BASE.test(text) || !canParse(text)) return named(shape);
  if (/[?#]/.test(text)) return { path: "", expected: "a URL without a query or a fragment" };
  if (text.split("/", 3).join().includes("@"))
    return { path: "", expected: "a URL without a user name or password; pass a token instead" };
}

const isUrl = (value) => Object.prototype.toString.call(value) === "[object URL]";

function canParse(text) {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}

function fits(value, shape) {
  switch (shape[0]) {
    case TEXT:
      return typeof value === "string";
    case ID:
      return isText(value);
    case WORD:
      return isText(value) && !value.includes(",");
    case FLAG:
      return typeof value === "boolean";
    case NUMBER:
      return Number.isFinite(value);
    case COUNT:
      return Number.isInteger(value) && value >= 0;
    case REPEATS:
      return (Number.isInteger(value) || value === Number.POSITIVE_INFINITY) && value >= 0;
    case MOMENT:
      return typeof value === "string" && isMoment(value);
    case MAP:
    case INSTANCE:
      return isObject(value);
    case FLAG_OR_NAMES:
      return typeof value === "boolean" || isListOf(value, isText);
    case INIT:
      return isObject(value) && !SET_BY_CLIENT.some((name) => Object.hasOwn(value, name));
    case FUNCTION:
      return typeof value === "function";
    case SIGNAL:
      return isObject(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function";
    case DURATION:
      return typeof value === "number" && value > 0;
    case TOKEN:
      return typeof value === "function" || (typeof value === "string" && VISIBLE.test(value));
    case CHOICE:
      return shape[FIELDS].includes(value);
  }
}

function isMoment(text) {
  const date = DATE.exec(text)?.[0].length;
  return date !== undefined && (text.length === date || TIME.test(text.slice(date)));
}

// A copy to send. It shares nothing with `value`, has dates as text, and lacks the `null`s that stand for absent members:
// servers refuse those, or take an `expiresAt: null` for 1970. Throws `{ path, expected }` for a member that the shape does
// not name, unless `allowUnknown` lets it through, and for a free-form value that JSON would change.
export function sendable(value, shape, allowUnknown) {
  switch (shape[0]) {
    case LIST:
      return Array.isArray(value) ? sendableList(value, shape[FIELDS], allowUnknown) : value;
    case OBJECT:
      return isObject(value) ? sendableObject(value, shape, allowUnknown) : value;
    case MAP:
      return isObject(value) || value instanceof Date ? plainCopy(value) : value;
    case MOMENT:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    case HEADERS:
      return isObject(value) ? pairsOf(value) : value;
    case URL_OF_API:
      return typeof value === "string" || isUrl(value) ? baseOf(`${value}`) : value;
    default:
      return value;
  }
}

function sendableList(list, shape, allowUnknown) {
  const copy = [];
  let index = 0;
  try {
    for (; index < list.length; index++) copy.push(sendable(own(list, index), shape, allowUnknown));
  } catch (problem) {
    throw below(`[${index}]`, problem);
  }
  return copy;
}

function sendableObject(object, shape, allowUnknown) {
  const known = namesOf(shape);
  const names = Object.keys(object);
  // A member that a class provides would be left out.
  const isIncomplete = () => names.length === 0 || known.some((name) => name in object && !Object.hasOwn(object, name));
  if (!isPlain(object) && isIncomplete()) throw { path: "", expected: "a plain object" };
  const copy = {};
  let name;
  try {
    for (name of names) {
      const at = known.indexOf(name);
      const member = read(object, name);
      if (at < 0) {
        if (member === undefined) continue;
        if (!isAllowed(name, allowUnknown)) throw { path: "", expected: leftOut(name, known) };
        setOwn(copy, name, plainCopy(member));
      } else if (!isAbsent(member)) copy[name] = sendable(member, shape[FIELDS + 3 * at + 1], allowUnknown);
    }
  } catch (problem) {
    throw below(`.${name}`, problem);
  }
  return copy;
}

// A getter may throw. What stands for its value has the form of nothing, and cannot be written as JSON.
function read(object, name) {
  try {
    return object[name];
  } catch {
    return 0n;
  }
}

// The names of a shape's members. They are kept with the shape.
function namesOf(shape) {
  if (!Object.hasOwn(shape, "names"))
    shape.names = shape.filter((_, index) => index >= FIELDS && (index - FIELDS) % 3 === 0);
  return shape.names;
}

// Of a Headers, a Map or a plain object. As fetch users write it, a header may be absent: `{ "X-Tenant": tenant }`.
function pairsOf(headers) {
  const pairs = typeof headers[Symbol.iterator] === "function" ? Array.from(headers) : Object.entries(headers);
  return pairs.filter(([, value]) => !isAbsent(value)).map(([name, value]) => [`${name}`, value]);
}

// A base without slashes at its end. A path is one of the page's own server; `//host` would be another.
function baseOf(text) {
  const base = text.replace(/\/+$/, "");
  const origin = globalThis.location?.origin;
  return /^\/(?!\/)/.test(text) && origin?.startsWith?.("http") ? origin + base : base;
}
