// Computes what is costly in a task of its own, after what matters more has been shown: nothing waits for all of it at once.
import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/**
 * The value of a computed signal, a moment later: at first `undefined`, and then the previous one until the next is there.
 *
 * `causes` reads the signals that it depends on, which are cheap themselves.
 */
export function useLater<T>(source: ReadonlySignal<T>, causes: () => void): T | undefined {
  const [value, setValue] = useState<{ is: T }>();
  useEffect(
    () =>
      effect(() => {
        causes();
        const timer = setTimeout(() => setValue({ is: source.peek() }));
        return () => clearTimeout(timer);
      }),
    [source],
  );
  return value?.is;
}
