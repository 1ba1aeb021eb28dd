// Computes expensive values in separate tasks, after the rest of the page is shown.
import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/**
 * The value of a computed signal, deferred: `undefined` at first, then the previous value until the next one is computed.
 *
 * `causes` reads the signals that it depends on, which are cheap to compute.
 */
export function useDeferred<T>(source: ReadonlySignal<T>, causes: () => void): T | undefined {
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
