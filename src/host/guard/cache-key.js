/**
 * Text that is equal for equal requests, whatever the order of their members.
 *
 * @param {AuthorizeRequest} request
 */
export const cacheKey = (request) => JSON.stringify(sorted(request));

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  // As pairs: an object would move integer-like names to the front, and treat `__proto__` as its prototype.
  const pairs = Object.entries(value).map(([name, member]) => /** @type {const} */ ([name, sorted(member)]));
  return { pairs: pairs.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
