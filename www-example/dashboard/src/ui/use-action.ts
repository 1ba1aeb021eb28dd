// Something that one asks for by a button: under way until it is done, or what it failed with.
import { useState } from "preact/hooks";

export interface Action {
  /** Stays when it has succeeded, unless it can be done again: what held the button is closed then. */
  busy: boolean;
  error: unknown;
  run: () => Promise<void>;
}

/** Does `act` when `run` is called: once, or `again` and again. */
export function useAction(act: () => Promise<void>, { again = false } = {}): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run() {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      if (again) setBusy(false);
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }
  return { busy, error, run };
}
