// Does something for many things, some at a time: servers are not flooded, and nobody waits for each in turn.

/** How many are asked for at the same time. */
const AT_ONCE = 6;

/** Calls `run` for each item, six at a time, in their order. Rejects with the first failure; what is under way goes on. */
export async function sixAtOnce<T>(items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const all = [...items];
  // The queue is one for all, so that each item is taken once.
  const queue = all.values();
  const work = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, work));
}

/** The same, but the first failure, or `signal`, ends it all: `run` gets a signal that says so. */
export async function sixAtOnceOrNone<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  run: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  try {
    await sixAtOnce(items, async (item) => {
      either.throwIfAborted();
      await run(item, either);
    });
  } finally {
    failed.abort();
  }
}
