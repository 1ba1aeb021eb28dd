// What Rust asks of a JavaScript value, one crossing a question.

const ABSENT = 0;
const FLAG = 1;
const NUMBER = 2;
const TEXT = 3;
const DATE = 4;
const LIST = 5;
const OBJECT = 6;
const OTHER = 7;

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
    if (value instanceof Date) return typeof value.toJSON() === "string" ? DATE : OTHER; // Null where it is out of range.
    return OBJECT;
  } catch {
    return OTHER; // A proxy that throws, or a Date by its prototype alone.
  }
}

export function member(object, key) {
  return object[key];
}

// The pairs of a Headers, a Map or a plain object.
export function entries(value) {
  if (typeof value !== "object") throw new TypeError();
  const pairs = typeof value[Symbol.iterator] === "function" ? Array.from(value) : Object.entries(value);
  return pairs.map(([name, content]) => [name, content]);
}

// A copy with one member set, or left out for `undefined`. Its argument stays as it is.
export function withMember(value, key, member) {
  const copy = Array.isArray(value) ? value.slice() : { ...value };
  if (member === undefined) delete copy[key];
  else copy[key] = member;
  return copy;
}
