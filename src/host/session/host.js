// What a session needs of its surroundings: a clock, timers, tabs, a lock. Everything is looked up when it is used, so that a session
// can be made where there is no browser; what is missing, or throws when it is looked at, is done without.

/**
 * @typedef {object} Host
 * @property {() => number} now
 * @property {() => number} random
 * @property {(milliseconds: number, run: () => void) => () => void} after runs it later, and returns what calls that off
 * @property {(name: string, receive: (data: unknown) => void) => { post: (data: unknown) => void, close: () => void } | undefined} channel
 * @property {(name: string, milliseconds: number, work: () => Promise<void>) => Promise<void>} lock
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
    lock: (name, milliseconds, work) => locked(scope, name, milliseconds, work),
    listen: (events) => {
      const target = /** @type {any} */ (attempt(() => scope.window));
      const pairs = Object.entries(events).map(([name, listener]) => [
        name === "visibilitychange" ? target?.document : target,
        name,
        listener,
      ]);
      for (const [on, name, listener] of pairs) on?.addEventListener?.(name, listener);
      return () => {
        for (const [on, name, listener] of pairs) on?.removeEventListener?.(name, listener);
      };
    },
    storage: (name) => scope[name],
    get isBrowser() {
      return scope.document !== undefined;
    },
  };
}

/**
 * Does some work while no other tab does. Without locks – in a plain http page, in a sandboxed frame – it is done all the same, and so
 * it is when the lock does not come in time.
 *
 * @param {any} scope
 * @param {string} name
 * @param {number} milliseconds
 * @param {() => Promise<void>} work
 */
async function locked(scope, name, milliseconds, work) {
  const locks = attempt(() => scope.navigator.locks);
  if (!locks?.request) return work();
  let isDone = false;
  const once = async () => {
    isDone = true;
    await work();
  };
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), milliseconds);
  try {
    await locks.request(name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      return once();
    });
  } catch (problem) {
    // Work that has begun is not done again, whatever becomes of the lock.
    if (isDone) throw problem;
    await work();
  } finally {
    clearTimeout(timer);
  }
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
