// Copies free-form values (`arguments`, `metadata`) as JSON will carry them. Every member is read once. A value that JSON would
// change or drop is refused: what decides about it must see what the server sees.
import { below, Mismatch } from "./mismatch.js";
import { isWellFormed } from "./type-guards.js";

const DEEPEST = 100;
const MOST = 1_000_000; // Members in all. Shared parts count each time they stand in the text.

/**
 * A copy of a free-form value.
 *
 * @param {unknown} value
 * @returns {unknown}
 * @throws {Mismatch} for a value that would not arrive as it is
 */
export function plainCopy(value) {
  return copied(value, 0, { left: MOST });
}

/**
 * @param {any} value
 * @param {number} depth
 * @param {{ left: number }} budget
 * @returns {any}
 */
function copied(value, depth, budget) {
  if (typeof value === "string") return checkText(value);
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value !== "object") {
    const what = typeof value === "number" ? value : typeof value;
    throw new Mismatch(`a value that JSON can carry, not ${what}. Pass null or text`);
  }
  if (depth === DEEPEST) throw new Mismatch(`nested at most ${DEEPEST} levels deep, without cycles`);
  const names = Object.keys(value);
  const isList = Array.isArray(value);
  checkPlain(value, isList, names);
  budget.left -= names.length;
  if (budget.left < 0) throw new Mismatch(`made of at most ${MOST} members in all`);
  /** @type {any} */
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

/**
 * Sets a member, also one of the name `__proto__`.
 *
 * @param {any} object
 * @param {string} name
 * @param {unknown} value
 */
export function setOwn(object, name, value) {
  if (name !== "__proto__") object[name] = value;
  else {
    const flags = { enumerable: true, writable: true, configurable: true };
    Object.defineProperty(object, name, /** @type {any} */ ({ __proto__: null, value, ...flags }));
  }
}

/** @param {string} text */
function checkText(text) {
  if (!isWellFormed(text)) throw new Mismatch("text without half surrogate pairs: UTF-8 cannot carry them");
  return text;
}

/**
 * Whether an object has the prototype of plain objects, or none. That of another realm is known by having no prototype itself.
 *
 * @param {object} value
 */
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * @param {any} value
 * @param {boolean} isList
 * @param {string[]} names
 */
function checkPlain(value, isList, names) {
  const fits = isList
    ? Array.isArray(Object.getPrototypeOf(value)) && names.length === value.length && isIndex(names.at(-1), value)
    : isPlain(value);
  if (fits && typeof value.toJSON !== "function") return;
  throw new Mismatch(`a plain ${isList ? "array without holes" : "object"}${remedy(value, isList)}`);
}

/**
 * Whether the last name is the last index. Indices come first: if the last of as many names as there are items is one, all are.
 *
 * @param {string | undefined} name
 * @param {unknown[]} list
 */
const isIndex = (name, list) => name === undefined || name === `${list.length - 1}`;

/**
 * @param {any} value
 * @param {boolean} isList
 */
function remedy(value, isList) {
  if (isList) return ". Pass Array.from(…)";
  if (typeof value.then === "function") return ". Await the promise";
  if (value instanceof Date) return ". Pass date.toISOString()";
  if (typeof value.toJSON === "function") return ". Pass what its toJSON() returns";
  return `. Pass ${typeof value.entries === "function" ? "Object.fromEntries(…)" : "{ ...value }, or text"}`;
}

/**
 * @param {string} name
 * @param {boolean} isList
 */
const step = (name, isList) => {
  if (isList) return `[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
};
