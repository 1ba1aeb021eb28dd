// How long something may take: until its time is up, or until the caller aborts it.
import { now, unwatch, watch } from "../timeout/timeout.js";
import { late } from "./errors.js";

export { now };

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

/**
 * Settles as `run(signal)` does, or rejects once the time is up or the caller aborts, whatever becomes of the promise. The
 * signal that `run` gets is aborted then. Leaves no timer and no listener behind.
 */
export function within(milliseconds, caller, run) {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    let timer;
    const settle = (done) => (value) => {
      clearTimeout(timer);
      if (caller) unwatch(caller, onAbort);
      done(value);
    };
    const stop = settle((reason) => {
      reject(reason);
      controller.abort(reason);
    });
    const onAbort = () => stop(caller.reason);
    if (caller?.aborted) return onAbort();
    if (caller) watch(caller, onAbort);
    if (milliseconds <= LONGEST_TIMER) timer = setTimeout(() => stop(late()), milliseconds);
    (async () => run(controller.signal))().then(settle(resolve), settle(reject));
  });
}
