// Functions that are passed to `Array.prototype.map` get an index where they take options: `resources.map(read)`.

/**
 * An optional argument, or nothing where it is the index of such a call.
 *
 * @param {unknown} argument
 * @param {unknown} array the third argument of the call
 */
export const withoutIndex = (argument, array) =>
  typeof argument === "number" && Array.isArray(array) ? undefined : argument;
