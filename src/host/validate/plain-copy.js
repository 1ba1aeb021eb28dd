// Copies free-form values (`arguments`, `metadata`) as JSON will carry them. Every member is read once. A value that JSON
// would change or drop is refused: whoever decides about it must see what the server sees.
import { isWhole } from "./forms.js";

const DEEPEST = 100;
const MOST = 1_000_000; // Members in all. Shared parts count each time they stand in the text.

// A copy. Throws `{ path, expected }` for a value that does not arrive as it is.
export function plainCopy(value) {
  return copied(value, 0, { left: MOST });
}

function copied(value, depth, budget) {
  if (typeof value === "string") return checkText(value);
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value !== "object") {
    const what = typeof value === "number" ? value : typeof value;
    refuse(`a value that JSON can carry, not ${what}. Pass null or text`);
  }
  if (depth === DEEPEST) refuse(`nested at most ${DEEPEST} levels deep, without cycles`);
  const names = Object.keys(value);
  const isList = Array.isArray(value);
  checkPlain(value, isList, names);
  budget.left -= names.length;
  if (budget.left < 0) refuse(`made of at most ${MOST} members in all`);
  const copy = isList ? [] : {};
  for (const name of names) {
    const member = value[name];
    if (member === undefined && !isList) continue; // As optional members are written.
    if (!isList) checkText(name);
    try {
      setOwn(copy, name, copied(member, depth + 1, budget));
    } catch (problem) {
      throw below(step(name, isList), problem);
    }
  }
  return copy;
}

// What has been found at `step` of a value. Whatever else has been thrown stays as it is.
export function below(step, found) {
  if (typeof found?.path === "string") found.path = step + found.path;
  return found;
}

// Sets a member, also one of the name `__proto__`.
export function setOwn(object, name, value) {
  if (name !== "__proto__") object[name] = value;
  else
    Object.defineProperty(object, name, {
      __proto__: null,
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function checkText(text) {
  return isWhole(text) ? text : refuse("text without half surrogate pairs: UTF-8 cannot carry them");
}

// A plain object has the prototype of its realm, or none. That of another realm is known by having no prototype itself.
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function checkPlain(value, isList, names) {
  const fits = isList
    ? Array.isArray(Object.getPrototypeOf(value)) && names.length === value.length && isIndex(names.at(-1), value)
    : isPlain(value);
  if (fits && typeof value.toJSON !== "function") return;
  refuse(`a plain ${isList ? "array without holes" : "object"}${remedy(value, isList)}`);
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

const step = (name, isList) => {
  if (isList) return `[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
};

function refuse(expected) {
  throw { path: "", expected };
}
