// The four ways a decision can end, with the colour, the sign and the word of each: never the colour alone.
import type { AuditEntry } from "kavachos-wasm";
import { outcomeOf as endOf } from "kavachos-wasm/audit";
import { CircleCheck, CircleX, Gauge, UserCheck } from "lucide-preact";

export const OUTCOMES = ["allowed", "denied", "needs_approval", "rate_limited"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Record<Outcome, string> = {
  allowed: "Allowed",
  denied: "Denied",
  needs_approval: "Needs approval",
  rate_limited: "Rate-limited",
};

/** The custom property that holds the colour. */
export const OUTCOME_COLOURS: Record<Outcome, string> = {
  allowed: "--allowed",
  denied: "--denied",
  needs_approval: "--approval",
  rate_limited: "--limited",
};

const ICONS = { allowed: CircleCheck, denied: CircleX, needs_approval: UserCheck, rate_limited: Gauge } as const;

/** What an outcome is shown as: as denied, if the server has its own word for it. */
export function shownAs(outcome: string): Outcome {
  return OUTCOMES.find((one) => one === outcome) ?? "denied";
}

/** What an entry, or an answer in its form, is shown as. */
export function outcomeOf(entry: Parameters<typeof endOf>[0]): Outcome {
  return shownAs(endOf(entry));
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
