// Public keys of an issuer that signs with them (RFC 7517): those that fit a token, and a set that is fetched.
/** @import { JsonWebKeySet } from "./entry.js" */
import { invalid } from "../errors/light.js";
import { own } from "../validate/own.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { fetchJson } from "./fetch-json.js";

const COOLDOWN = 30_000; // Between fetches because of unknown keys: anyone can make up key ids.
const SHORTEST_MODULUS = 342; // Letters of 2048 bits in base64url (RFC 7518, 3.3).

/**
 * The algorithms of public keys, by their names in tokens.
 *
 * @type {Record<string, { kty: string, members: string[], algorithm: any }>}
 */
export const PUBLIC_KEY_ALGORITHMS = {
  RS256: { kty: "RSA", members: ["n", "e"], algorithm: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } },
  ES256: { kty: "EC", members: ["crv", "x", "y"], algorithm: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } },
};

/**
 * The keys of a set that may have signed a token.
 *
 * @param {any} set
 * @param {string} alg a name in `PUBLIC_KEY_ALGORITHMS`
 * @param {unknown} kid of the token, or undefined: then the set must have one key for the algorithm
 * @returns {any[]} public keys, with nothing but what makes the key
 */
export function keysFor(set, alg, kid) {
  const { kty, members } = PUBLIC_KEY_ALGORITHMS[alg];
  const keys = own(set ?? {}, "keys");
  const fitting = (Array.isArray(keys) ? keys : []).filter((key) => {
    if (typeof key !== "object" || !key || members.some((name) => typeof own(key, name) !== "string")) return false;
    const [type, use = "sig", of = alg, uses = ["verify"]] = ["kty", "use", "alg", "key_ops"].map((name) =>
      own(key, name),
    );
    const isMeant = type === kty && use === "sig" && of === alg && uses.includes?.("verify");
    const isStrong = key.n ? key.n.length >= SHORTEST_MODULUS : key.crv === "P-256";
    return isMeant && isStrong && (kid === undefined || own(key, "kid") === kid);
  });
  if (kid === undefined && fitting.length > 1) return [];
  return fitting.map((key) => Object.fromEntries([["kty", kty], ...members.map((name) => [name, key[name]])]));
}

/** @type {typeof import("./entry.js").remoteKeySet} */
export function remoteKeySet(address, options) {
  const { fetch, maxAge, timeout } = smallOptions(options ?? {}, {
    fetch: [(value) => value === undefined || typeof value === "function", "a function"],
    maxAge: [(value) => isAmount(value) && value <= 86_400_000, "at most a day in milliseconds", 600_000],
    timeout: [(value) => isAmount(value) && value <= 60_000, "at most a minute in milliseconds", 5_000],
  });
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))))
    throw invalid("url must be an https URL, or one of this machine");
  /** @type {JsonWebKeySet | undefined} */
  let known;
  let fetchedAt = 0;

  // Concurrent calls may fetch at the same time: on Workers no promise may be shared between requests.
  return async (isUnknownKey) => {
    const age = Math.abs(Date.now() - fetchedAt); // A clock that is put back does not prolong it.
    if (known && age < (isUnknownKey ? Math.min(COOLDOWN, maxAge) : maxAge)) return known;
    const set = await fetchJson(fetch, url.href, timeout);
    if (!Array.isArray(own(set, "keys"))) throw invalid("the key set cannot be read", "DECODE_ERROR");
    fetchedAt = Date.now();
    known = set;
    return set;
  };
}

/** Whether a URL is one of this machine. @param {URL} url */
export const isLoopback = ({ hostname }) => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
