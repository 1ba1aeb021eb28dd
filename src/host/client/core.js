// Calls the exports of the client's WebAssembly module, which decide. Should Rust ever panic, the call rejects: it cannot hang.
import { INTERNAL } from "../../../generated/failures.js";
import { KavachError } from "../errors/errors.js";
import { causeOf } from "./cause.js";
import { failureOf } from "./failure.js";

/**
 * The exports of the module (src/bindings/client.rs).
 *
 * @typedef {object} Core
 * @property {(traits: number, memory: number) => number} begin
 * @property {(step: number, traits: number, memory: number, status: number, facts: number) => number} receive
 * @property {(traits: number, status: number, retryAfter: number, retries: number, maxRetries: number, timeLeft: number, random: number) => number} delay
 * @property {(message: string) => number} messageFacts
 * @property {(code: string) => boolean} isCode
 * @property {(text: string) => boolean} isMessage
 * @property {(milliseconds: string, seconds: string, until: number) => number} retryAfter
 * @property {(status: number, facts: number, hasLocation: boolean) => number} redirect
 * @property {(memory: number) => number} dialect
 * @property {(state: number, event: number, facts: number, mine: number, its: number, deadline: number, now: number) => number} sessionNext
 * @property {(last: number, now: number, random: number) => number} sessionStamp
 * @property {(expires: number, issued: number, now: number) => number} sessionDeadline
 * @property {(deadline: number, now: number, failures: number) => number} sessionWait
 * @property {(change: number, found: number) => number} readBack
 * @property {(milliseconds: number) => number} plausibleTime
 */

/** @type {Core} */
let core;
/** @type {() => void} */
let load = () => {};

/**
 * Says where the exports are.
 *
 * @param {Core} exports
 * @param {() => void} make makes the module, unless it is there
 */
export function attach(exports, make = () => {}) {
  core = exports;
  load = make;
}

/**
 * Makes the module, so that the first call need not. Where it cannot be made here, each call says so.
 *
 * @throws {KavachError} NOT_READY
 */
export function assertReady() {
  try {
    load();
  } catch (problem) {
    if (/** @type {any} */ (problem)?.code === "NOT_READY") throw problem;
  }
}

/**
 * Calls the module.
 *
 * @template T
 * @param {(core: Core) => T} call
 * @returns {T}
 */
export function decide(call) {
  try {
    return call(core);
  } catch (cause) {
    if (cause instanceof KavachError) throw cause; // It says that there is no module, or none yet.
    throw failureOf(INTERNAL, {}, { cause: causeOf(cause, []) });
  }
}
