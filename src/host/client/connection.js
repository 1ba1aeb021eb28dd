// One server, as the options of a client say how to reach it.
import { MEMORY_ADAPTER, MEMORY_AUTH_URL, MEMORY_AUTO, MEMORY_SDK } from "../../../generated/protocol.js";
import { invalid } from "../errors/invalid.js";
import { hostOf } from "../fetch/exchange.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { own } from "../validate/own.js";
import { decide } from "./core.js";
import { observersOf, warnIfInsecure } from "./observe.js";
import { checked as checkedOptions, clientOptions, clientSettings } from "./options.js";

const MEMORY = { auto: MEMORY_AUTO, sdk: MEMORY_SDK, adapter: MEMORY_ADAPTER };

/**
 * A server and how to reach it. Nothing changes but what has been learned of its dialect, and the number of observed calls.
 *
 * @typedef {object} Connection
 * @property {string} baseUrl
 * @property {string} authUrl the base of the e-mail routes
 * @property {number} memory what is known of the server's dialect, as Rust packs it
 * @property {import("./options.js").CallSettings} settings
 * @property {import("../fetch/exchange.js").Host} host
 * @property {import("./observe.js").Observers | undefined} observers
 * @property {number} calls the number of observed calls
 */

/**
 * Reads the options of a client.
 *
 * @param {unknown} options
 * @returns {Connection}
 * @throws {KavachError} INVALID_ARGUMENT
 */
export function connect(options) {
  const valid = validOptions(options);
  const get = (/** @type {string} */ name) => own(valid, name);
  const { baseUrl } = valid;
  const authUrl = get("authUrl");
  const dialect = /** @type {keyof typeof MEMORY} */ (get("dialect") ?? "auto");
  // A service binding is called by such names too, and over no network.
  if (get("fetch") === undefined && get("allowInsecure") !== true)
    for (const url of [baseUrl, authUrl]) if (url !== undefined) warnIfInsecure(url, get("logger"));
  return {
    baseUrl,
    authUrl: authUrl ?? baseUrl,
    memory: MEMORY[dialect] | (authUrl === undefined ? 0 : MEMORY_AUTH_URL),
    settings: clientSettings(valid),
    host: hostOf(get("fetch"), get("credentials"), (status, facts, hasLocation) =>
      decide((core) => core.redirect(status, facts, hasLocation)),
    ),
    observers: observersOf(valid),
    calls: 0,
  };
}

/** The dialect of a server: `"auto"` as long as it is not known. @param {Connection} connection */
export function dialectOf({ memory }) {
  try {
    return ["auto", "sdk", "adapter"][decide((core) => core.dialect(memory))];
  } catch {
    return "auto"; // There is no module here: nothing has been learned.
  }
}

/**
 * A valid copy of options: those of a client, unless a schema says otherwise.
 *
 * @param {unknown} options
 * @param {import("../validate/validate.js").Schema} [schema]
 * @param {string[]} [more] names that the schema does not know
 */
export function validOptions(options, schema, more) {
  try {
    return schema ? checkedOptions(options, schema, more) : clientOptions(options);
  } catch (problem) {
    throw problem instanceof Mismatch ? invalid(sentence(problem)) : problem;
  }
}
