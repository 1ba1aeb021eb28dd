// Reads the options of `createMcpClient`.
import { invalid } from "../errors/light.js";
import { RESOURCE, SCOPES } from "../mcp/access-token-options.js";
import { isToken } from "../session/record.js";
import { own } from "../validate/own.js";
import { isAmount, smallOptions } from "../validate/small-options.js";
import { isListOf, isObject, isText } from "../validate/type-guards.js";
import { isAllowed, urlOf } from "./urls.js";

/** @typedef {import("../validate/small-options.js").Option} Option */

/** @type {(test: (value: any) => boolean, expected: string) => Option} */
const optional = (test, expected) => [(value) => value === undefined || test(value), expected];
const isFunction = (/** @type {unknown} */ value) => typeof value === "function";
const isUrl = (/** @type {unknown} */ value) => isText(value) && isAllowed(urlOf(value), true) && !value.includes("#");
const URL_TEXT = "an https URL, or one of this machine, without a fragment";
const TEXT = optional(isText, "a non-empty string");
const PLACE = optional(isUrl, URL_TEXT);

/** @type {Record<string, Option>} */
const KNOWN = {
  url: [isUrl, URL_TEXT],
  resource: optional(RESOURCE[0], RESOURCE[1]),
  redirectUrl: PLACE,
  clientName: [isText, "a non-empty string", "KavachOS MCP client"],
  clientId: TEXT,
  clientSecret: TEXT,
  clientMetadataUrl: PLACE,
  scopes: SCOPES,
  issuer: PLACE,
  mount: PLACE,
  origins: [(value) => isListOf(value, (origin) => urlOf(origin)?.origin === origin), "an array of origins", []],
  storage: optional(
    (value) => ["memory", "session", "local"].includes(value) || isFunction(value.getItem),
    '"memory", "session", "local" or have getItem and setItem',
  ),
  key: TEXT,
  redirect: optional(isFunction, "a function"),
  json: [(value) => typeof value === "boolean", "a boolean", false],
  resourceOnRefresh: [(value) => typeof value === "boolean", "a boolean", true],
  fetch: optional(isFunction, "a function"),
  timeout: [(value) => isAmount(value) && value > 0 && value <= 60_000, "at most a minute in milliseconds", 10_000],
  token: optional((value) => isFunction(value) || isToken(value), "a token, or a function that returns one"),
};

/**
 * @typedef {object} Settings
 * @property {URL} url of the MCP server
 * @property {string} resource as it is written: servers compare it as text
 * @property {boolean} isLocal whether the MCP server is on this machine
 * @property {string} redirectUrl
 * @property {string} clientName
 * @property {string | undefined} clientId
 * @property {string | undefined} clientSecret
 * @property {string | undefined} clientMetadataUrl
 * @property {string[]} scopes
 * @property {string | undefined} issuer
 * @property {string | undefined} mount
 * @property {string[]} origins
 * @property {any} storage
 * @property {string} key
 * @property {((url: URL) => unknown) | undefined} redirect
 * @property {boolean} json
 * @property {boolean} resourceOnRefresh
 * @property {(url: string, init: any) => Promise<any>} send
 * @property {number} timeout
 * @property {any} token
 */

/**
 * @param {any} options
 * @param {import("../session/host.js").Host} host
 * @returns {Settings}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function mcpClientOptions(options, { isBrowser }) {
  const address = isObject(options) && own(options, "url");
  const given = address instanceof URL ? { ...options, url: address.href } : options;
  const { fetch, url, ...read } = smallOptions(given, KNOWN);
  const { resource = url, token, redirectUrl, clientSecret } = read;
  const target = new URL(url);
  if (!token === !redirectUrl) throw invalid("options.redirectUrl must be there, or token, and not both");
  if (redirectUrl && !globalThis.crypto?.subtle) throw invalid("authorization needs crypto.subtle", "NOT_SUPPORTED");
  // A secret is of one authorization server, and of no page.
  if (clientSecret && !(read.clientId && read.issuer && !isBrowser))
    throw invalid("options.clientSecret must be with clientId and issuer, and not in a page");
  if (new URL(resource).origin !== target.origin)
    throw invalid("options.resource must be of the origin of options.url");
  // Neither a cookie nor this page's address goes along. What some runtimes have not is not named there.
  const more = isBrowser ? { credentials: "omit", referrerPolicy: "no-referrer" } : {};
  return /** @type {any} */ ({
    ...read,
    url: target,
    resource,
    isLocal: !isAllowed(target, false),
    storage: read.storage ?? (isBrowser ? "session" : "memory"),
    key: read.key ?? `kavachos.mcp:${resource}`,
    send(/** @type {string} */ address, /** @type {any} */ init) {
      const all = { ...more, ...init };
      return fetch ? fetch(address, all) : globalThis.fetch(address, all); // Some hosts refuse to run it for another object.
    },
  });
}
