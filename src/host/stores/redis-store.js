// Stores in Redis: by a client with the methods of ioredis, or over HTTP as Upstash has it.
import { invalid } from "../errors/light.js";
import { isText, smallOptions } from "../validate/small-options.js";
import { unusable } from "./unusable.js";

/** @type {(seconds: number) => number} */
const milliseconds = (seconds) => Math.max(1, Math.ceil(seconds * 1000));

/**
 * @param {(...command: (string | number)[]) => Promise<unknown>} send
 * @param {string} prefix
 * @returns {import("./entry.js").Store}
 */
const redisBy = (send, prefix) => ({
  consistency: "strong",
  async get(key) {
    const value = await send("GET", prefix + key);
    if (value === null || typeof value === "string") return value;
    throw unusable("Redis answers GET with no text");
  },
  async put(key, value, seconds) {
    if ((await send("SET", prefix + key, value, "PX", milliseconds(seconds))) !== "OK")
      throw unusable("Redis does not answer SET with OK");
  },
  async add(key, seconds, value = "1") {
    const answer = await send("SET", prefix + key, value, "PX", milliseconds(seconds), "NX");
    if (answer === "OK" || answer === null) return answer === "OK";
    throw unusable("Redis answers SET … NX with neither OK nor nil");
  },
});

const PREFIX = {
  prefix: /** @type {const} */ ([(/** @type {any} */ prefix) => typeof prefix === "string", "text", "kavachos:"]),
};

/** @type {typeof import("./entry.js").redisStore} */
export function redisStore(/** @type {any} */ redis, options) {
  const { prefix } = smallOptions(options ?? {}, PREFIX);
  if (typeof redis?.call !== "function") throw invalid("redis must be a client with the methods of ioredis");
  return redisBy((name, ...rest) => redis.call(name, ...rest), prefix);
}

/** @type {typeof import("./entry.js").redisRestStore} */
export function redisRestStore(options) {
  const given = smallOptions(options, {
    url: [(url) => /^https?:\/\/[^\s]+$/.test(`${url}`), "the URL of the REST API"],
    token: [isText, "text that is not empty"],
    fetch: [
      (fetch) => typeof fetch === "function",
      "a function",
      (/** @type {any} */ ...args) => fetch(.../** @type {[any]} */ (args)),
    ],
    ...PREFIX,
  });
  return redisBy(async (...command) => {
    const { fetch } = given;
    const response = await fetch(`${given.url}`, {
      ...{ method: "POST", redirect: "manual", body: JSON.stringify(command) },
      headers: { Authorization: `Bearer ${given.token}`, "Content-Type": "application/json" },
    });
    const answer = await response.json().catch(() => undefined);
    // Its error may repeat the command.
    if (!response.ok || !answer || !Object.hasOwn(answer, "result"))
      throw unusable(`Redis answers with HTTP ${response.status}`);
    return answer.result;
  }, given.prefix);
}
