// Something that one asks for by a button: under way until it is done, or what it failed with.
import { useState } from "preact/hooks";

export interface Action {
  /** Stays when it has succeeded: what held the button is closed then. */
  busy: boolean;
  error: unknown;
  run: () => Promise<void>;
}

/** Does `act` when `run` is called. */
export function useAction(act: () => Promise<void>): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run() {
    setBusy(true);
    setError(undefined);
    try {
      await act();
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }
  return { busy, error, run };
}
