// Shows a token that was just issued: once, until one says that it is stored.
import { useState } from "preact/hooks";
import type { Settings } from "../connection/session";
import { Code } from "../ui/copy";
import { OnceDialog, SecretField, showOnce } from "../ui/shown-once";
import { tokenSnippets } from "./token-snippets";

interface Issued {
  title: string;
  token: string;
  name?: string;
  server: Settings;
  /** What was wrong with the answer that it came in. */
  problem?: string;
}

/** Shows a token, until one says that it is stored. Resolves then. */
export const showToken = (issued: Issued): Promise<void> =>
  showOnce((onStored) => <TokenDialog {...issued} onStored={onStored} />);

function TokenDialog({ title, token, name, server, problem, onStored }: Issued & { onStored: () => void }) {
  const [language, setLanguage] = useState<"TypeScript" | "curl">("TypeScript");
  return (
    <OnceDialog
      title={title}
      what="it"
      notice={
        <>
          <strong>This is the only time that the token is shown.</strong> The server does not tell it again, and nothing
          here keeps it. Store it where {name ? `“${name}”` : "the agent"} finds it, and nobody else.
        </>
      }
      problem={
        problem === undefined ? undefined : (
          <>The server's answer was not what it should be, but the token was in it. {problem}</>
        )
      }
      onStored={onStored}
    >
      <SecretField label="Token" text={token} copy="Copy token" />
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
    </OnceDialog>
  );
}
