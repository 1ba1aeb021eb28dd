// Asks before something is done, and shows what it failed with.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Dialog } from "../ui/dialog";
import { useAction } from "../ui/use-action";
import { type Feature, PeopleFailure } from "./people-failure";

interface Props {
  title: ComponentChildren;
  /** What the button says. */
  label: string;
  busyLabel: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  /** What is so if it fails: “The user is not banned”. */
  what: string;
  feature: Feature;
  act: () => Promise<void>;
  /** Tells whether it was tried, so that something may have changed. */
  onClose: (isTried: boolean) => void;
  children: ComponentChildren;
}

/** A form in a dialog. `act` closes it by what it calls when it has succeeded. */
export function Confirm(props: Props) {
  const { title, label, busyLabel, isDanger, isDisabled, what, feature, act, onClose, children } = props;
  const { busy, error, run } = useAction(act);
  const form = useId();
  const close = () => onClose(error !== undefined);
  return (
    <Dialog
      title={title}
      onClose={busy ? undefined : close}
      footer={
        <>
          <button type="button" class="button" disabled={busy} onClick={close}>
            Cancel
          </button>
          <button
            type="submit"
            form={form}
            class={isDanger ? "button danger primary" : "button primary"}
            disabled={busy || isDisabled}
          >
            {busy ? busyLabel : label}
          </button>
        </>
      }
    >
      <form
        id={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {children}
        {error !== undefined && <PeopleFailure error={error} what={what} feature={feature} />}
      </form>
    </Dialog>
  );
}
