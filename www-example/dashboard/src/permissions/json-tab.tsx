// Permissions as JSON text. What is typed stays as it is typed; it counts as soon as it is valid.
import { type Permission, parsePermissions } from "kavachos-wasm";
import { CircleAlert, CircleCheck } from "lucide-preact";
import { useId } from "preact/hooks";
import { messageOf } from "../ui/failure";

/** Text that was typed. */
export interface Draft {
  text: string;
}

interface Props {
  value: readonly Permission[];
  onChange(value: Permission[]): void;
  draft: Draft | null;
  onDraft(draft: Draft | null): void;
}

export function JsonTab({ value, onChange, draft, onDraft }: Props) {
  const id = useId();
  const shown = draft !== null && (problemOf(draft.text) !== undefined || says(draft.text, value));
  const text = shown ? draft.text : toJson(value);
  const problem = problemOf(text);
  return (
    <div class="stack tight">
      <label class="visually-hidden" for={`${id}-text`}>
        Permissions as JSON
      </label>
      <textarea
        id={`${id}-text`}
        rows={Math.min(28, Math.max(8, text.split("\n").length + 1))}
        spellcheck={false}
        autocomplete="off"
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-verdict`}
        onInput={({ currentTarget }) => {
          onDraft({ text: currentTarget.value });
          if (problemOf(currentTarget.value) === undefined) onChange(parsePermissions(currentTarget.value));
        }}
      />
      <div class="spread">
        <p id={`${id}-verdict`} role="status" class={problem === undefined ? "verdict" : "verdict wrong"}>
          {problem === undefined ? (
            <>
              <CircleCheck size={16} aria-hidden /> Valid:{" "}
              {value.length === 1 ? "1 permission" : `${value.length} permissions`}
            </>
          ) : (
            <>
              <CircleAlert size={16} aria-hidden /> {problem}
            </>
          )}
        </p>
        {problem !== undefined && (
          <button type="button" class="button small" onClick={() => onDraft(null)}>
            Go back to what is in force
          </button>
        )}
      </div>
    </div>
  );
}

/** Why the text is no list of permissions; nothing if it is one. */
export function problemOf(text: string): string | undefined {
  try {
    parsePermissions(text);
    return undefined;
  } catch (error) {
    return [messageOf(error), whereOf(text)].filter(Boolean).join(": ");
  }
}

// Only the host's parser says where text stops being JSON.
function whereOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether the text says the same as the permissions: then it may keep its own layout. */
function says(text: string, value: readonly Permission[]): boolean {
  return toJson(parsePermissions(text)) === toJson(value);
}

function toJson(value: readonly Permission[]): string {
  return JSON.stringify(value, null, 2);
}
