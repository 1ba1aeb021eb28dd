// Reads the options of `createSession`.
import { invalid } from "../guard/errors.js";
import { readMembers } from "../guard/members.js";
import { own } from "../validate/own.js";
import { isToken, userOf } from "./record.js";

const NAMES = ["storage", "mode", "key", "refreshUrl", "tabs", "focus", "initial"];

/** @typedef {ReturnType<typeof sessionOptions>} Settings */

/**
 * @param {any} kavach
 * @returns {import("../client/contract.js").Contract}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function contractOf(kavach) {
  const contract = kavach?.[Symbol.for("kavachos.client")];
  if (typeof contract?.decide !== "function") throw invalid("kavach must be a KavachClient");
  return contract;
}

/**
 * @param {import("../client/contract.js").Contract} contract
 * @param {unknown} options
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function sessionOptions({ connection, tokenSource }, options) {
  const given = readMembers(options ?? {}, NAMES, "options");
  const { mode = "bearer", storage = mode === "cookie" ? "local" : "memory", key, refreshUrl } = given;
  oneOf(mode, "mode", ["bearer", "cookie"]);
  const isCookie = mode === "cookie";
  if (typeof storage !== "object" || !["getItem", "setItem"].every((name) => isFunction(storage[name])))
    oneOf(storage, "storage", ["memory", "session", "local"], ", or an object with getItem and setItem");
  if (key !== undefined && (typeof key !== "string" || key === ""))
    throw invalid("options.key must be a non-empty string");
  for (const name of ["tabs", "focus"])
    if (typeof (given[name] ?? true) !== "boolean") throw invalid(`options.${name} must be a boolean`);
  // A token that a bearer session has not found itself would go with its requests, or a cookie beside its token.
  const { credentials } = connection.host;
  if (isString(tokenSource()))
    throw invalid("kavach must be a KavachClient without a token of its own: pass session.token as its token");
  if (isCookie ? credentials === "omit" : (credentials ?? "omit") !== "omit")
    throw invalid(
      isCookie
        ? 'kavach must not have the option credentials "omit" in mode "cookie": the session is a cookie'
        : 'kavach must have the option credentials "omit" or none in mode "bearer": a cookie must not go with the token',
    );
  return {
    isCookie,
    storage,
    key: key ?? `kavachos.session:${connection.baseUrl}`,
    refreshUrl: refreshUrl === undefined ? undefined : urlOf(refreshUrl, connection.authUrl),
    tabs: given.tabs ?? true,
    focus: given.focus ?? true,
    initial: initialOf(own(options ?? {}, "initial"), isCookie),
  };
}

/** @param {unknown} value */
const isString = (value) => typeof value === "string";
/** @param {unknown} value */
const isFunction = (value) => typeof value === "function";

/**
 * @param {unknown} value
 * @param {string} name
 * @param {string[]} words
 * @param {string} [more]
 */
function oneOf(value, name, words, more = "") {
  if (!words.includes(/** @type {string} */ (value)))
    throw invalid(`options.${name} must be ${words.map((word) => `"${word}"`).join(" or ")}${more}`);
}

/**
 * The session that a page was rendered with: `null` if nobody is signed in, `undefined` if that is not known.
 *
 * @param {any} value
 * @param {boolean} isCookie
 * @returns {import("./record.js").Grant | null | undefined}
 */
function initialOf(value, isCookie) {
  if (value === undefined || value === null) return value;
  const { user, expiresAt, token } = readMembers(value, ["user", "expiresAt", "token"], "options.initial");
  const person = userOf(user);
  if (!person) throw invalid("options.initial.user must be an object with an id");
  if (isCookie ? token !== undefined : !isToken(token))
    throw invalid(`options.initial.token must be ${isCookie ? 'left out in mode "cookie"' : "a bearer token"}`);
  return { user: person, expiresAt, token };
}

/**
 * @param {unknown} value
 * @param {string} base
 */
function urlOf(value, base) {
  try {
    const url = new URL(/** @type {string} */ (value), base);
    if (isString(value) && /^https?:$/.test(url.protocol)) return url.href;
  } catch {}
  throw invalid("options.refreshUrl must be an http: or https: URL, or one relative to the client's authUrl");
}
