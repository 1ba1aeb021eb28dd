// Copies and checks inputs that are plain JSON: text, numbers, flags, lists, objects and free-form members. The guard and the
// evaluator need no more than these kinds; conform.js adds those of options, dates and answers.
//
// A schema comes from Rust (shapes.rs) as an array: its kind, what to call it, and for a list the schema of its items, for
// an object its fields: name, schema, whether required.
import { isAbsent, isObject, isText } from "./forms.js";
import { isAllowed, leftOut } from "./names.js";
import { own } from "./own.js";
import { isPlain, plainCopy, setOwn } from "./plain-copy.js";

const TEXT = 0;
const ID = 1;
const FLAG = 3;
const NUMBER = 4;
const MAP = 7;
const LIST = 8;
const OBJECT = 9;

const FIELDS = 2; // Where the fields of an object begin.

/**
 * Where `value` differs from `schema`: `{ path, expected }`, or nothing.
 *
 * @param more what checks other kinds: `{ mismatch, isValid }`, the latter a fast check of whole objects
 */
export function mismatch(value, schema, more) {
  switch (schema[0]) {
    case TEXT:
      return named(typeof value === "string", schema);
    case ID:
      return named(isText(value), schema);
    case FLAG:
      return named(typeof value === "boolean", schema);
    case NUMBER:
      return named(Number.isFinite(value), schema);
    case MAP:
      return named(isObject(value), schema);
    case LIST:
      return Array.isArray(value) ? mismatchedItem(value, schema[FIELDS], more) : named(false, schema);
    case OBJECT:
      if (more?.isValid(value, schema)) return undefined;
      return isObject(value) ? mismatchedField(value, schema, more) : named(false, schema);
    default:
      return more.mismatch(value, schema);
  }
}

/** Nothing if the value fits its schema, else what is expected of it. */
export const named = (fits, schema) => (fits ? undefined : { path: "", expected: schema[1] });

function mismatchedItem(items, schema, more) {
  for (let index = 0; index < items.length; index++) {
    const found = mismatch(items[index], schema, more);
    if (found) return below(`[${index}]`, found);
  }
}

function mismatchedField(object, schema, more) {
  for (let at = FIELDS; at < schema.length; at += 3) {
    const member = own(object, schema[at]);
    const found = isAbsent(member) && !schema[at + 2] ? undefined : mismatch(member, schema[at + 1], more);
    if (found) return below(`.${schema[at]}`, found);
  }
}

// Whatever else has been thrown stays as it is.
function below(step, found) {
  if (typeof found?.path === "string") found.path = step + found.path;
  return found;
}

/**
 * A copy to send. It shares nothing with `value` and lacks the `null`s that stand for absent members: servers refuse
 * those, or take an `expiresAt: null` for 1970. Throws `{ path, expected }` for a member that the schema does not name, unless
 * `allowUnknown` lets it through, and for a free-form value that JSON would change.
 *
 * @param other copies values of other kinds: `other(value, schema)`
 */
export function sendable(value, schema, allowUnknown, other) {
  switch (schema[0]) {
    case LIST:
      return Array.isArray(value) ? sendableList(value, schema[FIELDS], allowUnknown, other) : value;
    case OBJECT:
      return isObject(value) ? sendableObject(value, schema, allowUnknown, other) : value;
    case MAP:
      return isObject(value) || value instanceof Date ? plainCopy(value) : value;
    default:
      return other ? other(value, schema) : value;
  }
}

function sendableList(list, schema, allowUnknown, other) {
  const copy = [];
  let index = 0;
  try {
    for (; index < list.length; index++) copy.push(sendable(own(list, index), schema, allowUnknown, other));
  } catch (problem) {
    throw below(`[${index}]`, problem);
  }
  return copy;
}

function sendableObject(object, schema, allowUnknown, other) {
  const known = namesOf(schema);
  const names = Object.keys(object);
  // A member that a class provides would be left out.
  const isIncomplete = names.length === 0 || known.some((name) => name in object && !Object.hasOwn(object, name));
  if (isIncomplete && !isPlain(object)) throw { path: "", expected: "a plain object" };
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
      } else if (!isAbsent(member)) copy[name] = sendable(member, schema[FIELDS + 3 * at + 1], allowUnknown, other);
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

/** The names of an object's members. They are kept with the schema. */
export function namesOf(schema) {
  if (!Object.hasOwn(schema, "names"))
    schema.names = schema.filter((_, index) => index >= FIELDS && (index - FIELDS) % 3 === 0);
  return schema.names;
}
