// What an agent did, in figures: from the log, within the range that all pages are narrowed to.
import { useMemo } from "preact/hooks";
import { Link } from "wouter-preact";
import { auditLink } from "../links";
import { loadAuditLog, missing, useAuditLog, view } from "../log/audit-log";
import { OUTCOMES, OutcomeSign, shownAs } from "../log/outcome";
import { choice, wordsOf } from "../log/range";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { atLeast, count } from "../ui/numbers";
import { Sparkline } from "../ui/sparkline";
import { ago, inFull } from "../ui/time";
import { agentActivity } from "./activity";

export function AgentFigures({ id }: { id: string }) {
  const log = useAuditLog();
  const entries = view.value;
  const figures = useMemo(() => {
    if (entries === null) return null;
    const mine = entries.filter({ agentId: id });
    const counts = { allowed: 0, denied: 0, needs_approval: 0, rate_limited: 0 };
    const groups = mine.groupBy("outcome");
    for (const { outcome, count } of groups) counts[shownAs(outcome)] += count;
    const refused = mine.filter({ outcome: groups.map(({ outcome }) => outcome).filter((one) => one !== "allowed") });
    const [median, p95] = mine.percentiles("durationMs", [50, 95]);
    return { count: mine.count(), counts, median, p95, refused: refused.top("resource", 3) };
  }, [entries, id]);
  const activity = agentActivity.value?.get(id);
  return (
    <section class="card stack tight" aria-labelledby="figures">
      <header>
        <h2 id="figures">What it did</h2>
        <span class="muted">{rangeWords()}</span>
      </header>
      {log.state === "failed" ? (
        <Failure error={log.error} what="The log could not be loaded" onRetry={() => loadAuditLog()} />
      ) : figures === null ? (
        <Loading what="the log" />
      ) : figures.count === 0 ? (
        <p class="muted">
          {missing.value
            ? `No decision about it since ${inFull(missing.value.since)}; older ones are not loaded.`
            : "Nothing: no decision about it is in the log."}
        </p>
      ) : (
        <>
          <p class="total">
            <strong>{missing.value ? atLeast(figures.count) : count(figures.count)}</strong> decisions
            {activity?.seen && <span class="muted">, the last {ago(activity.seen)}</span>}
          </p>
          {activity && (
            <Sparkline
              values={activity.series}
              width={320}
              height={48}
              label={`${figures.count} decisions over time`}
            />
          )}
          <ul class="outcome-counts">
            {OUTCOMES.filter((outcome) => figures.counts[outcome] > 0).map((outcome) => (
              <li key={outcome} class="spread">
                <OutcomeSign outcome={outcome} />
                <span class="numeric">{figures.counts[outcome].toLocaleString("en")}</span>
              </li>
            ))}
          </ul>
          <p class="muted">
            A decision takes {Math.round(figures.median ?? 0)} ms, the slowest one in twenty{" "}
            {Math.round(figures.p95 ?? 0)} ms and more.
          </p>
          {figures.refused.length > 0 && (
            <div>
              <h3>Refused most often</h3>
              <ul class="refused">
                {figures.refused.map(({ value, count }) => (
                  <li key={value} class="spread">
                    <code class="truncate">{value}</code> <span class="numeric">{count.toLocaleString("en")}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
      <Link href={auditLink({ agent: id })}>All of it in the audit log</Link>
    </section>
  );
}

function rangeWords(): string {
  const chosen = choice.value ?? { last: "7d" };
  if (!("last" in chosen)) return `${inFull(chosen.since)} – ${inFull(chosen.until)}`;
  const words = wordsOf(chosen);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
