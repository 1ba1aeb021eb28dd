// What Rust asks of a JavaScript value, one crossing a question.

import { own } from "../validate/own.js";

const ABSENT = 0;
const FLAG = 1;
const NUMBER = 2;
const TEXT = 3;
const LIST = 4;
const OBJECT = 5;
const OTHER = 6;

export function kind(value) {
  switch (typeof value) {
    case "string":
      return TEXT;
    case "object":
      return value === null ? ABSENT : kindOfObject(value);
    case "number":
      return Number.isFinite(value) ? NUMBER : OTHER;
    case "boolean":
      return FLAG;
    case "undefined":
      return ABSENT;
    default:
      return OTHER;
  }
}

function kindOfObject(value) {
  try {
    if (Array.isArray(value)) return value.length >= 0 ? LIST : OTHER;
    return value instanceof Date ? OTHER : OBJECT;
  } catch {
    return OTHER; // A proxy that throws.
  }
}

export function member(object, key) {
  return own(object, key);
}

// As JSON, if that is the text of an object. It throws on cycles, and a `toJSON` can make anything of a value.
export function objectText(value) {
  try {
    const text = JSON.stringify(value);
    return text?.[0] === "{" ? text : undefined;
  } catch {
    return undefined;
  }
}

// The JSON text of an object that has members, with one more before them.
export function ledBy(text, name, value) {
  return `{${JSON.stringify(name)}:${JSON.stringify(value)},${text.slice(1)}`;
}
