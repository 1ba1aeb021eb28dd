// Verifies the signature and the claims of an access token.
// It is a separate file in the package: guards of agents alone do not load it.
/** @import { AccessToken } from "./entry.js" */
/** @import { AccessTokenSettings } from "./access-token-options.js" */
/** @import { Jwt } from "../jwt/read-jwt.js" */
import { invalid } from "../errors/light.js";
import { readJwt } from "../jwt/read-jwt.js";
import { own } from "../validate/own.js";
import { isListOf, isString, isText } from "../validate/type-guards.js";
import { keysFor, PUBLIC_KEY_ALGORITHMS } from "./public-keys.js";

// RFC 9068, 4. Upstream takes any: an ID token would do.
const TYPES = ["at+jwt", "application/at+jwt"];
const LATEST = 8.64e12; // In seconds: no date is later.
const HMAC = { name: "HMAC", hash: "SHA-256" };

/**
 * Makes the function that verifies tokens. It keeps the keys, and nothing of any token.
 *
 * @param {AccessTokenSettings} settings
 * @returns {(token: string) => Promise<AccessToken>}
 */
export function tokenVerifier(settings) {
  const { subtle } = crypto;
  /** @type {CryptoKey[]} */
  const secrets = [];

  /** @type {(algorithm: any, key: CryptoKey, jwt: Jwt) => Promise<boolean>} */
  const isSigned = (algorithm, key, { signature, signed }) => subtle.verify(algorithm, key, signature, signed);

  /** @param {Jwt} jwt */
  async function isSignedBySecret(jwt) {
    // The host compares signatures in constant time, and each secret is tried whatever the result of the others.
    let found = false;
    for (let at = 0; at < settings.secrets.length; at++) {
      secrets[at] ??= await subtle.importKey("raw", settings.secrets[at], HMAC, false, ["verify"]);
      if (await isSigned(HMAC, secrets[at], jwt)) found = true;
    }
    return found;
  }

  /** @param {boolean} isUnknownKey */
  async function keySet(isUnknownKey) {
    const { jwks } = settings;
    try {
      return typeof jwks === "function" ? await jwks(isUnknownKey) : jwks;
    } catch {
      throw invalid("the key set cannot be read", "NETWORK_ERROR"); // No fault of the token.
    }
  }

  /** @param {Jwt} jwt */
  async function isSignedByKey(jwt) {
    const { alg, kid } = jwt.header;
    const { algorithm } = PUBLIC_KEY_ALGORITHMS[alg];
    let keys = keysFor(await keySet(false), alg, kid);
    if (keys.length === 0) keys = keysFor(await keySet(true), alg, kid);
    for (const key of keys) {
      const imported = await subtle.importKey("jwk", key, algorithm, false, ["verify"]).catch(() => undefined);
      if (imported && (await isSigned(algorithm, imported, jwt))) return true;
    }
    return false;
  }

  return async (token) => {
    const jwt = readJwt(token);
    const [alg, typ, crit, kid] = ["alg", "typ", "crit", "kid"].map((name) => own(jwt?.header ?? {}, name));
    // The settings choose the algorithms; a token chooses among those only.
    const isByKey = settings.jwks !== undefined && isString(alg) && Object.hasOwn(PUBLIC_KEY_ALGORITHMS, alg);
    const isBySecret = settings.secrets.length > 0 && alg === "HS256";
    if (!jwt || !(isByKey || isBySecret)) throw refused("is malformed, or has another algorithm");
    if (!TYPES.includes(typ) || crit !== undefined || !(kid === undefined || isText(kid)))
      throw refused("is of another type");
    if (!(await (isByKey ? isSignedByKey : isSignedBySecret)(jwt))) throw refused("has no valid signature");
    return checkClaims(jwt.claims, settings, isByKey);
  };
}

/**
 * @param {Record<string, any>} claims
 * @param {AccessTokenSettings} settings
 * @param {boolean} isByKey whether the issuer is not KavachOS: some name the client `azp`
 * @returns {AccessToken}
 */
function checkClaims(claims, { issuer, resource, audience, scopes: required, leeway, now: fixed }, isByKey) {
  const now = fixed ?? Date.now() / 1000;
  const [iss, sub, jti, exp, iat, nbf = 0, scope = ""] = ["iss", "sub", "jti", "exp", "iat", "nbf", "scope"].map(
    (name) => own(claims, name),
  );
  const clientId = own(claims, "client_id") ?? (isByKey ? own(claims, "azp") : undefined);
  if (iss !== issuer) throw refused("is of another issuer");
  if (![sub, clientId, jti].every(isText)) throw refused("lacks sub, client_id or jti");
  if (!isString(scope)) throw refused("has no valid scope");
  if (![exp, iat, nbf].every(isTime) || iat < 0) throw refused("lacks exp or iat");
  if (Math.max(iat, nbf) > now + leeway) throw refused("is not valid yet");
  if (exp <= now - leeway) throw refused("is expired", "TOKEN_EXPIRED");

  const [aud, named = audience[0]] = ["aud", "resource"].map((name) => own(claims, name));
  const audiences = /** @type {unknown[]} */ ([]).concat(aud);
  const isForUs = isListOf(audiences, isString) && audience.some((one) => audiences.includes(one));
  if (!isForUs || !audience.includes(named)) throw refused("is for another resource", "INVALID_AUDIENCE");

  const scopes = scope.split(" ").filter(Boolean);
  const missing = required.filter((one) => !scopes.includes(one));
  if (missing.length > 0) throw insufficientScope(missing, required, scopes);
  const expiresAt = new Date(exp * 1000).toISOString();
  return { userId: sub, clientId, scopes, resource, expiresAt, tokenId: jti };
}

/** @param {unknown} value */
const isTime = (value) => typeof value === "number" && Math.abs(value) <= LATEST;

/** No part of the token is in the error. @param {string} problem */
const refused = (problem, code = "INVALID_TOKEN") => invalid(`the access token ${problem}`, code);

/** @type {(missing: string[], required: string[], present: string[]) => Error} */
const insufficientScope = (missing, required, present) =>
  Object.assign(refused(`lacks a scope: ${missing.join(" ")}`, "INSUFFICIENT_SCOPE"), {
    details: { required, present },
  });
