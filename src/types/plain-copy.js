// Copies free-form values (`arguments`, `metadata`) as JSON will carry them. Every member is read once. A value that JSON
// would change or drop is refused: whoever decides about it must see what the server sees.
import { isWhole } from "./forms.js";
import { own } from "./own.js";

const DEEPEST = 100;
const MOST = 1_000_000; // Members in all. Shared parts count each time they stand in the text.

// A copy. Throws `{ path, expected }` for a value that does not arrive as it is.
export function plainCopy(value) {
  return copied(value, "", 0, { left: MOST });
}

function copied(value, path, depth, budget) {
  switch (typeof value) {
    case "string":
      return isWhole(value) ? value : refuse(path, "text without half surrogate pairs: UTF-8 cannot carry them");
    case "number":
      return Number.isFinite(value) ? value : refuse(path, "a finite number or null: JSON has no NaN and no Infinity");
    case "boolean":
      return value;
    case "object":
      if (value === null) return value;
      break;
    case "bigint":
      return refuse(path, "a number or a string: JSON has no BigInt. Pass String(…)");
    default:
      return refuse(
        path,
        `a value that JSON can carry, not ${typeof value === "undefined" ? "" : "a "}${typeof value}`,
      );
  }
  if (depth === DEEPEST) return refuse(path, `nested at most ${DEEPEST} levels deep, without cycles`);
  if (Array.isArray(value)) return copiedList(value, path, depth, budget);
  checkPlain(value, path);
  const copy = {};
  for (const name of Object.keys(value)) {
    spend(path, budget);
    const member = value[name];
    if (member === undefined) continue; // As optional members are written.
    if (!isWhole(name)) refuse(path, "an object whose names have no half surrogate pairs: UTF-8 cannot carry them");
    setOwn(copy, name, copied(member, `${path}${step(name)}`, depth + 1, budget));
  }
  return copy;
}

// Sets a member, also one of the name `__proto__`.
export function setOwn(object, name, value) {
  if (name === "__proto__")
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  else object[name] = value;
}

function copiedList(list, path, depth, budget) {
  if (!Array.isArray(Object.getPrototypeOf(list))) refuse(path, "a plain array, not an instance of a class");
  if (Object.keys(list).length !== list.length) refuse(path, "an array without holes and without members of its own");
  if (typeof list.toJSON === "function") refuse(path, "an array without a toJSON method");
  const copy = [];
  for (let index = 0; index < list.length; index++) {
    spend(path, budget);
    copy.push(copied(list[index], `${path}[${index}]`, depth + 1, budget));
  }
  return copy;
}

function spend(path, budget) {
  if (budget.left-- <= 0) refuse(path, `made of at most ${MOST} members in all`);
}

// A plain object has the prototype of its realm, or none. That of another realm is known by having no prototype itself.
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function checkPlain(value, path) {
  if (!isPlain(value)) refuse(path, `a plain object${remedy(value)}`);
  if (typeof own(value, "toJSON") === "function")
    refuse(path, "a plain object without a toJSON method. Pass what it returns");
}

function remedy(value) {
  if (typeof value.then === "function") return ", not a promise: await it";
  if (value instanceof Date) return ", not a Date. Pass date.toISOString()";
  if (typeof value.entries === "function") return ", not an instance of a class. Pass Object.fromEntries(…)";
  if (typeof value.toJSON === "function")
    return ", not an instance of a class. Pass what its toJSON() returns, or its text";
  return ", not an instance of a class. Pass { ...value }, or its text";
}

const step = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function refuse(path, expected) {
  throw { path, expected };
}
