// One permission in the form: resource, actions, constraints, and what `lint` has to say about it.
import type { Permission, PermissionConstraints } from "kavachos-wasm";
import type { ConstraintName, Finding } from "kavachos-wasm/permissions";
import { ArrowDown, ArrowUp, CircleAlert, Copy, Info, Plus, Trash2, TriangleAlert } from "lucide-preact";
import { ActionsField } from "./actions-field";
import { ConstraintField } from "./constraint-field";
import { CONSTRAINT_TITLES, CONSTRAINTS, constraintsOf, FIRST_CONSTRAINTS } from "./constraint-words";

interface Props {
  id: number;
  permission: Permission;
  index: number;
  count: number;
  findings: readonly Finding[];
  /** Why it is none, if it is none. */
  wrong?: string;
  onChange(permission: Permission): void;
  onMove(by: -1 | 1): void;
  onDuplicate(): void;
  onRemove(): void;
}

export function PermissionCard(props: Props) {
  const { id, permission, index, count, findings, wrong, onChange, onMove, onDuplicate, onRemove } = props;
  const { resource, actions } = permission;
  const constraints = permission.constraints ?? {};
  const present = constraintsOf(constraints);
  const place = index + 1;

  function constrain(name: ConstraintName, constraint: PermissionConstraints[ConstraintName]) {
    const { constraints: _, ...bare } = permission;
    const kept: PermissionConstraints = Object.fromEntries(
      Object.entries({ ...constraints, [name]: constraint }).filter(([, value]) => value !== undefined),
    );
    onChange(Object.keys(kept).length > 0 ? { ...bare, constraints: kept } : bare);
  }

  return (
    <li class="permission" data-key={id}>
      <fieldset class="stack tight">
        <legend class="visually-hidden">
          Permission {place} of {count}
        </legend>
        <div class="head">
          <span class="place" aria-hidden>
            {place}
          </span>
          <input
            aria-label={`Resource of permission ${place}`}
            class="mono"
            placeholder="mcp:server:tool, or mcp:server:*"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={resource}
            onInput={({ currentTarget }) => onChange({ ...permission, resource: currentTarget.value })}
          />
          <div class="row buttons">
            <button
              type="button"
              class="button quiet small up"
              title="Move up"
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <ArrowUp size={16} aria-hidden />
              <span class="visually-hidden">Move permission {place} up</span>
            </button>
            <button
              type="button"
              class="button quiet small down"
              title="Move down"
              disabled={index === count - 1}
              onClick={() => onMove(1)}
            >
              <ArrowDown size={16} aria-hidden />
              <span class="visually-hidden">Move permission {place} down</span>
            </button>
            <button type="button" class="button quiet small" title="Duplicate" onClick={onDuplicate}>
              <Copy size={16} aria-hidden />
              <span class="visually-hidden">Duplicate permission {place}</span>
            </button>
            <button type="button" class="button quiet small danger remove" title="Remove" onClick={onRemove}>
              <Trash2 size={16} aria-hidden />
              <span class="visually-hidden">Remove permission {place}</span>
            </button>
          </div>
        </div>
        <ActionsField
          actions={actions}
          place={place}
          onChange={(changed) => onChange({ ...permission, actions: changed })}
        />
        {present.map((name) => (
          <ConstraintField
            key={name}
            name={name}
            constraints={constraints}
            place={place}
            onChange={(constraint) => constrain(name, constraint)}
            onRemove={() => constrain(name, undefined)}
          />
        ))}
        {present.length < CONSTRAINTS.length && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row everywhere
          <div class="row" role="group" aria-label={`Add a constraint to permission ${place}`}>
            <span class="muted">Only with</span>
            {CONSTRAINTS.filter((name) => !present.includes(name)).map((name) => (
              <button
                key={name}
                type="button"
                class="button quiet small"
                onClick={() => constrain(name, structuredClone(FIRST_CONSTRAINTS[name]))}
              >
                <Plus size={14} aria-hidden /> {CONSTRAINT_TITLES[name]}
              </button>
            ))}
          </div>
        )}
        {wrong && (
          <p class="finding error" role="status">
            <CircleAlert size={16} aria-hidden /> <span>{wrong}</span>
          </p>
        )}
        {findings.length > 0 && <Findings findings={findings} place={place} />}
      </fieldset>
    </li>
  );
}

const SIGNS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const WORDS = { error: "Error", warning: "Warning", info: "Note" } as const;

function Findings({ findings, place }: { findings: readonly Finding[]; place: number }) {
  return (
    <ul class="findings" aria-label={`Findings about permission ${place}`}>
      {findings.map(({ code, severity, path, message, advice }) => {
        const Sign = SIGNS[severity];
        return (
          <li key={`${code} ${path}`} class={`finding ${severity}`} data-code={code}>
            <Sign size={16} aria-hidden />
            <span>
              <span class="visually-hidden">{WORDS[severity]}: </span>
              {message}. <span class="muted">{advice}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
