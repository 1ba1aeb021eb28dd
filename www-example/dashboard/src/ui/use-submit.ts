// A form that is sent: under way, or what it failed with. It can be sent again, for forms of several steps.
import { useState } from "preact/hooks";

export interface Submission {
  busy: boolean;
  error: unknown;
  submit: (event: SubmitEvent) => Promise<void>;
}

/** Does `act` when the form is submitted. */
export function useSubmit(act: () => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await act();
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  }
  return { busy, error, submit };
}
