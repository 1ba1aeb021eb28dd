// One tab at a time.

/**
 * Does some work while no other tab does. Without locks – in a plain http page, in a sandboxed frame – it is done all the same, and so
 * it is when the lock does not come in time.
 *
 * @param {any} locks
 * @param {string} name
 * @param {number} milliseconds
 * @param {() => Promise<void>} work
 */
export async function locked(locks, name, milliseconds, work) {
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
