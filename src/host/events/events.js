// The event stream of a server, read by fetch: `EventSource` sends no token, cannot tell the server's errors from its own, and resumes
// by an id that KavachOS ignores.
import { invalid } from "../errors/light.js";
import { own } from "../validate/own.js";
import { isText, smallOptions } from "../validate/small-options.js";
import { framesOf } from "./frames.js";
import { StreamError } from "./stream-error.js";

const REMEMBERED = 1000; // A server replays at most so many.
const SILENCE = 90_000; // Milliseconds: three heartbeats.
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

const ANYTHING = () => true; // The client says what is wrong with it.
/** @type {Record<string, import("../validate/small-options.js").Option>} */
const OPTIONS = {
  path: [isText, "a path", "/events/stream"],
  types: [(types) => Array.isArray(types) && types.every(isText), "an array of event names", []],
  since: [ANYTHING, ""],
  signal: [ANYTHING, ""],
  reconnect: [(reconnect) => typeof reconnect === "boolean", "true or false", true],
  token: [ANYTHING, ""],
  headers: [ANYTHING, ""],
};

/**
 * @param {any} kavach
 * @param {unknown} [options]
 * @returns {AsyncGenerator<any>}
 */
export function events(kavach, options) {
  if (typeof kavach?.request !== "function") throw invalid("kavach must be a KavachClient");
  const read = smallOptions(options ?? {}, OPTIONS);
  return eventsOf(kavach, { ...read, since: sinceOf(read.since) });
}

/** @param {unknown} since */
function sinceOf(since) {
  if (since === undefined) return undefined;
  const time = since instanceof Date ? since.getTime() : typeof since === "string" ? Date.parse(since) : Number.NaN;
  if (Number.isFinite(time)) return new Date(time).toISOString();
  throw invalid("options.since must be a Date, or a date and time in ISO 8601");
}

/**
 * @param {any} kavach
 * @param {Record<string, any>} options
 */
async function* eventsOf(kavach, { path, types, since, signal, reconnect, token, headers }) {
  /** @type {Set<string>} */
  const seen = new Set();
  let wait = FIRST_WAIT;
  for (;;) {
    try {
      const input = {
        ...{ path, responseType: "stream" },
        query: { ...(types.length ? { types: types.join(",") } : {}), ...(since === undefined ? {} : { since }) },
      };
      // A stream that is silent for longer than its heartbeats take is dead.
      const call = { timeout: SILENCE, signal, token, headers: { ...headers, Accept: "text/event-stream" } };
      for await (const frame of framesOf(await kavach.request(input, call))) {
        if (frame.event === "error") throw StreamError.of(frame.data);
        const event = eventOf(frame);
        if (event === undefined || seen.has(event.id)) continue;
        remember(seen, event.id);
        since = event.timestamp;
        wait = FIRST_WAIT;
        yield event;
      }
      if (!reconnect) return;
    } catch (problem) {
      signal?.throwIfAborted();
      if (!reconnect || !isPassing(problem)) throw problem;
    }
    await pause(wait, signal);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}

/**
 * The event in a frame; nothing for the greeting, and for what is no event.
 *
 * @param {import("./frames.js").Frame} frame
 */
function eventOf({ event, data }) {
  if (event === "connected" || data === "") return undefined;
  try {
    const value = JSON.parse(data);
    const text = (/** @type {string} */ name) => typeof own(value, name) === "string";
    if (text("id") && text("type") && text("timestamp") && Number.isFinite(Date.parse(value.timestamp))) return value;
  } catch {
    // Falls through.
  }
  throw new StreamError("an event of the stream has no id, type and timestamp", "DECODE_ERROR");
}

/** @param {Set<string>} seen @param {string} id */
function remember(seen, id) {
  seen.add(id);
  for (const oldest of seen) {
    if (seen.size <= REMEMBERED) break;
    seen.delete(oldest);
  }
}

/**
 * Whether another connection may do better: after failures of the network and of the server, not after refusals.
 *
 * @param {any} problem
 */
function isPassing(problem) {
  if (problem instanceof StreamError || problem instanceof RangeError) return false;
  const status = problem?.statusCode;
  return status === undefined ? isNetwork(problem) : status === 429 || status >= 500;
}

/** @param {any} problem */
const isNetwork = (problem) => ["NETWORK_ERROR", "TIMEOUT", "DEADLINE_EXCEEDED"].includes(problem?.code);

/** @param {number} milliseconds @param {AbortSignal | undefined} signal */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(undefined);
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
