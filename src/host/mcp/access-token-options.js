// Reads what an access token is checked against. A mistake in it is a mistake for every token, so it throws.
import { invalid } from "../errors/light.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { isListOf, isText } from "../validate/type-guards.js";

/** @typedef {import("../validate/small-options.js").Option} Option */

const SCOPE = /^[!#-[\]-~]+$/; // RFC 6749, 3.3.
const encoder = new TextEncoder();

// As many bytes as the hash has (RFC 7518, 3.2).
/** @type {Option[0]} */
const isSecret = (value) => isText(value) && encoder.encode(value).length > 31;
/** @type {(test: (value: any) => boolean) => Option[0]} */
const optional = (test) => (value) => value === undefined || test(value);

/** @type {Option} */
export const TEXTS = [(value) => isListOf(value, isText), "an array of non-empty strings", []];
/** @type {Option} */
export const SCOPES = [
  (value) => isListOf(value, (scope) => isText(scope) && SCOPE.test(scope)),
  "an array of scopes",
  [],
];

/**
 * A resource identifier (RFC 8707, 2). It stays as it is written: clients compare it as text.
 *
 * @type {Option}
 */
export const RESOURCE = [
  (value) => isText(value) && /^https?:\/\/[^\s#@/?]+(?:[/?][^\s#]*)?$/.test(value) && URL.canParse(value),
  "the public URL of the MCP server, no fragment",
];

/** @type {Record<string, Option>} */
export const ACCESS_TOKENS = {
  secrets: [
    // Each is tried.
    optional((value) => isListOf(value, isSecret) && value.length > 0 && value.length < 17),
    "1 to 16 strings of at least 32 bytes",
  ],
  jwks: [
    optional((value) => typeof value === "function" || Array.isArray(value.keys)),
    "a key set, or a function that returns one",
  ],
  issuer: [isText, "the issuer, as tokens name it"],
  audience: TEXTS,
  scopes: SCOPES,
  leeway: [(value) => isAmount(value) && value <= 300, "at most 300 seconds", 30],
};

/** @type {Record<string, Option>} */
const ALONE = { ...ACCESS_TOKENS, resource: RESOURCE, now: [optional(isAmount), "a time in seconds"] };

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

/** @type {(options: unknown) => AccessTokenSettings} */
export const accessTokenOptions = (options) => accessTokenSettings(smallOptions(options, ALONE));

/**
 * @param {any} read valid options
 * @returns {AccessTokenSettings}
 */
export function accessTokenSettings({ secrets, ...read }) {
  if (!secrets && !read.jwks) throw invalid("options.secrets must be there, or jwks");
  const { href, origin, pathname, search } = new URL(read.resource);
  // As it is written, and as URL parsers write it. Only without a path may the slash be left out.
  const spellings = [read.resource, href, ...(pathname + search === "/" ? [origin] : [])];
  return {
    ...read,
    secrets: Array.from(secrets ?? [], (/** @type {string} */ secret) => encoder.encode(secret)),
    audience: [...spellings, ...read.audience],
    scopes: [...read.scopes],
  };
}
