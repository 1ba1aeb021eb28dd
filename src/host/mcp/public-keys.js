// The public keys of a set (RFC 7517) that fit a token.
import { own } from "../validate/own.js";

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
