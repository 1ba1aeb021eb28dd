// How long something may take: until its time is up, or until its caller aborts it.
//
// It is JavaScript because timers and listeners are: in Rust each would need a closure that is
// kept alive and freed by hand, and a fetch that ignores its signal would have to be raced.

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

const TIMED_OUT = 1;
const ABORTED = 2;

// Who waits for a signal. One listener does for all: Node takes eleven for a leak, and says so.
const waiting = new WeakMap();

function watch(signal, onAbort) {
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

function unwatch(signal, onAbort) {
  const callbacks = waiting.get(signal);
  if (!callbacks?.delete(onAbort) || callbacks.size > 0) return;
  try {
    signal.removeEventListener("abort", callbacks.listener);
  } catch {
    // It is a signal by its looks only. The call must settle all the same.
  }
}

// Resolves to `{ ending: 0, ok, value }` once the promise that `start(signal)` returns has settled, or to `{ ending }`
// as soon as a limit is reached, whatever becomes of that promise. It never rejects, and leaves nothing behind: no
// timer that keeps a process alive, no listener on a long-lived signal.
export function within(timeout, caller, start) {
  return new Promise((resolve) => {
    const controller = new AbortController();
    let timer;
    const settle = (outcome) => {
      clearTimeout(timer);
      if (caller) unwatch(caller, onAbort);
      resolve(outcome);
    };
    const end = (ending) => {
      settle({ ending });
      controller.abort();
    };
    const onAbort = () => end(ABORTED);
    if (caller?.aborted) return end(ABORTED);
    if (timeout <= 0) return end(TIMED_OUT);
    if (caller) watch(caller, onAbort); // First: one that is no signal may throw, and then no timer stays.
    if (timeout <= LONGEST_TIMER) timer = setTimeout(end, timeout, TIMED_OUT);
    start(controller.signal).then(
      (value) => settle({ ending: 0, ok: true, value }),
      (value) => settle({ ending: 0, ok: false, value }),
    );
  });
}

// Resolves to `{ ending }` when the time is up or the caller aborts.
export function pause(milliseconds, caller) {
  return within(milliseconds, caller, () => new Promise(() => {}));
}

// Milliseconds that only ever grow.
export function now() {
  return globalThis.performance?.now() ?? Date.now();
}
