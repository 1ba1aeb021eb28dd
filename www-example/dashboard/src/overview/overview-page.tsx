// The overview: what the agents did, and what was refused.
import { TriangleAlert } from "lucide-preact";
import { Link } from "wouter-preact";
import { useDirectory } from "../agents/directory";
import { auditLog, loadAuditLog, missing, total, useAuditLog, view, written } from "../log/audit-log";
import { type Choice, wordsOf } from "../log/range";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { count, countOf } from "../ui/numbers";
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
  if (current.log.count() === 0 && choice && "last" in choice) return <NothingYet />;
  if (entries?.count() === 0) return <NothingThen choice={choice} choose={shown.choose} />;
  return (
    <>
      <Missing />
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
          <Loaded />
        </small>
      </p>
    </>
  );
}

/** Says it where the figures are not of the whole range. */
function Missing() {
  if (missing.value === null) return <div role="status" class="visually-hidden" />;
  const { since } = missing.value;
  const here = written.value;
  return (
    <div role="status" class="notice warning" data-missing>
      <TriangleAlert size={18} aria-hidden />
      <p>
        <strong>
          {total.value === undefined
            ? `Only the newest ${countOf(here, "entry", "entries")} of this range are loaded`
            : `${count(here)} of the ${countOf(total.value, "entry", "entries")} of this range are loaded`}
        </strong>
        , those since {inFull(since)}. All figures are of these: choose a shorter range, or drag over an earlier part of
        the chart, to load what is older.
      </p>
    </div>
  );
}

/** What has been loaded, and what is being loaded. */
function Loaded() {
  const { value } = auditLog;
  if (value.state !== "ready") return null;
  const { log, rest } = value;
  const entries = countOf(log.count(), "entry", "entries");
  if (rest === "stopped") return <>{entries} loaded; older ones could not be loaded yet.</>;
  if (rest !== null)
    return (
      <>
        {entries} loaded; older ones are on their way: {count(rest.loaded)} so far…
      </>
    );
  return <>{value.isCut ? `The newest ${entries} are loaded; there are older ones.` : `${entries} loaded.`}</>;
}

function NothingYet() {
  return (
    <div class="card">
      <Empty title="No decisions yet">
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

function NothingThen({ choice, choose }: { choice: Choice; choose: Shown["choose"] }) {
  // What is not loaded may have happened all the same.
  if (missing.value) return <Missing />;
  return (
    <div class="card">
      <Empty title={`Nothing happened ${wordsOf(choice)}`}>
        <button type="button" class="button" onClick={() => choose({ last: "all" })}>
          Show all
        </button>
      </Empty>
    </div>
  );
}
