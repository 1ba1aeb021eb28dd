// One constraint of a permission, with the fields that fit it.
import type { PermissionConstraints } from "kavachos-wasm";
import type { ConstraintName } from "kavachos-wasm/permissions";
import { Plus, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { CONSTRAINT_TITLES } from "./constraint-words";

interface Props {
  name: ConstraintName;
  constraints: PermissionConstraints;
  place: number;
  onChange(constraint: PermissionConstraints[ConstraintName]): void;
  onRemove(): void;
}

export function ConstraintField({ name, constraints, place, onChange, onRemove }: Props) {
  const title = CONSTRAINT_TITLES[name];
  return (
    <div class="constraint" data-constraint={name}>
      <span class="title">{title}</span>
      <div class="fields">
        <Fields name={name} constraints={constraints} label={`${title} of permission ${place}`} onChange={onChange} />
      </div>
      <button type="button" class="button quiet small" title={`Remove ${title.toLowerCase()}`} onClick={onRemove}>
        <X size={16} aria-hidden />
        <span class="visually-hidden">
          Remove {title.toLowerCase()} of permission {place}
        </span>
      </button>
    </div>
  );
}

interface FieldsProps {
  name: ConstraintName;
  constraints: PermissionConstraints;
  label: string;
  onChange(constraint: PermissionConstraints[ConstraintName]): void;
}

function Fields({ name, constraints, label, onChange }: FieldsProps) {
  const { timeWindow } = constraints;
  switch (name) {
    case "maxCallsPerHour":
      return <LimitField value={constraints.maxCallsPerHour ?? 0} label={label} onChange={onChange} />;
    case "allowedArgPatterns":
      return (
        <ListField items={constraints.allowedArgPatterns ?? []} label={label} hint="^[a-z]+$" onChange={onChange} />
      );
    case "requireApproval":
      return (
        <label class="choice">
          <input
            type="checkbox"
            checked={constraints.requireApproval ?? false}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          a human approves each call
        </label>
      );
    case "timeWindow": {
      const { start = "", end = "" } = timeWindow ?? {};
      return (
        <div class="row">
          <TimeField label={`Start, ${label}`} value={start} onChange={(value) => onChange({ start: value, end })} />
          <span>to</span>
          <TimeField label={`End, ${label}`} value={end} onChange={(value) => onChange({ start, end: value })} />
          <small class="muted">in the server's time zone</small>
        </div>
      );
    }
    case "ipAllowlist":
      return <ListField items={constraints.ipAllowlist ?? []} label={label} hint="10.0.0.0/8" onChange={onChange} />;
  }
}

function LimitField({ value, label, onChange }: { value: number; label: string; onChange(value: number): void }) {
  // What is no number (yet) is kept as text, and the last number stays in force.
  const [typed, setTyped] = useState<string>();
  const text = typed !== undefined && numberOf(typed) !== value && numberOf(typed) !== undefined ? undefined : typed;
  return (
    <div class="row">
      <input
        class="short"
        inputMode="numeric"
        autocomplete="off"
        aria-label={label}
        aria-invalid={text !== undefined && numberOf(text) === undefined}
        value={text ?? String(value)}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const number = numberOf(currentTarget.value);
          if (number !== undefined) onChange(number);
        }}
      />
      <small class="muted">
        {text !== undefined && numberOf(text) === undefined
          ? `not a whole number: ${value} stays in force`
          : "for each resource that is asked for"}
      </small>
    </div>
  );
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text.trim()) && Number.isSafeInteger(number) ? number : undefined;
}

// Not of type "time": what is there may be no time, and has to be seen then.
function TimeField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <input
      class="short mono"
      aria-label={label}
      placeholder="HH:MM"
      autocomplete="off"
      value={value}
      aria-invalid={!/^([01]\d|2[0-3]):[0-5]\d$/.test(value)}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface ListProps {
  items: readonly string[];
  label: string;
  hint: string;
  onChange(items: string[]): void;
}

function ListField({ items, label, hint, onChange }: ListProps) {
  return (
    <div class="row list">
      {items.map((item, index) => (
        <span key={index} class="item">
          <input
            class="mono"
            aria-label={`${label}, ${index + 1}`}
            placeholder={hint}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={item}
            onInput={({ currentTarget }) => onChange(items.with(index, currentTarget.value))}
          />
          <button
            type="button"
            class="button quiet small"
            title="Remove"
            onClick={() => onChange(items.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden />
            <span class="visually-hidden">
              Remove entry {index + 1} of {label}
            </span>
          </button>
        </span>
      ))}
      <button type="button" class="button quiet small" onClick={() => onChange([...items, ""])}>
        <Plus size={14} aria-hidden /> Add<span class="visually-hidden"> to {label}</span>
      </button>
    </div>
  );
}
