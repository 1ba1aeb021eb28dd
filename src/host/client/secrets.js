// Takes the secrets of a call out of what is shown of it, should a server or a host have repeated them.

const SHORTEST = 4; // Shorter ones would be found in any word.
const REDACTED = "[redacted]";

/**
 * A copy of a text, or of plain data, without the secrets.
 *
 * @param {unknown} value
 * @param {string[]} secrets
 * @returns {unknown} the value itself if there are no secrets
 */
export function withoutSecrets(value, secrets) {
  const words = forms(secrets);
  if (words.length === 0) return value;
  try {
    return cleaned(value, words);
  } catch {
    return undefined; // Too deep to be looked through, and so to be shown.
  }
}

/** Secrets as they are, and as JSON and URLs write them. Longer ones first: one may be part of another. @param {string[]} secrets */
function forms(secrets) {
  const long = secrets.filter((secret) => secret.length >= SHORTEST);
  const all = long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/**
 * @param {unknown} value
 * @param {string[]} words
 * @returns {unknown}
 */
function cleaned(value, words) {
  if (typeof value === "string") return words.reduce((text, word) => text.replaceAll(word, REDACTED), value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, words));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [`${cleaned(key, words)}`, cleaned(item, words)]),
  );
}
