// When a delegation ends: soon by a button, or to the minute.
import { useId, useState } from "preact/hooks";
import { ago } from "../ui/time";

const HOUR = 3_600_000;
const SPANS = [
  { text: "1 hour", span: HOUR },
  { text: "1 day", span: 24 * HOUR },
  { text: "1 week", span: 168 * HOUR },
  { text: "30 days", span: 720 * HOUR },
] as const;

interface Props {
  /** In milliseconds since 1970; absent if what is typed is no moment. */
  value?: number;
  onChange(value: number | undefined): void;
}

export function inOneDay(): number {
  return minuteOf(Date.now() + 24 * HOUR);
}

export function EndField({ value, onChange }: Props) {
  const id = useId();
  const [text, setText] = useState(() => (value === undefined ? "" : localText(value)));
  return (
    <div class="field">
      <label for={id}>Ends</label>
      <input
        id={id}
        type="datetime-local"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          const moment = Date.parse(currentTarget.value);
          onChange(Number.isNaN(moment) ? undefined : moment);
        }}
      />
      <div class="row">
        {SPANS.map(({ text: label, span }) => (
          <button
            key={label}
            type="button"
            class="button small"
            onClick={() => {
              const moment = minuteOf(Date.now() + span);
              setText(localText(moment));
              onChange(moment);
            }}
          >
            {label}
          </button>
        ))}
        {value !== undefined && <small class="muted">{ago(value)}</small>}
      </div>
    </div>
  );
}

// The field knows no seconds.
function minuteOf(moment: number): number {
  return Math.ceil(moment / 60_000) * 60_000;
}

/** As the field wants it: in the time zone of the reader, without naming it. */
function localText(moment: number): string {
  const offset = new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(moment - offset).toISOString().slice(0, 16);
}
