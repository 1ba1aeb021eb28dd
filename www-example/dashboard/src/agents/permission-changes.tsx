// What a change of permissions comes to: what is new, what is gone, what is different.
import type { ChangedPermission, Difference } from "kavachos-wasm/permissions";
import { ArrowUpDown, Minus, PenLine, Plus } from "lucide-preact";
import { CONSTRAINT_TITLES, constraintWords } from "../permissions/constraint-words";
import { PermissionLine } from "../permissions/permission-list";

export function PermissionChanges({ change }: { change: Difference }) {
  const { added, removed, changed, reordered, same } = change;
  if (same && !reordered) return <p class="muted">Nothing yet.</p>;
  return (
    <ul class="change-list">
      {added.map(({ index, rule }) => (
        <li key={`added ${index}`} class="added">
          <Plus size={14} aria-hidden />
          <span>
            <strong>New:</strong> <PermissionLine permission={rule} />
          </span>
        </li>
      ))}
      {removed.map(({ index, rule }) => (
        <li key={`removed ${index}`} class="removed">
          <Minus size={14} aria-hidden />
          <span>
            <strong>Gone:</strong> <PermissionLine permission={rule} />
          </span>
        </li>
      ))}
      {changed.map((one) => (
        <li key={`changed ${one.after.index}`} class="changed">
          <PenLine size={14} aria-hidden />
          <span>
            <strong>Changed:</strong> <code>{one.after.rule.resource}</code> <Details change={one} />
          </span>
        </li>
      ))}
      {reordered && (
        <li class="changed">
          <ArrowUpDown size={14} aria-hidden />
          <span>
            <strong>Another order:</strong> the first permission that matches decides, so decisions may change.
          </span>
        </li>
      )}
    </ul>
  );
}

function Details({ change: { actions, constraints, before, after } }: { change: ChangedPermission }) {
  return (
    <>
      {actions.added.length > 0 && <span>may also {actions.added.join(", ")} </span>}
      {actions.removed.length > 0 && <span>may no longer {actions.removed.join(", ")} </span>}
      {constraints.map(({ name, before: was, after: is }) => (
        <span key={name} class="badge">
          {CONSTRAINT_TITLES[name]}: {was === undefined ? "none" : constraintWords(name, before.rule.constraints ?? {})}{" "}
          → {is === undefined ? "none" : constraintWords(name, after.rule.constraints ?? {})}
        </span>
      ))}
    </>
  );
}
