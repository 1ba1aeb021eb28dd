// One try of one request: its timer, the caller's abort signal, and the signal that fetch gets.
//
// It is JavaScript because timers and listeners are: in Rust each would need a closure that is
// kept alive and freed by hand, and a fetch that ignores its signal would have to be raced.

const LONGEST_TIMER = 2147483647; // setTimeout takes longer delays for none at all.

const TIMED_OUT = 1;
const ABORTED = 2;

export class Attempt {
  constructor(timeout, signal) {
    this.controller = new AbortController();
    this.ending = 0;
    this.caller = signal;
    if (signal) {
      this.onAbort = () => this.end(ABORTED);
      if (signal.aborted) this.end(ABORTED);
      else signal.addEventListener("abort", this.onAbort);
    }
    if (timeout <= LONGEST_TIMER) this.timer = setTimeout(() => this.end(TIMED_OUT), timeout);
  }

  get signal() {
    return this.controller.signal;
  }

  end(ending) {
    if (this.ending) return;
    this.ending = ending;
    this.reject?.();
    this.controller.abort();
  }

  // Settles as `promise` does, or rejects as soon as this attempt ends, whatever `promise` does then.
  race(promise) {
    return new Promise((resolve, reject) => {
      this.reject = reject;
      Promise.resolve(promise).then(resolve, reject);
      if (this.ending) reject();
    });
  }

  // Leaves nothing behind: no timer that keeps a process alive, no listener on a long-lived signal.
  stop() {
    clearTimeout(this.timer);
    if (this.onAbort) this.caller.removeEventListener("abort", this.onAbort);
  }
}
