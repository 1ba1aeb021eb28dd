// Runs a function for many items with limited concurrency, so that servers are not flooded.

/** How many run at the same time. */
const CONCURRENCY = 6;

/** Calls `run` for each item, in order. Rejects with the first failure, but does not stop the runs that have started. */
export async function runPooled<T>(items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const all = [...items];
  // All workers share the iterator, so each item is taken once.
  const queue = all.values();
  const work = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, all.length) }, work));
}

/** The same, but the first failure, or `signal`, aborts the signal that `run` receives. */
export async function runPooledOrAbort<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  run: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  try {
    await runPooled(items, async (item) => {
      either.throwIfAborted();
      await run(item, either);
    });
  } finally {
    failed.abort();
  }
}
