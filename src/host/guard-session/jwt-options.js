// Reads the option `jwt`: which tokens of the host are accepted, and the keys for each algorithm.
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { numberOption } from "../guard/options.js";
import { own } from "../validate/own.js";

const MOST_KEYS = 32;
const SHORTEST_SECRET = 32; // Bytes: RFC 7518, section 3.2.
const SHORTEST_MODULUS = 342; // Characters of base64url: 2048 bits (RFC 7518, section 3.3).

/**
 * A key that is bound to one algorithm, whatever a token says.
 *
 * @typedef {object} BoundKey
 * @property {"HS256" | "RS256" | "ES256"} alg
 * @property {Uint8Array<ArrayBuffer> | undefined} secret
 * @property {JsonWebKey | undefined} jwk
 * @property {unknown} kid
 *
 * @typedef {ReturnType<typeof jwtOptions>} JwtSettings
 */

/** @param {unknown} options */
export function jwtOptions(options) {
  const names = ["issuer", "audience", "secrets", "keys", "typ", "leeway"];
  const given = readMembers(options, names, "options.jwt");
  for (const name of ["issuer", "audience"])
    if (typeof given[name] !== "string" || given[name] === "")
      throw invalid(`options.jwt.${name} must be a non-empty string`);
  if (given.typ !== undefined && typeof given.typ !== "string") throw invalid("options.jwt.typ must be a string");
  const keys = [...listOf(given, "secrets").map(secretKey), ...listOf(given, "keys").map(publicKey)];
  if (keys.length === 0 || keys.length > MOST_KEYS)
    throw invalid(`options.jwt must have secrets or keys, ${MOST_KEYS} at most`);
  return {
    issuer: /** @type {string} */ (given.issuer),
    audience: /** @type {string} */ (given.audience),
    typ: /** @type {string | undefined} */ (given.typ),
    leeway: numberOption(given, "leeway", 5, 0, 300, 0),
    keys,
  };
}

/**
 * @param {Record<string, any>} given
 * @param {string} name
 * @returns {unknown[]}
 */
function listOf(given, name) {
  const list = given[name] ?? [];
  if (!Array.isArray(list)) throw invalid(`options.jwt.${name} must be an array`);
  return list;
}

/**
 * @param {unknown} given
 * @returns {BoundKey}
 */
function secretKey(given) {
  const secret = typeof given === "string" ? new TextEncoder().encode(given) : given;
  if (!(secret instanceof Uint8Array) || secret.length < SHORTEST_SECRET)
    throw invalid(`options.jwt.secrets must hold strings or bytes, of ${SHORTEST_SECRET} bytes or more`);
  // A public key as a secret would let anybody sign.
  if (typeof given === "string" && given.includes("-----BEGIN"))
    throw invalid("options.jwt.secrets must not hold a PEM key: put the public key into options.jwt.keys, as a JWK");
  return { alg: "HS256", secret: new Uint8Array(secret), jwk: undefined, kid: undefined };
}

/**
 * @param {any} given
 * @returns {BoundKey}
 */
function publicKey(given) {
  const get = (/** @type {string} */ name) =>
    typeof given === "object" && given !== null ? own(given, name) : undefined;
  const isRsa = get("kty") === "RSA" && `${get("n")}`.length >= SHORTEST_MODULUS;
  const isEc = get("kty") === "EC" && get("crv") === "P-256";
  const alg = isRsa ? "RS256" : "ES256";
  if (!(isRsa || isEc) || (get("alg") ?? alg) !== alg || (get("use") ?? "sig") !== "sig" || get("d") !== undefined)
    throw invalid("options.jwt.keys must hold public JWKs for RS256 (2048 bits or more) or ES256 (P-256)");
  const jwk = isRsa ? { kty: "RSA", n: get("n"), e: get("e") } : { kty: "EC", crv: "P-256", x: get("x"), y: get("y") };
  return { alg, secret: undefined, jwk, kid: get("kid") };
}
