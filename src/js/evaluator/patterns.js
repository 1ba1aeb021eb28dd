// Regular expressions, which are the host's: permissions are written for JavaScript's.

const PATTERNS = 256; // A policy has a few; making one takes longer than trying it.
const patterns = new Map();

// Whether the pattern is found in the text; or what is wrong with the pattern, in the host's words.
export function search(pattern, text) {
  const known = patterns.get(pattern) ?? made(pattern);
  return typeof known === "string" ? known : known.test(text);
}

function made(pattern) {
  let found;
  try {
    found = new RegExp(pattern);
  } catch (error) {
    found = String(error?.message);
  }
  if (patterns.size >= PATTERNS) patterns.clear();
  patterns.set(pattern, found);
  return found;
}
