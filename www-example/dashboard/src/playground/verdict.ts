// The verdict that is made here: of an agent's own permissions, and of those that were delegated to it where they deny.
import type { AuthorizeRequest, Permission } from "kavachos-wasm";
import { type EvaluationContext, type Explanation, explain, type Need } from "kavachos-wasm/permissions";
import { type Outcome, outcomeOf } from "../log/outcome";

export interface Verdict {
  outcome: Outcome | "undecided";
  allowed: boolean;
  reason?: string;
  needs: readonly Need[];
  own: Explanation;
  /** Only there if delegated permissions were looked at. */
  lent?: Explanation;
  /** Whether a delegated permission is what allows it. */
  byLoan: boolean;
}

/** Decides as the server does: what its own permissions deny an agent, delegated ones may still allow. */
export function verdictOf(
  permissions: readonly Permission[],
  lent: readonly Permission[],
  request: AuthorizeRequest,
  context: EvaluationContext,
): Verdict {
  const own = explain(permissions, request, context);
  const answer = { allowed: own.allowed, reason: own.reason, needs: own.needs ?? [], own };
  if (own.allowed || lent.length === 0) return { ...answer, outcome: outcomeAs(answer), byLoan: false };
  // Servers drop the constraints of what is delegated.
  const bare = lent.map(({ resource, actions }) => ({ resource, actions }));
  const loan = explain(bare, request, context);
  if (!loan.allowed) return { ...answer, lent: loan, outcome: outcomeAs(answer), byLoan: false };
  return { outcome: "allowed", allowed: true, needs: [], own, lent: loan, byLoan: true };
}

function outcomeAs({ allowed, reason, needs }: Pick<Verdict, "allowed" | "reason" | "needs">): Verdict["outcome"] {
  if (needs.length > 0) return "undecided";
  return outcomeOf({ result: allowed ? "allowed" : "denied", reason });
}
