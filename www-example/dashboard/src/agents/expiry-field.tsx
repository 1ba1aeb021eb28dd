// Asks when a token is to stop working.
import { type Expiry, TERMS, type Term } from "./expiry";

interface Props {
  value: Expiry;
  onChange: (value: Expiry) => void;
  /** What it means to say nothing. */
  left: string;
  hint?: string;
}

export function ExpiryField({ value, onChange, left, hint }: Props) {
  return (
    <div class="stack tight">
      <label class="field">
        <span>Expires</span>
        <select
          name="term"
          value={value.term}
          onChange={({ currentTarget }) => onChange({ ...value, term: currentTarget.value as Term })}
        >
          {TERMS.map(({ name, title }) => (
            <option key={name} value={name}>
              {name === "" ? left : title}
            </option>
          ))}
        </select>
        {value.term === "" && hint && <small>{hint}</small>}
      </label>
      {value.term === "at" && (
        <input
          name="at"
          type="datetime-local"
          required
          aria-label="Moment it expires, in your time zone"
          value={value.at}
          onInput={({ currentTarget }) => onChange({ ...value, at: currentTarget.value })}
        />
      )}
    </div>
  );
}
