// Shows a token that was just issued: once, until one says that it is stored. It is held by what is rendered here, and by
// nothing else; the dialog has its own root, so that going back a page does not take the token with it.
import { TriangleAlert } from "lucide-preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Settings } from "../connection/session";
import { Code, CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { tokenSnippets } from "./token-snippets";

interface Issued {
  title: string;
  token: string;
  name?: string;
  server: Settings;
  /** What was wrong with the answer that it came in. */
  problem?: string;
}

/** Shows a token, until one says that it is stored. */
export function showToken(issued: Issued): void {
  const root = document.createElement("div");
  document.body.append(root);
  const close = () => {
    render(null, root);
    root.remove();
  };
  render(<TokenDialog {...issued} onStored={close} />, root);
}

function TokenDialog({ title, token, name, server, problem, onStored }: Issued & { onStored: () => void }) {
  const [sure, setSure] = useState(false);
  const [language, setLanguage] = useState<"TypeScript" | "curl">("TypeScript");
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
            have stored it
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
            <strong>This is the only time that the token is shown.</strong> The server does not tell it again, and
            nothing here keeps it. Store it where {name ? `“${name}”` : "the agent"} finds it, and nobody else.
          </p>
        </div>
        {problem !== undefined && (
          <div class="notice danger">
            <TriangleAlert size={18} aria-hidden />
            <p>The server's answer was not what it should be, but the token was in it. {problem}</p>
          </div>
        )}
        <label class="field">
          <span>Token</span>
          <input
            class="mono"
            readOnly
            autocomplete="off"
            spellcheck={false}
            value={token}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </label>
        <div class="row">
          <CopyButton text={token} label="Copy token" />
        </div>
        <div class="stack tight">
          <div class="row">
            <h3>How the agent uses it</h3>
            {(["TypeScript", "curl"] as const).map((one) => (
              <button
                key={one}
                type="button"
                class="button small"
                aria-pressed={language === one}
                onClick={() => setLanguage(one)}
              >
                {one}
              </button>
            ))}
          </div>
          <Code text={tokenSnippets(server)[language]} />
        </div>
      </div>
    </Dialog>
  );
}
