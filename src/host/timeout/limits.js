// How long something may take: until its time is up, or until its caller aborts it.
//
// It is JavaScript because timers and listeners are: in Rust each would need a closure that is
// kept alive and freed by hand, and a fetch that ignores its signal would have to be raced.

import { giveBack } from "./cancellation.js";

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

// How something ended that had its limits, as src/http/exchange.rs knows it.
const FULFILLED = 0;
const REJECTED = 1;
const TIMED_OUT = 2;
const ABORTED = 3;

// Who waits for a signal. One listener does for all: Node takes eleven for a leak, and says so.
const waiting = new WeakMap();

export function watch(signal, onAbort) {
  let callbacks = waiting.get(signal);
  if (!callbacks) {
    callbacks = new Set();
    callbacks.listener = () => {
      for (const callback of callbacks) callback();
    };
    waiting.set(signal, callbacks);
  }
  if (callbacks.size === 0) signal.addEventListener("abort", callbacks.listener);
  callbacks.add(onAbort);
}

export function unwatch(signal, onAbort) {
  const callbacks = waiting.get(signal);
  if (!callbacks?.delete(onAbort) || callbacks.size > 0) return;
  try {
    signal.removeEventListener("abort", callbacks.listener);
  } catch {
    // Such a signal as well. The call must settle all the same.
  }
}

// Calls `done(ending, value)` once the promise that `start()` returns has settled, or `done(ending)` as soon as a limit is
// reached, whatever becomes of that promise; then `cancellation` is used. It leaves nothing behind: no timer that keeps a
// process alive, no listener on a long-lived signal. (Not a promise: a call would be one more, and wait one turn longer.)
export function within(timeout, caller, start, done, cancellation) {
  if (caller?.aborted) return done(ABORTED);
  if (timeout <= 0) return done(TIMED_OUT);
  let timer;
  let isOver = false;
  const settle = (ending, value) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (caller) unwatch(caller, onAbort);
    if (ending > REJECTED) cancellation?.controller.abort();
    else if (ending === FULFILLED && cancellation) giveBack(cancellation); // Nothing can use it for this call any more.
    done(ending, value);
  };
  const onAbort = () => settle(ABORTED);
  try {
    if (caller) watch(caller, onAbort);
  } catch (value) {
    return done(REJECTED, value); // It is a signal by its looks only.
  }
  if (timeout <= LONGEST_TIMER) timer = setTimeout(settle, timeout, TIMED_OUT);
  start().then(
    (value) => settle(FULFILLED, value),
    (value) => settle(REJECTED, value),
  );
}

// Waits for `done(ending)`, when the time is up or the caller aborts.
export function pause(milliseconds, caller) {
  return (done) => within(milliseconds, caller, () => new Promise(() => {}), done);
}

// Milliseconds that only ever grow.
export function now() {
  return globalThis.performance?.now() ?? Date.now();
}
