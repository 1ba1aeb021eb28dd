// Whether values have the form that the Rust types declare: those of wire-schema.js, and the kinds that only options, dates
// and answers have.
import { isAbsent, isObject, isText } from "./forms.js";
import { areUnpolluted } from "./own.js";
import { STRAIGHT } from "./straight.js";
import { sendable as copyOf, mismatch as locate, named, namesOf } from "./wire-schema.js";

const WORD = 2;
const COUNT = 5;
const MOMENT = 6;
const FUNCTION = 10;
const SIGNAL = 11;
const DURATION = 12;
const TOKEN = 13;
const CHOICE = 14;
const HEADERS = 15;
const URL_OF_API = 16;
const REPEATS = 17;
const INSTANCE = 18;

const FIELDS = 2; // Where the fields of an object begin.
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;
const BASE = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s\\\0-\x20\x7f/][^\s\\\0-\x20\x7f]*$/; // With the flag it takes long to compile.
const HEADER_NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const HEADER_VALUE = /^[^\0\r\n\u0100-\uffff]*$/;
const VISIBLE = /^[!-~]+$/;

// Where `value` differs from `shape`: `{ path, expected }`, or nothing.
export const mismatch = (value, shape) => locate(value, shape, OTHER_KINDS);

const OTHER_KINDS = {
  isValid: (value, shape) => areUnpolluted(namesOf(shape)) && straightFor(shape)(value),
  mismatch(value, shape) {
    if (shape[0] === HEADERS) return Array.isArray(value) ? mismatchedHeader(value) : named(false, shape);
    if (shape[0] === URL_OF_API) return mismatchedUrl(value, shape);
    return named(fits(value, shape), shape);
  },
};

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
  if (typeof text !== "string" || !BASE.test(text) || !canParse(text)) return named(false, shape);
  if (/[?#]/.test(text)) return { path: "", expected: "a URL without a query or a fragment" };
  if (text.split("/", 3).join().includes("@"))
    return { path: "", expected: "a URL without a user name or password; pass a token instead" };
}

function canParse(text) {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}

function fits(value, shape) {
  switch (shape[0]) {
    case WORD:
      return isText(value) && !value.includes(",");
    case COUNT:
      return Number.isInteger(value) && value >= 0;
    case REPEATS:
      return (Number.isInteger(value) || value === Number.POSITIVE_INFINITY) && value >= 0;
    case MOMENT:
      return typeof value === "string" && isMoment(value);
    case INSTANCE:
      return isObject(value);
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

// A copy to send, as wire-schema.js makes it; dates become text.
export const sendable = (value, shape, allowUnknown) => copyOf(value, shape, allowUnknown, sendableOther);

function sendableOther(value, shape) {
  switch (shape[0]) {
    case MOMENT:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
    case HEADERS:
      return isObject(value) ? pairsOf(value) : value;
    case URL_OF_API:
      return typeof value === "string" ? baseOf(value) : value;
    default:
      return value;
  }
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
