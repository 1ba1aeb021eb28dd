// How long something may take: until its time is up, or until its caller aborts it.
//
// It is JavaScript because timers and listeners are: in Rust each would need a closure that is
// kept alive and freed by hand, and a fetch that ignores its signal would have to be raced.

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

const TIMED_OUT = 1;
const ABORTED = 2;

// Resolves to `{ ending: 0, ok, value }` once the promise that `start(signal)` returns has settled, or to `{ ending }`
// as soon as a limit is reached, whatever becomes of that promise. It never rejects, and leaves nothing behind: no
// timer that keeps a process alive, no listener on a long-lived signal.
export function within(timeout, caller, start) {
  return new Promise((resolve) => {
    const controller = new AbortController();
    let timer;
    const settle = (outcome) => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", onAbort);
      resolve(outcome);
    };
    const end = (ending) => {
      settle({ ending });
      controller.abort();
    };
    const onAbort = () => end(ABORTED);
    if (caller?.aborted) return end(ABORTED);
    if (timeout <= 0) return end(TIMED_OUT);
    if (timeout <= LONGEST_TIMER) timer = setTimeout(end, timeout, TIMED_OUT);
    caller?.addEventListener("abort", onAbort);
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
