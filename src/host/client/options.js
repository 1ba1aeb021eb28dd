// Reads the options of a client and of a call. Everything is checked here, before any request.
import { CALL_OPTIONS, KAVACH_CLIENT_OPTIONS } from "../../../generated/schemas.js";
import { headersOver } from "../fetch/headers.js";
import { requestInit } from "../fetch/request-init.js";
import { Mismatch } from "../validate/mismatch.js";
import { own } from "../validate/own.js";
import { conform } from "../validate/to-wire.js";
import { isAbsent, isObject } from "../validate/type-guards.js";

const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_RETRIES = 2;

/**
 * What a call receives: its own options over those of the client.
 *
 * @typedef {object} CallSettings
 * @property {string | ((context: object) => unknown) | undefined} token
 * @property {[string, string][]} headers
 * @property {number} timeout of one attempt, in milliseconds
 * @property {number} deadline of the whole call, in milliseconds
 * @property {number} maxRetries
 * @property {AbortSignal | undefined} signal
 * @property {boolean} shareToken whether calls that wait for the same token function share what it returns
 * @property {{ fields: Record<string, unknown>, limit: number }} init what else `fetch` is given, and how large a response may be
 * @property {unknown} allowUnknown which names of permissions and constraints are accepted that the client does not know
 * @property {((event: object) => unknown) | undefined} onCallEnd of the call alone: that of the client is an observer
 */

/**
 * A valid copy of a client's options.
 *
 * @param {unknown} options
 * @returns {any}
 * @throws {Mismatch}
 */
export const clientOptions = (options) => checked(options, KAVACH_CLIENT_OPTIONS, undefined, "{ baseUrl, token }");

/** The settings of a client's calls. @param {any} options a valid copy @returns {CallSettings} */
export function clientSettings(options) {
  const unset = {
    token: undefined,
    headers: [],
    timeout: DEFAULT_TIMEOUT,
    deadline: Number.POSITIVE_INFINITY,
    maxRetries: DEFAULT_RETRIES,
    signal: undefined,
    shareToken: own(options, "shareToken") === true,
    init: requestInit(undefined, options),
    allowUnknown: undefined,
    onCallEnd: undefined,
  };
  return layered(unset, options);
}

/**
 * The settings of a call.
 *
 * @param {CallSettings} settings those of its client
 * @param {unknown} options
 * @returns {CallSettings}
 * @throws {Mismatch}
 */
export function callSettings(settings, options) {
  if (isAbsent(options)) return settings;
  const valid = checked(options, CALL_OPTIONS, undefined, "{ signal, timeout }");
  return { ...layered(settings, valid), signal: own(valid, "signal"), onCallEnd: own(valid, "onCallEnd") };
}

/**
 * A valid copy of the options of `audit.iterate`: those of a call, and `pageSize` and `cursor`, which are not looked at.
 *
 * @param {unknown} options
 * @returns {any}
 * @throws {Mismatch}
 */
export const iterateOptions = (options) =>
  checked(options, CALL_OPTIONS, ["pageSize", "cursor"], "{ signal, timeout }");

/**
 * @param {unknown} options
 * @param {import("../validate/validate.js").Schema} schema
 * @param {string[]} [more] names that the schema does not know
 * @param {string} [example]
 */
export function checked(options, schema, more, example = "{}") {
  if (!isReadableObject(options)) throw new Mismatch(`an object such as ${example}`, "options");
  try {
    return conform(options, schema, more);
  } catch (problem) {
    throw problem instanceof Mismatch ? problem.below("options") : problem;
  }
}

/** A proxy may throw when it is looked at. @param {unknown} value */
function isReadableObject(value) {
  try {
    return isObject(value);
  } catch {
    return false;
  }
}

/**
 * Settings with options over them.
 *
 * @param {CallSettings} settings
 * @param {any} options a valid copy
 * @returns {CallSettings}
 */
function layered(settings, options) {
  // Without a prototype, of which a member could be taken for an option.
  const { headers, token, cache, init, maxResponseBytes, timeout, deadline, maxRetries, allowUnknown } = Object.assign(
    Object.create(null),
    options,
  );
  return {
    token: token ?? settings.token,
    headers: headers === undefined ? settings.headers : headersOver(headers, settings.headers),
    timeout: timeout ?? settings.timeout,
    deadline: deadline ?? settings.deadline,
    maxRetries: maxRetries ?? settings.maxRetries,
    signal: settings.signal,
    shareToken: settings.shareToken,
    init: (cache ?? init ?? maxResponseBytes) === undefined ? settings.init : requestInit(settings.init, options),
    allowUnknown: allowUnknown ?? settings.allowUnknown,
    onCallEnd: undefined,
  };
}
