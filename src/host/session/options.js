// Reads the options of `createSession`.
import { SESSION_OPTIONS } from "../../../generated/schemas.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { attempt } from "./host.js";
import { isToken, userOf } from "./record.js";

/** @typedef {import("../client/contract.js").Contract} Contract */
/** @typedef {ReturnType<typeof sessionOptions>} Settings */

/**
 * @param {any} kavach
 * @returns {Contract}
 * @throws {TypeError} when it is no client: only a client could make another error
 */
export function contractOf(kavach) {
  const contract = kavach?.[Symbol.for("kavachos.client")];
  if (!contract?.conform)
    throw Object.assign(new TypeError("kavach must be a KavachClient"), { code: "INVALID_ARGUMENT" });
  return contract;
}

/**
 * @param {Contract} contract
 * @param {any} options
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function sessionOptions({ connection, tokenSource, conform, invalid }, options) {
  options ??= {};
  // A storage is used as it is: a copy would lose its methods.
  const plain = isObject(options) ? { ...options, storage: undefined, initial: undefined } : options;
  const given = { __proto__: null, ...conform(plain, SESSION_OPTIONS, ["storage", "initial"]) };
  const { mode, key, refreshUrl, tabs, focus } = /** @type {any} */ (given);
  const isCookie = mode === "cookie";
  const storage = own(options, "storage") ?? (isCookie ? "local" : "memory");
  if (!["memory", "session", "local"].includes(storage) && typeof storage?.getItem !== "function")
    throw invalid('options.storage must be "memory", "session", "local" or have getItem and setItem');
  // A token that a bearer session has not found itself would go with its requests, or a cookie beside its token.
  const { credentials = isCookie ? "include" : "omit" } = connection.host;
  if (typeof tokenSource() === "string") throw invalid("kavach must have no token but session.token");
  if ((credentials === "omit") === isCookie)
    throw invalid(`kavach must not have credentials "${credentials}" in mode "${isCookie ? "cookie" : "bearer"}"`);
  const url = refreshUrl && attempt(() => new URL(refreshUrl, connection.authUrl));
  if (refreshUrl && !/^https?:$/.test(url?.protocol)) throw invalid("options.refreshUrl must be an HTTP URL");
  return {
    isCookie,
    storage,
    key: key ?? `kavachos.session:${connection.baseUrl}`,
    refreshUrl: url?.href,
    tabs: tabs !== false,
    focus: focus !== false,
    initial: initialOf(own(options, "initial"), isCookie, invalid),
  };
}

/**
 * The session that a page was rendered with: `null` if nobody is signed in, `undefined` if that is not known.
 *
 * @param {any} value
 * @param {boolean} isCookie
 * @param {Contract["invalid"]} invalid
 * @returns {import("./record.js").Grant | null | undefined}
 */
function initialOf(value, isCookie, invalid) {
  if (value === undefined || value === null) return value;
  const [user, expiresAt, token] = ["user", "expiresAt", "token"].map((name) => own(value, name));
  const person = userOf(user);
  if (!person || (isCookie ? token !== undefined : !isToken(token)))
    throw invalid(`options.initial must be null or { user: { id }${isCookie ? "" : ", token"} }`);
  return { user: person, expiresAt, token };
}
