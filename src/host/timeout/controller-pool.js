// A pool of AbortControllers. Node takes longer to make one than a call takes for all else, so one whose signal has never fired is
// used again a few times. Not where the caller's own function gets the signal, which may keep it, and not in a Worker, where it
// belongs to one request.
import { isIsolated } from "./isolation.js";

const MOST_USES = 12; // Each leaves a listener, and fetch looks at all of them.
const MOST_IDLE = 64;

/** @typedef {{ controller: AbortController, uses: number, isShared: boolean }} Pooled */

/** @type {Pooled[]} */
const idle = [];

/**
 * A controller that nobody else uses meanwhile.
 *
 * @param {boolean} isGlobal whether only the host's own fetch gets its signal
 * @returns {Pooled}
 */
export function acquire(isGlobal) {
  const found = isGlobal ? idle.pop() : undefined;
  return found ?? { controller: new AbortController(), uses: 0, isShared: isGlobal && !isIsolated() };
}

/** Returns a controller whose request has ended by itself. @param {Pooled} pooled */
export function release(pooled) {
  if (!pooled.isShared || ++pooled.uses >= MOST_USES || idle.length >= MOST_IDLE) return;
  if (!pooled.controller.signal.aborted) idle.push(pooled);
}
