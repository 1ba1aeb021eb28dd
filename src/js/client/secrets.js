// Takes the secrets of a call out of what is shown of it, should a server or a host have repeated them.

const SHORTEST = 4; // Shorter ones would be found in any word.
const REDACTED = "[redacted]";

// A copy of a text, or of plain data, without the secrets; the value itself if it holds none.
export function withoutSecrets(value, secrets) {
  const words = forms(secrets);
  if (words.length === 0) return value;
  try {
    return cleaned(value, words);
  } catch {
    return undefined; // Too deep to be looked through, and so to be shown.
  }
}

// The host's error itself, if it and what caused it hold no secret; else one that says the same without.
export function withoutSecretsInError(error, secrets) {
  const words = forms(secrets);
  try {
    if (words.length === 0 || !holds(error, words, new Set())) return error;
    const copy = new Error(cleaned(`${error.message}`, words));
    copy.name = cleaned(`${error.name}`, words);
    copy.stack = cleaned(`${error.stack}`, words);
    return copy;
  } catch {
    return undefined;
  }
}

// As they are, and as JSON and URLs write them. Longer ones first: one may be part of another.
function forms(secrets) {
  const long = secrets.filter((secret) => secret.length >= SHORTEST);
  const all = long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function cleaned(value, words) {
  if (typeof value === "string") return words.reduce((text, word) => text.replaceAll(word, REDACTED), value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, words));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleaned(key, words), cleaned(item, words)]));
}

// Whether a secret can be seen anywhere in what an inspector would show.
function holds(value, words, seen) {
  if (typeof value === "string") return words.some((word) => value.includes(word));
  if (typeof value === "function" || typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  if (value instanceof Map || value instanceof (globalThis.Headers ?? Map))
    return [...value].some((pair) => holds(pair, words, seen));
  return Reflect.ownKeys(value).some((key) => holds(`${String(key)}`, words, seen) || holds(value[key], words, seen));
}
