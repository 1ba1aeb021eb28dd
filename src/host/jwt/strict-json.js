// Parses JSON that every parser reads alike. Where parsers differ, one that decides and one that acts would see different calls.

const DEEPEST = 64;

/**
 * Parses JSON of a bounded depth, in which no object has two members of the same name: parsers differ in which of them counts.
 *
 * @param {string} text
 * @returns {any}
 * @throws {SyntaxError}
 */
export function parseStrictly(text) {
  const written = countMembers(text);
  const value = JSON.parse(text);
  if (written !== ownMembers(value)) throw new SyntaxError("a member occurs twice");
  return value;
}

/**
 * Counts the members as they are written: each has one colon outside of strings.
 *
 * @param {string} text if it is not valid JSON, the number means nothing
 */
function countMembers(text) {
  let members = 0;
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isString) {
      if (letter === "\\") at++;
      else if (letter === '"') isString = false;
    } else if (letter === '"') isString = true;
    else if (letter === ":") members++;
    else if (letter === "{" || letter === "[") {
      if (++depth > DEEPEST) throw new SyntaxError("nested too deeply");
    } else if (letter === "}" || letter === "]") depth--;
  }
  return members;
}

/**
 * @param {unknown} value
 * @returns {number}
 */
function ownMembers(value) {
  if (typeof value !== "object" || value === null) return 0;
  const parts = Object.values(value);
  let members = Array.isArray(value) ? 0 : parts.length;
  for (const part of parts) members += ownMembers(part);
  return members;
}
