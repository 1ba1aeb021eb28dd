// The overview: what the agents did, and what was refused.
import { Link } from "wouter-preact";
import { useDirectory } from "../agents/directory";
import { auditLog, loadAuditLog, useAuditLog, view } from "../log/audit-log";
import { type Choice, wordsOf } from "../log/range";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { count } from "../ui/numbers";
import { inFull } from "../ui/time";
import { DecisionsChart } from "./decisions-chart";
import { Headline, Sentence } from "./headline";
import { LatencyChart } from "./latency-chart";
import { Latest } from "./latest";
import { LiveBar } from "./live-bar";
import "./overview.css";
import { RangeBar } from "./range-bar";
import { Rankings } from "./rankings";
import { type Shown, useRange } from "./use-range";

export default function OverviewPage() {
  const { state } = useAuditLog();
  useDirectory(); // For their names; without them there are still the ids.
  const shown = useRange();
  const { choice, isDefault, choose } = shown;
  if (choice === null) return null;
  return (
    <>
      <header>
        <h1>Overview</h1>
        {state === "ready" && <LiveBar />}
      </header>
      <RangeBar choice={choice} isDefault={isDefault} choose={choose} />
      <Log shown={shown} choice={choice} />
    </>
  );
}

function Log({ shown, choice }: { shown: Shown; choice: Choice }) {
  const current = auditLog.value;
  const entries = view.value;
  if (current.state === "failed") {
    return (
      <Failure error={current.error} what="The audit log could not be loaded" onRetry={() => loadAuditLog(true)} />
    );
  }
  if (current.state !== "ready") {
    const loaded = current.state === "loading" ? current.loaded : 0;
    return (
      <div class="card">
        <Loading what="the audit log" />
        <p class="progress muted numeric">{loaded > 0 ? `${count(loaded)} entries…` : "\u00a0"}</p>
      </div>
    );
  }
  if (current.log.count() === 0) return <NothingYet />;
  if (entries?.count() === 0) return <NothingThen choice={choice} choose={shown.choose} all={current.log.count()} />;
  return (
    <>
      <Sentence choice={choice} />
      <Headline only={shown.only} showOnly={shown.showOnly} />
      <div class="overview">
        <div class="stack">
          <DecisionsChart choose={shown.choose} />
          <Latest only={shown.only} showOnly={shown.showOnly} />
          <LatencyChart choose={shown.choose} />
        </div>
        <div class="rankings">
          <Rankings />
        </div>
      </div>
      <p class="muted">
        <small>
          {current.isCut
            ? `Of the latest ${count(current.log.count())} entries, since ${inFull(current.since)}: there are older ones in the audit log.`
            : `Of the ${count(current.log.count())} entries of the last seven days.`}
        </small>
      </p>
    </>
  );
}

function NothingYet() {
  return (
    <div class="card">
      <Empty title="No decisions in the last seven days">
        <p>As soon as an agent asks whether it may do something, you see it here.</p>
        <p class="row">
          <Link class="button" href="/agents">
            Go to the agents
          </Link>
          <Link class="button" href="/playground">
            Try a decision
          </Link>
        </p>
      </Empty>
    </div>
  );
}

function NothingThen({ choice, choose, all }: { choice: Choice; choose: Shown["choose"]; all: number }) {
  return (
    <div class="card">
      <Empty title={`Nothing happened ${wordsOf(choice)}`}>
        <p>There are {count(all)} decisions at other times.</p>
        <button type="button" class="button" onClick={() => choose({ last: "all" })}>
          Show all
        </button>
      </Empty>
    </div>
  );
}
