// Shows secrets that the server tells once, until one says that they are stored.
import { Code } from "../ui/copy";
import { OnceDialog, SecretField, showOnce } from "../ui/shown-once";

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
export const showSecret = (secret: Secret): Promise<void> =>
  showOnce((onStored) => <SecretDialog {...secret} onStored={onStored} />);

function SecretDialog({ title, label, text, advice, problem, onStored }: Secret & { onStored: () => void }) {
  const isOne = !text.includes("\n");
  const what = isOne ? "it" : "them";
  return (
    <OnceDialog
      title={title}
      what={what}
      notice={
        <>
          <strong>
            {label} {isOne ? "is" : "are"} shown this once.
          </strong>{" "}
          The server does not tell {what} again. {advice}
        </>
      }
      problem={
        problem === undefined ? undefined : <>The server's answer is not complete, but the key is in it. {problem}</>
      }
      onStored={onStored}
    >
      {isOne ? <SecretField label={label} text={text} copy="Copy" /> : <Code text={text} label="Copy all" />}
    </OnceDialog>
  );
}
