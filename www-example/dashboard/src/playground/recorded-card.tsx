// What the audit log has about the question: “why was this denied?” begins here.
import type { Agent, AuditEntry } from "kavachos-wasm";
import type { EvaluationContext } from "kavachos-wasm/permissions";
import { OutcomeBadge } from "../log/outcome";
import { Failure } from "../ui/failure";
import { inFull } from "../ui/time";
import { ComparisonNote } from "./comparison-note";
import { compare } from "./mismatch";
import type { Verdict } from "./verdict";

interface Props {
  entries: readonly AuditEntry[];
  error?: unknown;
  verdict?: Verdict;
  context: EvaluationContext;
  status?: Agent["status"];
  loansKnown: boolean;
  edited: boolean;
  onRetry: () => void;
}

export function RecordedCard({ entries, error, verdict, context, status, loansKnown, edited, onRetry }: Props) {
  if (error !== undefined) {
    return <Failure error={error} what="What was recorded could not be looked up" onRetry={onRetry} />;
  }
  // What was denied is what one asks about, also where a delegated permission allowed it in the end.
  const entry = entries.find(({ result }) => result !== "allowed") ?? entries[0];
  if (entry === undefined) return null;
  const passed = entry.result !== "allowed" && entries.some(({ result }) => result === "allowed");
  const comparisons = entries.map(({ result, reason }) => {
    const ruling = { allowed: result === "allowed", reason };
    return verdict && compare(verdict, ruling, { context, status, loansKnown, recorded: true });
  });
  const comparison = comparisons.find((one) => one?.kind === "same") ?? comparisons[entries.indexOf(entry)];
  return (
    <section class="card stack tight" aria-labelledby="recorded-title" data-recorded={entry.id}>
      <header>
        <h2 id="recorded-title">What was recorded</h2>
        <time class="muted" dateTime={entry.timestamp}>
          {inFull(entry.timestamp)}
        </time>
      </header>
      <p class="big">
        <OutcomeBadge entry={entry} />
      </p>
      {entry.reason && <p class="reason">{entry.reason}</p>}
      {passed && (
        <p>
          In the same second the call was recorded as <strong>allowed</strong> too: where its own permissions deny,
          those that were delegated to the agent are tried, which leaves a separate entry.
        </p>
      )}
      {comparison && verdict && !edited && <ComparisonNote comparison={comparison} here={verdict} />}
      {edited && <p class="muted">The verdict made here is that of your edits.</p>}
    </section>
  );
}
