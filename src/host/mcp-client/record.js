// What is kept of an MCP client between two visits. What comes from a storage is read as what anybody may have written there.
import { isToken } from "../session/record.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { isAllowed, urlOf } from "./urls.js";

/**
 * Where tokens come from: what a refresh goes to, whatever is discovered later.
 *
 * @typedef {object} Grant
 * @property {string} issuer
 * @property {string} endpoint
 * @property {string} client
 * @property {string} resource
 * @property {string} asked the scopes that were asked for
 * @property {number} at when it was begun, or the tokens were issued
 * @property {boolean} [json] whether the endpoint takes JSON alone
 * @property {boolean} [post] whether it takes a client secret in the body alone
 */

/** @typedef {Grant & { state: string, verifier: string, iss: boolean }} Pending `iss`: whether the answer must name its issuer */

/** @typedef {Grant & { access: string, refresh?: string, expires?: number, scope: string, isNew: boolean }} Tokens */

/**
 * @typedef {object} Stored
 * @property {number} stamp
 * @property {{ issuer: string, id: string, redirect: string } | undefined} client as it is registered
 * @property {Tokens | undefined} tokens
 * @property {Pending[]} pending authorizations that were begun
 */

const GRANT = ["issuer", "endpoint", "client", "resource", "asked"];

/** @param {Stored} stored */
export const written = (stored) => JSON.stringify({ v: 1, ...stored });

/**
 * @param {unknown} value what a storage returns
 * @param {import("./options.js").Settings} settings
 * @returns {Stored | undefined} nothing if it cannot be read
 */
export function read(value, settings) {
  try {
    const found = JSON.parse(/** @type {string} */ (value));
    const stamp = own(found, "stamp");
    if (own(found, "v") !== 1 || !Number.isFinite(stamp)) return undefined;
    const tokens = grantIn(own(found, "tokens"), ["access", "scope"], settings);
    const pending = own(found, "pending");
    return {
      stamp,
      client: textsIn(own(found, "client"), ["issuer", "id", "redirect"]),
      tokens: isToken(tokens?.access) ? tokens : undefined,
      pending: (Array.isArray(pending) ? pending : [])
        .map((item) => grantIn(item, ["state", "verifier"], settings))
        .filter((item) => item),
    };
  } catch {
    return undefined;
  }
}

/**
 * @param {any} value
 * @param {string[]} names
 * @param {import("./options.js").Settings} settings
 * @returns {any} undefined unless it is of this resource, and of the issuer that the options name
 */
function grantIn(value, names, { resource, issuer = own(value ?? {}, "issuer"), isLocal }) {
  const grant = textsIn(value, [...names, ...GRANT]);
  if (!grant || grant.issuer !== issuer || !isAllowed(urlOf(grant.endpoint), isLocal)) return undefined;
  if (urlOf(grant.resource)?.href !== urlOf(resource)?.href) return undefined;
  for (const name of ["at", "expires", "json", "post", "iss", "isNew"]) grant[name] = own(value, name);
  const refresh = own(value, "refresh");
  grant.refresh = isToken(refresh) ? refresh : undefined;
  return grant;
}

/**
 * The members of these names, if all of them are text.
 *
 * @param {unknown} value
 * @param {string[]} names
 * @returns {any}
 */
function textsIn(value, names) {
  if (!isObject(value) || names.some((name) => typeof own(value, name) !== "string")) return undefined;
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
