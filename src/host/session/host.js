// What a session needs of its surroundings: a clock, timers, tabs, a lock. Everything is looked up when it is used, so that a session
// can be made where there is no browser; what is missing, or throws when it is looked at, is done without.

/**
 * @typedef {object} Host
 * @property {() => number} now
 * @property {() => number} random
 * @property {(milliseconds: number, run: () => void) => () => void} after runs it later, and returns what calls that off
 * @property {(name: string, receive: (data: unknown) => void) => { post: (data: unknown) => void, close: () => void } | undefined} channel
 * @property {() => any} locks those between tabs, if there are any
 * @property {(events: Record<string, (event: any) => void>) => () => void} listen
 * @property {(name: "localStorage" | "sessionStorage") => any} storage
 * @property {boolean} isBrowser
 */

/** @returns {Host} */
export function hostOf() {
  const scope = /** @type {any} */ (globalThis);
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      /** @type {any} */ (timer).unref?.(); // It must not keep a process alive.
      return () => clearTimeout(timer);
    },
    channel: (name, receive) => {
      // Firefox throws where cookies are blocked, old Safari has none.
      const channel = attempt(() => new scope.BroadcastChannel(name));
      if (!channel) return undefined;
      channel.unref?.();
      channel.onmessage = (/** @type {MessageEvent} */ event) => receive(event.data);
      return { post: (data) => attempt(() => channel.postMessage(data)), close: () => channel.close() };
    },
    locks: () => attempt(() => scope.navigator.locks),
    listen: (events) => {
      // All of them reach the window, also those of the document.
      const target = /** @type {any} */ (attempt(() => scope.window));
      const pairs = Object.entries(events);
      for (const [name, listener] of pairs) target?.addEventListener?.(name, listener);
      return () => {
        for (const [name, listener] of pairs) target?.removeEventListener?.(name, listener);
      };
    },
    storage: (name) => scope[name],
    get isBrowser() {
      return scope.document !== undefined;
    },
  };
}

/**
 * What it returns, or nothing if it throws.
 *
 * @template T
 * @param {() => T} run
 * @returns {T | undefined}
 */
export function attempt(run) {
  try {
    return run();
  } catch {
    return undefined;
  }
}
