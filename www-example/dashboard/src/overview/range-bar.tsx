// Chooses the range of time: one that goes on with time, or one from a moment to another.
import { X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { range } from "../log/audit-log";
import { type Choice, LAST_WORDS, LASTS } from "../log/range";

interface Props {
  choice: Choice;
  isDefault: boolean;
  choose: (choice: Choice | null) => void;
}

const MINUTE = 60_000;

export function RangeBar({ choice, isDefault, choose }: Props) {
  const last = "last" in choice ? choice.last : null;
  return (
    <div class="range-bar">
      <fieldset class="segments">
        <legend class="visually-hidden">Range of time</legend>
        {LASTS.map((name) => (
          <button
            key={name}
            type="button"
            class="button small"
            aria-pressed={last === name}
            onClick={() => choose({ last: name })}
          >
            {LAST_WORDS[name]}
          </button>
        ))}
      </fieldset>
      <FromTo choice={choice} isDefault={isDefault} choose={choose} />
    </div>
  );
}

function FromTo({ choice, isDefault, choose }: Props) {
  const given = "last" in choice ? { from: "", to: "" } : { from: local(choice.since), to: local(choice.until + 1) };
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given.from, given.to]);
  const isChanged = typed.from !== given.from || typed.to !== given.to;
  const isBackwards = typed.from !== "" && typed.to !== "" && typed.from >= typed.to;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (isBackwards || !isChanged) return;
    const now = range.peek()?.until ?? Date.now();
    const since = typed.from ? new Date(typed.from).getTime() : 0;
    // The minute that is named is the first that is left out.
    const until = typed.to ? new Date(typed.to).getTime() - 1 : now;
    choose(typed.from || typed.to ? { since, until } : null);
  }

  const field = (name: "from" | "to", word: string) => (
    <label>
      <span>{word}</span>
      <input
        type="datetime-local"
        name={name}
        max="9999-12-31T23:59"
        value={typed[name]}
        aria-invalid={isBackwards}
        onInput={({ currentTarget }) => setTyped((before) => ({ ...before, [name]: currentTarget.value }))}
      />
    </label>
  );
  return (
    <form class="from-to" onSubmit={submit}>
      {field("from", "From")}
      {field("to", "To")}
      <button type="submit" class="button small" disabled={!isChanged || isBackwards}>
        Apply
      </button>
      {!isDefault && (
        <button
          type="button"
          class="button quiet small"
          onClick={({ currentTarget }) => {
            // This button goes; who came by keyboard stays here.
            currentTarget.form?.querySelector("input")?.focus();
            choose(null);
          }}
        >
          <X size={16} aria-hidden /> Clear
        </button>
      )}
      {isBackwards && (
        <small class="wrong" role="status">
          “From” has to be before “to”.
        </small>
      )}
    </form>
  );
}

/** As a `datetime-local` field has it: in the time of the reader, to the minute. */
function local(moment: number): string {
  const zone = new Date(moment).getTimezoneOffset() * MINUTE;
  return new Date(moment - zone).toISOString().slice(0, 16);
}
