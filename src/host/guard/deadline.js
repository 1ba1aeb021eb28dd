// Limits an operation by a deadline and by the caller's signal.
import { now, unwatch, watch } from "../timeout/timeout.js";
import { deadlineExceeded } from "./errors.js";

export { now };

const LONGEST_TIMER = 2147483647; // setTimeout fires at once for longer delays.

/**
 * Settles as `run` does, or rejects when the deadline expires or the caller aborts, even if `run` never settles.
 *
 * Clears its timer and removes its listener in every case.
 *
 * @template T
 * @param {number} milliseconds
 * @param {AbortSignal | null | undefined} caller
 * @param {(signal: AbortSignal) => T | Promise<T>} run gets a signal that aborts when the promise rejects early
 * @returns {Promise<T>}
 */
export function withDeadline(milliseconds, caller, run) {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {<V>(done: (value: V) => void) => (value: V) => void} */
    const settle = (done) => (value) => {
      clearTimeout(timer);
      if (caller) unwatch(caller, onAbort);
      done(value);
    };
    const stop = settle((reason) => {
      reject(reason);
      controller.abort(reason);
    });
    const onAbort = () => stop(caller?.reason);
    if (caller?.aborted) return onAbort();
    if (caller) watch(caller, onAbort);
    if (milliseconds <= LONGEST_TIMER) timer = setTimeout(() => stop(deadlineExceeded()), milliseconds);
    (async () => run(controller.signal))().then(settle(resolve), settle(reject));
  });
}
