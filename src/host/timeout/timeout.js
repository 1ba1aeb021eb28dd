// Time limits: of one wait, and by the caller's signal.
import { release } from "./controller-pool.js";

/** @typedef {(ending: number, value?: any) => void} Done */

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

// How a wait ends.
export const FULFILLED = 0;
export const REJECTED = 1;
export const TIMED_OUT = 2;
export const ABORTED = 3;

/**
 * What is called when a signal aborts, by one listener for all: Node warns above ten listeners.
 *
 * @type {WeakMap<AbortSignal, { callbacks: Set<() => void>, listener: () => void }>}
 */
const watched = new WeakMap();

/**
 * Calls a function when a signal aborts.
 *
 * @param {AbortSignal} signal
 * @param {() => void} onAbort
 */
export function watch(signal, onAbort) {
  let found = watched.get(signal);
  if (!found) {
    const callbacks = new Set();
    const listener = () => {
      for (const callback of callbacks) callback();
    };
    found = { callbacks, listener };
    watched.set(signal, found);
  }
  if (found.callbacks.size === 0) signal.addEventListener("abort", found.listener);
  found.callbacks.add(onAbort);
}

/**
 * No longer calls it. The last one takes the listener with it.
 *
 * @param {AbortSignal} signal
 * @param {() => void} onAbort
 */
export function unwatch(signal, onAbort) {
  const found = watched.get(signal);
  if (!found?.callbacks.delete(onAbort) || found.callbacks.size > 0) return;
  try {
    signal.removeEventListener("abort", found.listener);
  } catch {
    // A look-alike. The call must settle all the same.
  }
}

/**
 * Waits for a promise within limits: `done(ending, value)` is called once, when it settles or a limit is reached. Nothing is left
 * behind: no timer that keeps a process alive, no listener on a long-lived signal. (Not a promise: each call would have one more,
 * and wait a turn longer.)
 *
 * @param {number} timeout in milliseconds
 * @param {AbortSignal | undefined} signal the caller's
 * @param {() => Promise<any>} start
 * @param {Done} done
 * @param {import("./controller-pool.js").Pooled} [pooled] aborted at a limit, released otherwise
 */
export function withTimeout(timeout, signal, start, done, pooled) {
  if (signal?.aborted) return done(ABORTED);
  if (timeout <= 0) return done(TIMED_OUT);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isOver = false;
  const settle = (/** @type {number} */ ending, /** @type {any} */ value) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (signal) unwatch(signal, onAbort);
    if (ending > REJECTED) pooled?.controller.abort();
    else if (ending === FULFILLED && pooled) release(pooled); // Nothing can use it for this call any more.
    done(ending, value);
  };
  const onAbort = () => settle(ABORTED, undefined);
  try {
    if (signal) watch(signal, onAbort);
  } catch (value) {
    return done(REJECTED, value); // It is a signal by its looks only.
  }
  if (timeout <= LONGEST_TIMER) timer = setTimeout(settle, timeout, TIMED_OUT);
  start().then(
    (value) => settle(FULFILLED, value),
    (value) => settle(REJECTED, value),
  );
}

/**
 * A wait that ends when the time is over or the caller aborts.
 *
 * @param {number} milliseconds
 * @param {AbortSignal | undefined} signal
 * @returns {(done: Done) => void}
 */
export const sleep = (milliseconds, signal) => (done) =>
  withTimeout(milliseconds, signal, () => new Promise(() => {}), done);

/** Milliseconds that only ever grow. */
export const now = () => globalThis.performance?.now() ?? Date.now();
