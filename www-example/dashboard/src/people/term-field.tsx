// Asks when something ends: after some days, at a moment, or never.

export interface End {
  /** `0` for never, `-1` for the moment in `at`. */
  days: number;
  /** As `datetime-local` inputs have it. */
  at: string;
}

const CHOICES = [
  { days: 1, title: "In a day" },
  { days: 7, title: "In 7 days" },
  { days: 30, title: "In 30 days" },
  { days: 90, title: "In 90 days" },
  { days: 365, title: "In a year" },
] as const;

/** The moment; `undefined` for never. */
export function momentIn({ days, at }: End, now = Date.now()): Date | undefined {
  if (days < 0) return new Date(at);
  return days > 0 ? new Date(now + days * 86_400_000) : undefined;
}

interface Props {
  label: string;
  /** What it is called not to end; left out, it has to. */
  never?: string;
  value: End;
  onChange: (value: End) => void;
}

export function TermField({ label, never, value, onChange }: Props) {
  return (
    <div class="stack tight">
      <label class="field">
        <span>{label}</span>
        <select
          value={value.days}
          onChange={({ currentTarget }) => onChange({ ...value, days: Number(currentTarget.value) })}
        >
          {never && <option value={0}>{never}</option>}
          {CHOICES.map(({ days, title }) => (
            <option key={days} value={days}>
              {title}
            </option>
          ))}
          <option value={-1}>At a moment…</option>
        </select>
      </label>
      {value.days < 0 && (
        <input
          type="datetime-local"
          required
          aria-label={`${label}: the moment, in your time zone`}
          value={value.at}
          onInput={({ currentTarget }) => onChange({ ...value, at: currentTarget.value })}
        />
      )}
    </div>
  );
}
