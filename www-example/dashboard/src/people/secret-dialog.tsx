// Shows secrets that the server tells once, until one says that they are stored. They are held by what is rendered here, and by
// nothing else; the dialog has its own root, so that leaving the page does not take the secrets along.
import { TriangleAlert } from "lucide-preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Code, CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";

interface Secret {
  title: string;
  /** What it is: “The key”. */
  label: string;
  /** One secret, or one in each line. */
  text: string;
  /** What to do with it. */
  advice: string;
  /** What was wrong with the answer that it came in. */
  problem?: string;
}

/** Shows a secret, until one says that it is stored. Resolves then. */
export function showSecret(secret: Secret): Promise<void> {
  return new Promise((resolve) => {
    const root = document.createElement("div");
    document.body.append(root);
    const close = () => {
      render(null, root);
      root.remove();
      resolve();
    };
    render(<SecretDialog {...secret} onStored={close} />, root);
  });
}

function SecretDialog({ title, label, text, advice, problem, onStored }: Secret & { onStored: () => void }) {
  const [sure, setSure] = useState(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  const isOne = !text.includes("\n");
  return (
    <Dialog
      title={title}
      footer={
        <>
          <label class="choice">
            <input type="checkbox" checked={sure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />I
            have stored {isOne ? "it" : "them"}
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
          <p>
            <strong>
              {label} {isOne ? "is" : "are"} shown this once.
            </strong>{" "}
            The server does not tell {isOne ? "it" : "them"} again. {advice}
          </p>
        </div>
        {problem !== undefined && (
          <div class="notice danger">
            <TriangleAlert size={18} aria-hidden />
            <p>The server's answer is not complete, but the key is in it. {problem}</p>
          </div>
        )}
        {isOne ? (
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
              <CopyButton text={text} label="Copy" />
            </div>
          </>
        ) : (
          <Code text={text} label="Copy all" />
        )}
      </div>
    </Dialog>
  );
}
