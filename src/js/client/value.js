// What Rust asks of a JavaScript value, one crossing a question.

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
  return object[key];
}
