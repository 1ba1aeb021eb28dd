// The host's regular expressions say whether a pattern is one: permissions are written for JavaScript's. Matching is Rust's.

// What is wrong with a pattern, in the host's words; nothing if it is a regular expression. Never throws.
export function problemOf(pattern) {
  try {
    new RegExp(pattern);
  } catch (error) {
    return `${error?.message}`;
  }
}
