// Loads something for a component, and stops when the component goes or wants something else.
import { useCallback, useEffect, useState } from "preact/hooks";

export interface Loaded<T> {
  /** What came last; stays while it is loaded again. */
  value?: T;
  error?: unknown;
  loading: boolean;
  reload: () => void;
}

/** Calls `load` at once, and again whenever `inputs` change or `reload` is called. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; loading: boolean }>({ loading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setState(({ value }) => ({ value, loading: true }));
    load(controller.signal).then(
      (value) => !controller.signal.aborted && setState({ value, loading: false }),
      (error) => !controller.signal.aborted && setState(({ value }) => ({ value, error, loading: false })),
    );
    return () => controller.abort();
  }, [...inputs, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, reload };
}
