// A form that is sent: under way, or what it failed with. It can be sent again, for forms of several steps.
import { type Action, useAction } from "./use-action";

export interface Submission extends Omit<Action, "run"> {
  submit: (event: SubmitEvent) => Promise<void>;
}

/** Does `act` when the form is submitted. */
export function useSubmit(act: () => Promise<void>): Submission {
  const { run, ...shown } = useAction(act, { again: true });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    return run();
  };
  return { ...shown, submit };
}
