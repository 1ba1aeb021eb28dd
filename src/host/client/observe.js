// Tells the owner of a client what it does, in words that hold no secret: no headers, no bodies.
import { own } from "../validate/own.js";
import { isAbsent } from "../validate/type-guards.js";

export const REQUEST = 0;
export const RESPONSE = 1;
export const RETRY = 2;

/**
 * What an owner asked for.
 *
 * @typedef {object} Observers
 * @property {((event: object) => unknown) | undefined} onRequest
 * @property {((event: object) => unknown) | undefined} onResponse
 * @property {((event: object) => unknown) | undefined} onRetry
 * @property {((event: object) => unknown) | undefined} onCallEnd
 * @property {((event: object, begin: (observer: unknown) => void) => unknown) | undefined} tracer
 * @property {Logger | undefined} logger
 */

/** @typedef {Record<string, ((line: string) => unknown) | undefined>} Logger */

/**
 * The observers among a client's options, if there are any.
 *
 * @param {object} options
 * @returns {Observers | undefined}
 */
export function observersOf(options) {
  const observers = {
    onRequest: own(options, "onRequest"),
    onResponse: own(options, "onResponse"),
    onRetry: own(options, "onRetry"),
    onCallEnd: own(options, "onCallEnd"),
    tracer: own(options, "tracer"),
    logger: own(options, "logger"),
  };
  return Object.values(observers).every(isAbsent) ? undefined : observers;
}

/**
 * Tells observers of an attempt.
 *
 * @param {Observers} observers
 * @param {number} stage
 * @param {{ call: number, operation: string, method: string, url: string, attempt: number }} attempt
 * @param {string} path the URL without its query, for logs
 * @param {{ status?: number, code?: string, time: number }} ending `time` is in milliseconds
 * @param {any} [tracing] what the tracer observes the call with
 */
export function observe(observers, stage, attempt, path, { status, code, time }, tracing) {
  /** @type {Record<string, unknown>} */
  const event = { ...attempt };
  if (status !== undefined) event.status = status;
  if (code !== undefined) event.code = code;
  const what = `kavachos ${attempt.operation}: ${attempt.method} ${path}`;
  if (stage === REQUEST) return tellBoth(observers, tracing, "onRequest", event);
  if (stage === RESPONSE) {
    tellBoth(observers, tracing, "onResponse", { ...event, durationMs: time });
    return log(observers.logger, "debug", `${what}: ${status ?? code} in ${Math.round(time)} ms`);
  }
  tell(observers.onRetry, { ...event, delayMs: time });
  log(observers.logger, "warn", `${what}: ${status ?? code}, trying again in ${Math.round(time)} ms`);
}

/** @type {Set<string>} */
const warned = new Set();

/**
 * Warns once for each origin that tokens would travel unencrypted.
 *
 * @param {string} base
 * @param {Logger | null | undefined} logger
 */
export function warnIfInsecure(base, logger) {
  if (/^https:/i.test(base)) return; // There is nothing else but `http:`.
  const { hostname, origin } = new URL(base);
  if (/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return;
  if (warned.has(origin)) return;
  warned.add(origin);
  const advice = "Use https:, or set the option allowInsecure if only trusted machines are in between.";
  const text = `kavachos-wasm: tokens and passwords travel unencrypted to ${origin}. ${advice}`;
  log(logger ?? /** @type {any} */ (console), "warn", text);
}

/**
 * @param {Logger | null | undefined} logger
 * @param {string} level
 * @param {string} text
 */
function log(logger, level, text) {
  tell((/** @type {string} */ line) => logger?.[level]?.(line), text);
}

/**
 * Tells an owner, and what the owner's tracer observes the call with.
 *
 * @param {any} observers
 * @param {any} tracing
 * @param {"onRequest" | "onResponse" | "onCallEnd"} name
 * @param {object} event
 */
export function tellBoth(observers, tracing, name, event) {
  tell(observers?.[name], event);
  tell((same) => tracing?.[name]?.(same), event);
}

/**
 * Calls an observer, which cannot break what it observes.
 *
 * @param {((argument: any) => any) | null | undefined} observer
 * @param {unknown} argument
 */
export function tell(observer, argument) {
  try {
    observer?.(argument)?.then?.(undefined, () => {});
  } catch {
    // Ignore errors thrown by the observer.
  }
}
