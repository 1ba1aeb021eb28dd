// The host's regular expressions say whether a pattern is one: permissions are written for JavaScript's. Matching is Rust's.

/**
 * What is wrong with a pattern, in the host's words; nothing if it is a regular expression.
 *
 * @param {string} pattern
 * @returns {string | undefined} never throws
 */
export function problemOf(pattern) {
  try {
    new RegExp(pattern);
  } catch (error) {
    return `${/** @type {any} */ (error)?.message}`;
  }
}
