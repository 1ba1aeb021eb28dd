// The plain forms a value can have that are told apart in more than one place.

const HALF_A_PAIR = /[\ud800-\udfff]/u; // It has no UTF-8 form: it would arrive as another text.

export const isString = (value) => typeof value === "string";

export const isText = (value) => typeof value === "string" && value !== "" && isWhole(value);

// Whether text is well-formed UTF-16.
export const isWhole = (text) => text.isWellFormed?.() ?? !HALF_A_PAIR.test(text); // Not every host can say so itself.

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

// Whether `items` is an array of which each passes `test`. (`every` would pass over holes.)
export function isListOf(items, test) {
  if (!Array.isArray(items)) return false;
  for (const item of items) if (!test(item)) return false;
  return true;
}

export const isAbsent = (value) => value === undefined || value === null;
