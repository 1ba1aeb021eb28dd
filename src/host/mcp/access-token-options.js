// Reads what an access token is checked against. A mistake in it is a mistake for every token, so it throws.
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { numberOption } from "../guard/options.js";
import { isListOf, isObject, isText } from "../validate/type-guards.js";

const NAMES = ["secrets", "jwks", "issuer", "resource", "audience", "scopes", "leeway", "now"];
const SHORTEST_SECRET = 32; // Bytes: as many as the hash has (RFC 7518, 3.2).
const MOST_SECRETS = 16; // Each is tried.
const SCOPE = /^[!#-[\]-~]+$/; // RFC 6749, 3.3.

/**
 * @typedef {object} AccessTokenSettings
 * @property {Uint8Array<ArrayBuffer>[]} secrets
 * @property {any} jwks
 * @property {string} issuer
 * @property {string} resource
 * @property {string[]} audience the values that name this resource
 * @property {string[]} scopes
 * @property {number} leeway
 * @property {number | undefined} now
 */

/**
 * @param {unknown} options
 * @param {string} [name] of the argument, for the error
 * @returns {AccessTokenSettings}
 */
export function accessTokenOptions(options, name = "options") {
  const given = readMembers(options, NAMES, name);
  const { issuer, audience = [], scopes = [], jwks } = given;
  if (!isText(issuer)) throw invalid(`${name}.issuer must be the issuer of the tokens, as they name it`);
  if (typeof jwks !== "function" && !(jwks === undefined || (isObject(jwks) && Array.isArray(jwks.keys))))
    throw invalid(`${name}.jwks must be a key set, or a function that returns one`);
  const resource = readResource(given.resource, `${name}.resource`);
  if (!isListOf(audience, isText)) throw invalid(`${name}.audience must be an array of non-empty strings`);
  return {
    secrets: readSecrets(given, `${name}.secrets`),
    jwks,
    issuer,
    resource,
    audience: [...spellings(resource), ...audience],
    scopes: readScopes(scopes, `${name}.scopes`),
    leeway: numberOption(given, "leeway", 30, 0, 300),
    now: given.now === undefined ? undefined : numberOption(given, "now", 0, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** @type {(given: Record<string, any>, name: string) => Uint8Array<ArrayBuffer>[]} */
function readSecrets({ secrets, jwks }, name) {
  if (secrets === undefined && jwks !== undefined) return [];
  if (!isListOf(secrets, isText) || secrets.length === 0 || secrets.length > MOST_SECRETS)
    throw invalid(`${name} must be an array of 1 to ${MOST_SECRETS} strings`);
  return Array.from(secrets, (/** @type {string} */ secret) => {
    const bytes = new TextEncoder().encode(secret);
    if (bytes.length < SHORTEST_SECRET) throw invalid(`${name} must each have at least ${SHORTEST_SECRET} bytes`);
    return bytes;
  });
}

/**
 * @param {unknown} scopes
 * @param {string} name
 * @returns {string[]}
 */
export function readScopes(scopes, name) {
  if (isListOf(scopes, (scope) => typeof scope === "string" && SCOPE.test(scope)))
    return [.../** @type {string[]} */ (scopes)];
  throw invalid(`${name} must be an array of scopes`);
}

/**
 * Checks a resource identifier (RFC 8707, 2). It stays as it is written: clients compare it as text.
 *
 * @param {unknown} resource
 * @param {string} name
 * @returns {string}
 */
export function readResource(resource, name) {
  if (isText(resource) && URL.canParse(resource)) {
    const { protocol, username, password } = new URL(resource);
    if (/^https?:$/.test(protocol) && !(username || password) && !/[#\s]/.test(resource)) return resource;
  }
  throw invalid(`${name} must be the absolute public URL of the MCP server, without a fragment`);
}

/**
 * A resource as clients may name it: as it is written, and as URL parsers write it. Only without a path may the slash be left out.
 *
 * @param {string} resource
 */
function spellings(resource) {
  const { href, origin, pathname, search } = new URL(resource);
  return pathname === "/" && !search ? [resource, href, origin] : [resource, href];
}
