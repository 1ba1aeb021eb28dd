// The explanation of a verdict as a tree: each permission, whether it matched, and what became of its constraints.
import type { ExplainedConstraint, ExplainedPermission, Explanation } from "kavachos-wasm/permissions";
import { Check, CircleHelp, CornerDownRight, Minus, X } from "lucide-preact";
import { CONSTRAINT_TITLES } from "../permissions/constraint-words";
import { PermissionLine } from "../permissions/permission-list";

/** Above so many, those that do not match are folded away. */
const FEW = 8;

export function ExplanationTree({ explanation, label }: { explanation: Explanation; label: string }) {
  const { permissions } = explanation;
  if (permissions.length === 0) return <p class="muted">There are no permissions, so nothing is allowed.</p>;
  const fold = permissions.length > FEW;
  const shown = fold ? permissions.filter(({ matched }) => matched) : permissions;
  const folded = fold ? permissions.filter(({ matched }) => !matched) : [];
  return (
    <div class="stack tight">
      {shown.length > 0 && <Branches permissions={shown} allowed={explanation.allowed} label={label} />}
      {folded.length > 0 && (
        <details>
          <summary>
            {folded.length} {shown.length > 0 ? "others do" : "permissions, which all do"} not match
          </summary>
          <Branches permissions={folded} allowed={explanation.allowed} label={`${label} that do not match`} />
        </details>
      )}
    </div>
  );
}

function Branches(props: { permissions: readonly ExplainedPermission[]; allowed: boolean; label: string }) {
  return (
    <ol class="explanation" aria-label={props.label}>
      {props.permissions.map(({ index, rule, matched, decides, why, constraints }) => (
        <li key={index} class={decides ? "decides" : matched ? "matched" : "other"} data-index={index}>
          <div class="branch">
            <PermissionSign decides={decides} matched={matched} allowed={props.allowed} />
            <span>
              <span class="muted">{index + 1}.</span> <PermissionLine permission={bare(rule)} />
              <span class="why muted"> {why}</span>
            </span>
          </div>
          {constraints.length > 0 && (
            <ul>
              {constraints.map((constraint) => (
                <ConstraintLeaf key={constraint.name} constraint={constraint} />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

function PermissionSign({ decides, matched, allowed }: { decides: boolean; matched: boolean; allowed: boolean }) {
  if (decides && allowed) return <Check size={16} class="met" aria-label="Decides, allows" />;
  if (decides) return <CornerDownRight size={16} class="failed" aria-label="Decides" />;
  if (matched) return <CornerDownRight size={16} aria-label="Matches" />;
  return <Minus size={16} aria-label="Does not match" />;
}

const SIGNS = { met: Check, failed: X, unknown: CircleHelp } as const;
const WORDS = { met: "met", failed: "not met", unknown: "not known" } as const;

function ConstraintLeaf({ constraint }: { constraint: ExplainedConstraint }) {
  const { name, condition, verdict, reason } = constraint;
  const Icon = SIGNS[verdict];
  return (
    <li class="branch" data-constraint={name} data-verdict={verdict}>
      <Icon size={16} class={verdict} aria-hidden />
      <span>
        {CONSTRAINT_TITLES[name]}: {condition} – <strong>{WORDS[verdict]}</strong>
        {reason && <span class="muted">. {reason}</span>}
      </span>
    </li>
  );
}

// Its constraints are shown below it, where there is a verdict for each.
function bare<T extends { constraints?: unknown }>(rule: T): Omit<T, "constraints"> {
  const { constraints: _, ...rest } = rule;
  return rest;
}
