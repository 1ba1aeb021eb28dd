// The options of a test server, as the arguments that the program of the local server takes.

import { own } from "../validate/own.js";
import { createClock } from "./clock.js";
import { invalid } from "./invalid.js";

const MEMBERS = ["dialect", "url", "seed", "clock", "data", "users", "admins", "webhook", "options"];
const URL_OF_SERVER = "http://localhost";

/**
 * @typedef {object} Opening
 * @property {string[]} arguments
 * @property {unknown} [data]
 */

/**
 * @param {any} given
 */
export function readOptions(given = {}) {
  if (typeof given !== "object" || given === null) throw invalid("options", "an object", given);
  const unknown = Object.keys(given).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid("options", `an object with the members ${MEMBERS.join(", ")}`, given);
  const get = (/** @type {string} */ name) => own(given, name);
  const more = texts(get("options"), "options.options");
  const origin = originOf(get("url"));
  const webhook = webhookOf(get("webhook"));
  const data = get("data");
  return {
    arguments: [
      ...["--dialect", oneOf(get("dialect") ?? "adapter", ["adapter", "sdk"], "options.dialect")],
      ...(data === "examples" ? ["--seed"] : data === "showcase" ? ["--showcase"] : []),
      ...usersOf(get("users")).flatMap((user) => ["--user", user]),
      ...texts(get("admins"), "options.admins").flatMap((admin) => ["--admin", admin]),
      ...(origin === URL_OF_SERVER ? [] : ["--allow-host", new URL(origin).host]),
      ...(webhook ? ["--webhook", "http://webhook", "--webhook-secret", webhook.secret] : []),
      ...(webhook ? ["--webhook-scheme", webhook.scheme] : []),
      ...more,
    ],
    data: dataOf(data),
    origin,
    webhook,
    clock: createClock(get("clock")),
    seed: seedOf(get("seed")),
  };
}

/** @param {unknown} seed */
function seedOf(seed) {
  if (seed !== undefined && typeof seed !== "string" && !Number.isFinite(seed))
    throw invalid("options.seed", "a string or a number", seed);
  return seed === undefined ? undefined : String(seed);
}

/** @param {unknown} data */
function dataOf(data) {
  if (data === undefined || data === "examples" || data === "showcase") return undefined;
  if (typeof data !== "object" || data === null)
    throw invalid("options.data", '"examples", "showcase" or a snapshot', data);
  return data;
}

/** @param {unknown} url */
function originOf(url) {
  if (url === undefined) return URL_OF_SERVER;
  try {
    const { origin, protocol } = new URL(/** @type {string} */ (url));
    if (typeof url === "string" && /^https?:$/.test(protocol)) return origin;
  } catch {
    // Told below.
  }
  throw invalid("options.url", "an http or https URL, of which the origin counts", url);
}

/** @param {any} webhook */
function webhookOf(webhook) {
  if (webhook === undefined) return undefined;
  if (typeof webhook !== "object" || webhook === null) throw invalid("options.webhook", "an object", webhook);
  const [secret, deliver] = [own(webhook, "secret"), own(webhook, "deliver")];
  if (typeof secret !== "string" || secret === "") throw invalid("options.webhook.secret", "a string", secret);
  if (typeof deliver !== "function") throw invalid("options.webhook.deliver", "a function", deliver);
  const scheme = oneOf(own(webhook, "scheme") ?? "A", ["A", "C"], "options.webhook.scheme");
  return { secret, scheme, deliver: /** @type {(request: Request) => unknown} */ (deliver) };
}

/**
 * @param {unknown} value
 * @param {string[]} words
 * @param {string} name
 */
function oneOf(value, words, name) {
  if (!words.includes(/** @type {string} */ (value)))
    throw invalid(name, words.map((word) => `"${word}"`).join(" or "), value);
  return /** @type {string} */ (value);
}

/**
 * @param {any} value
 * @param {string} name
 * @returns {string[]}
 */
function texts(value = [], name) {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string"))
    throw invalid(name, "an array of strings", value);
  return [...value];
}

/** @param {any} users */
function usersOf(users = []) {
  if (!Array.isArray(users)) throw invalid("options.users", "an array", users);
  return users.map((user, index) => {
    const [id, email, name] = ["id", "email", "name"].map((member) => own(user, member));
    if (typeof id !== "string" || typeof email !== "string" || (name !== undefined && typeof name !== "string"))
      throw invalid(`options.users[${index}]`, "an object with the strings id, email and perhaps name", user);
    return [id, email, ...(name === undefined ? [] : [name])].join("=");
  });
}
