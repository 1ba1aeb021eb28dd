// What shows a secret once, until one says that it is stored. The secret is held by what is rendered here, and by nothing else; the
// dialog has its own root, so that leaving the page does not take the secret along.
import { TriangleAlert } from "lucide-preact";
import { type ComponentChild, type ComponentChildren, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "./copy";
import { Dialog } from "./dialog";

/** Renders a dialog in a separate root. Resolves when it has called what it is given. */
export function showOnce(dialog: (onStored: () => void) => ComponentChild): Promise<void> {
  return new Promise((resolve) => {
    const root = document.createElement("div");
    document.body.append(root);
    const close = () => {
      render(null, root);
      root.remove();
      resolve();
    };
    render(dialog(close), root);
  });
}

interface OnceDialogProps {
  title: string;
  /** What one has stored: “it” or “them”. */
  what: "it" | "them";
  notice: ComponentChildren;
  /** What was wrong with the answer that the secret came in. */
  problem?: ComponentChildren;
  onStored: () => void;
  children: ComponentChildren;
}

/** A dialog that closes only when one says that what it shows is stored. */
export function OnceDialog({ title, what, notice, problem, onStored, children }: OnceDialogProps) {
  const [sure, setSure] = useState(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  return (
    <Dialog
      title={title}
      footer={
        <>
          <label class="choice">
            <input type="checkbox" checked={sure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />I
            have stored {what}
          </label>
          <button type="button" class="button primary" disabled={!sure} onClick={onStored}>
            Done
          </button>
        </>
      }
    >
      <div class="stack">
        <div class="notice warning">
          <TriangleAlert size={18} aria-hidden />
          <p>{notice}</p>
        </div>
        {problem !== undefined && (
          <div class="notice danger">
            <TriangleAlert size={18} aria-hidden />
            <p>{problem}</p>
          </div>
        )}
        {children}
      </div>
    </Dialog>
  );
}

/** A secret in a field that is selected as a whole, with a button that copies it. */
export function SecretField({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <>
      <label class="field">
        <span>{label}</span>
        <input
          class="mono"
          readOnly
          autocomplete="off"
          spellcheck={false}
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
      <div class="row">
        <CopyButton text={text} label={copy} />
      </div>
    </>
  );
}
