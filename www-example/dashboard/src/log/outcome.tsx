// The four ways a decision can end, with the colour, the sign and the word of each: never the colour alone.
import type { AuditEntry } from "kavachos-wasm";
import { CircleCheck, CircleX, Gauge, UserCheck } from "lucide-preact";

export const OUTCOMES = ["allowed", "denied", "approval", "limited"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Record<Outcome, string> = {
  allowed: "Allowed",
  denied: "Denied",
  approval: "Needs approval",
  limited: "Rate-limited",
};

/** The custom property that holds the colour. */
export const OUTCOME_COLOURS: Record<Outcome, string> = {
  allowed: "--allowed",
  denied: "--denied",
  approval: "--approval",
  limited: "--limited",
};

const ICONS = { allowed: CircleCheck, denied: CircleX, approval: UserCheck, limited: Gauge } as const;

const APPROVAL = "This action requires human approval before execution";

/**
 * How an entry ended. Servers record what waits for approval and what is over its limit as denied; the reason, which
 * they word always the same, tells.
 */
export function outcomeOf({ result, reason }: { result: string | null; reason?: string | null }): Outcome {
  if (result === "allowed") return "allowed";
  if (result === "rate_limited" || reason?.startsWith("Rate limit exceeded")) return "limited";
  return reason === APPROVAL ? "approval" : "denied";
}

export function OutcomeBadge({ entry }: { entry: Pick<AuditEntry, "result" | "reason"> }) {
  const outcome = outcomeOf(entry);
  return <OutcomeSign outcome={outcome} />;
}

export function OutcomeSign({ outcome }: { outcome: Outcome }) {
  const Icon = ICONS[outcome];
  return (
    <span class={`badge outcome-${outcome}`}>
      <Icon size={14} aria-hidden /> {OUTCOME_WORDS[outcome]}
    </span>
  );
}
