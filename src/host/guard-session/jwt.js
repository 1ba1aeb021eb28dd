// Verifies tokens of the host offline, by WebCrypto (RFC 7515, 7519, 8725).
/** @import { BoundKey, JwtSettings } from "./jwt-options.js" */
import { readJwt } from "../jwt/read-jwt.js";
import { own } from "../validate/own.js";

const ALGORITHMS = {
  HS256: { name: "HMAC", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};
const LATEST = 253_402_300_799; // The end of the year 9999, in seconds.

/**
 * Whether a token claims to be the host's. Such a token is verified here, and nowhere else.
 *
 * @param {string} token
 * @param {string} issuer
 */
export function isIssuedBy(token, issuer) {
  const jwt = readJwt(token);
  return jwt !== undefined && own(jwt.claims, "iss") === issuer;
}

/**
 * @param {string} token
 * @param {JwtSettings} settings
 * @returns {Promise<Record<string, any> | undefined>} the claims of a valid token
 */
export async function verifiedClaims(token, { issuer, audience, typ, leeway, keys }) {
  const jwt = readJwt(token);
  if (!jwt || !isAccepted(jwt.header, typ)) return undefined;
  const { header, claims, signature, signed } = jwt;
  const kid = own(header, "kid");
  const alg = own(header, "alg");
  let isSigned = false;
  for (const key of keys) {
    // The key decides the algorithm: a token cannot turn a public key into a secret.
    const isMeant = key.alg === alg && (kid === undefined || key.kid === undefined || key.kid === kid);
    if (isMeant && !isSigned) isSigned = await isSignedBy(key, signature, signed);
  }
  return isSigned && areCurrent(claims, leeway, issuer, audience) ? claims : undefined;
}

/**
 * Whether the header is that of a session token. A token of another type, such as an access token (`at+jwt`), is none.
 *
 * @param {object} header
 * @param {string | undefined} wanted
 */
function isAccepted(header, wanted) {
  const typ = own(header, "typ");
  if (Object.hasOwn(header, "crit")) return false;
  if (wanted !== undefined) return typ === wanted;
  return typ === undefined || (typeof typ === "string" && typ.toLowerCase() === "jwt");
}

/**
 * @param {object} claims
 * @param {number} leeway
 * @param {string} issuer
 * @param {string} audience
 */
function areCurrent(claims, leeway, issuer, audience) {
  const get = (/** @type {string} */ name) => own(claims, name);
  const now = Date.now() / 1000;
  const isPast = (/** @type {any} */ time) => time === undefined || (Number.isFinite(time) && time <= now + leeway);
  const audiences = [get("aud")].flat();
  return (
    get("iss") === issuer &&
    audiences.includes(audience) &&
    Number.isFinite(get("exp")) &&
    get("exp") > now - leeway &&
    get("exp") <= LATEST &&
    isPast(get("nbf")) &&
    isPast(get("iat")) &&
    typeof get("sub") === "string" &&
    get("sub") !== ""
  );
}

/**
 * @param {BoundKey} key
 * @param {Uint8Array<ArrayBuffer>} signature
 * @param {Uint8Array<ArrayBuffer>} signed
 */
async function isSignedBy({ alg, secret, jwk }, signature, signed) {
  const algorithm = ALGORITHMS[alg];
  const { subtle } = crypto;
  const key = await (secret
    ? subtle.importKey("raw", secret, algorithm, false, ["verify"])
    : subtle.importKey("jwk", /** @type {JsonWebKey} */ (jwk), algorithm, false, ["verify"]));
  return subtle.verify(algorithm, key, signature, signed);
}
