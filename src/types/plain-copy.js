// Copies free-form values (`arguments`, `metadata`) as JSON will carry them. Every member is read once. A value that JSON
// would change or drop is refused: whoever decides about it must see what the server sees.
import { isWhole } from "./forms.js";

const DEEPEST = 100;
const MOST = 1_000_000; // Members in all. Shared parts count each time they stand in the text.

// A copy. Throws `{ path, expected }` for a value that does not arrive as it is.
export function plainCopy(value) {
  return copied(value, "", 0, { left: MOST });
}

function copied(value, path, depth, budget) {
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value === "string") return checkText(value, path);
  if (typeof value !== "object") {
    const what = typeof value === "number" ? value : typeof value;
    refuse(path, `a value that JSON can carry, not ${what}. Pass null or text`);
  }
  if (depth === DEEPEST) refuse(path, `nested at most ${DEEPEST} levels deep, without cycles`);
  const names = Object.keys(value);
  const isList = Array.isArray(value);
  checkPlain(value, path, isList, names);
  budget.left -= names.length;
  if (budget.left < 0) refuse(path, `made of at most ${MOST} members in all`);
  const copy = isList ? [] : {};
  for (const name of names) {
    const member = value[name];
    if (member === undefined && !isList) continue; // As optional members are written.
    const below = isList ? `[${name}]` : step(checkText(name, path));
    setOwn(copy, name, copied(member, path + below, depth + 1, budget));
  }
  return copy;
}

// Sets a member, also one of the name `__proto__`.
export function setOwn(object, name, value) {
  const rest = { enumerable: true, writable: true, configurable: true };
  if (name === "__proto__") Object.defineProperty(object, name, { __proto__: null, value, ...rest });
  else object[name] = value;
}

function checkText(text, path) {
  return isWhole(text) ? text : refuse(path, "text without half surrogate pairs: UTF-8 cannot carry them");
}

// A plain object has the prototype of its realm, or none. That of another realm is known by having no prototype itself.
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function checkPlain(value, path, isList, names) {
  const fits = isList
    ? Array.isArray(Object.getPrototypeOf(value)) && names.length === value.length && isIndex(names.at(-1), value)
    : isPlain(value);
  if (fits && typeof value.toJSON !== "function") return;
  refuse(path, `a plain ${isList ? "array without holes" : "object"}${remedy(value, isList)}`);
}

// Indices come first: if the last of as many names as there are items is one, all are.
const isIndex = (name, list) => name === undefined || name === `${list.length - 1}`;

function remedy(value, isList) {
  if (isList) return ". Pass Array.from(…)";
  if (typeof value.then === "function") return ". Await the promise";
  if (value instanceof Date) return ". Pass date.toISOString()";
  if (typeof value.toJSON === "function") return ". Pass what its toJSON() returns";
  return `. Pass ${typeof value.entries === "function" ? "Object.fromEntries(…)" : "{ ...value }, or text"}`;
}

const step = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function refuse(path, expected) {
  throw { path, expected };
}
