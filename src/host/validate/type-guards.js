// The plain types that values are distinguished by.

const LONE_SURROGATE = /[\ud800-\udfff]/u; // It has no UTF-8 form: it would arrive as another text.

/** @param {unknown} value @returns {value is string} */
export const isString = (value) => typeof value === "string";

/** Whether a value is text that is not empty and arrives as it is. @param {unknown} value @returns {value is string} */
export const isText = (value) => typeof value === "string" && value !== "" && isWellFormed(value);

/** Whether text is well-formed UTF-16. @param {string} text */
export const isWellFormed = (text) => text.isWellFormed?.() ?? !LONE_SURROGATE.test(text); // Not every host can say so itself.

/** Whether a value is an object other than an array or a date. @param {unknown} value @returns {value is Record<string, unknown>} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/**
 * Whether a value is an array of which each item passes `test`. (`every` would pass over holes.)
 *
 * @param {unknown} items
 * @param {(item: unknown) => boolean} test
 */
export function isListOf(items, test) {
  if (!Array.isArray(items)) return false;
  for (const item of items) if (!test(item)) return false;
  return true;
}

/** @param {unknown} value @returns {value is null | undefined} */
export const isAbsent = (value) => value === undefined || value === null;
