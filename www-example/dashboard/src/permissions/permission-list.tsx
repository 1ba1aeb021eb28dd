// Permissions in short, to read: for tables, pages and confirmations.
import type { Permission } from "kavachos-wasm";
import { constraintsOf, constraintWords } from "./constraint-words";
import "./permissions.css";

interface Props {
  permissions: readonly Permission[];
  /** How many to show at most; the rest is counted. */
  max?: number;
}

export function PermissionList({ permissions, max = Number.POSITIVE_INFINITY }: Props) {
  if (permissions.length === 0) return <p class="muted">No permissions: every call is denied.</p>;
  const more = permissions.length - max;
  return (
    <ol class="permission-list">
      {permissions.slice(0, max).map((permission, index) => (
        <li key={index}>
          <PermissionLine permission={permission} />
        </li>
      ))}
      {more > 0 && <li class="muted">and {more} more</li>}
    </ol>
  );
}

/** One permission in a line: its actions, its resource, its constraints. */
export function PermissionLine({ permission }: { permission: Permission }) {
  const { resource, actions, constraints } = permission;
  return (
    <span class="permission-line">
      <span class="actions">{actions.length > 0 ? actions.join(", ") : "nothing"}</span> <span class="muted">on</span>{" "}
      <code>{resource || "nothing"}</code>
      {constraintsOf(constraints).map((name) => (
        <span key={name} class="badge">
          {constraintWords(name, constraints ?? {})}
        </span>
      ))}
    </span>
  );
}
