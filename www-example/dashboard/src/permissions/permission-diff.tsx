// What changes from one list of permissions to another, to be looked at before it is saved.
import type { Permission } from "kavachos-wasm";
import { type ChangedConstraint, diff } from "kavachos-wasm/permissions";
import { ArrowDownUp, Minus, PenLine, Plus } from "lucide-preact";
import { CONSTRAINT_TITLES, constraintWords } from "./constraint-words";
import { PermissionLine } from "./permission-list";
import "./permissions.css";

interface Props {
  before: readonly Permission[];
  after: readonly Permission[];
}

export function PermissionDiff({ before, after }: Props) {
  const { same, reordered, added, removed, changed } = diff(before, after);
  if (same && !reordered) return <p class="muted">Nothing changes.</p>;
  return (
    <ul class="permission-diff">
      {removed.map(({ index, rule }) => (
        <li key={`removed ${index}`} class="removed">
          <Minus size={16} aria-label="Removed" /> <PermissionLine permission={rule} />
        </li>
      ))}
      {changed.map(({ before: was, after: is, actions, constraints }) => (
        <li key={`changed ${is.index}`} class="changed">
          <PenLine size={16} aria-label="Changed" />
          <div>
            <code>{is.rule.resource}</code>
            <ul>
              {actions.removed.length > 0 && <li>no longer {actions.removed.join(", ")}</li>}
              {actions.added.length > 0 && <li>now also {actions.added.join(", ")}</li>}
              {constraints.map((constraint) => (
                <li key={constraint.name}>{changeWords(constraint)}</li>
              ))}
              {actions.removed.length + actions.added.length + constraints.length === 0 && (
                <li>
                  from place {was.index + 1} to {is.index + 1}
                </li>
              )}
            </ul>
          </div>
        </li>
      ))}
      {added.map(({ index, rule }) => (
        <li key={`added ${index}`} class="added">
          <Plus size={16} aria-label="Added" /> <PermissionLine permission={rule} />
        </li>
      ))}
      {reordered && (
        <li class="changed">
          <ArrowDownUp size={16} aria-hidden /> The order changes: the first permission that matches decides.
        </li>
      )}
    </ul>
  );
}

function changeWords({ name, before, after }: ChangedConstraint): string {
  const words = (value: unknown) => (value === undefined ? "none" : constraintWords(name, { [name]: value }));
  return `${CONSTRAINT_TITLES[name]}: ${words(before)} → ${words(after)}`;
}
