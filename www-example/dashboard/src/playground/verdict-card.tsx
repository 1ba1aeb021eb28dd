// The verdict, made here while one types: how it ends, why, and what is missing to decide.
import type { Agent } from "kavachos-wasm";
import type { Need } from "kavachos-wasm/permissions";
import { CircleHelp, TriangleAlert } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { kavach } from "../connection/session";
import { OutcomeSign } from "../log/outcome";
import { messageOf } from "../ui/failure";
import { toast } from "../ui/toasts";
import { NO_IP, type Question } from "./question";
import type { Verdict } from "./verdict";

interface Props {
  /** Absent if the question is not finished. */
  verdict?: Verdict;
  /** What the question lacks, if it is not finished. */
  unfinished?: string;
  agent?: Agent;
  edited: boolean;
  change: (part: Partial<Question>) => void;
  question: Question;
  /** What was taken from a recorded reason. */
  assumed?: string;
  children?: ComponentChildren;
}

export function VerdictCard({ verdict, unfinished, agent, edited, change, question, assumed, children }: Props) {
  return (
    <section class="card stack verdict-card" aria-labelledby="verdict-title">
      <header>
        <h2 id="verdict-title">Verdict</h2>
        <small class="muted">made here, nothing is sent{edited && "; with your edits"}</small>
      </header>
      <div class="stack tight" role="status" aria-live="polite" data-verdict={verdict?.outcome ?? "unfinished"}>
        {verdict === undefined ? (
          <p class="muted">{unfinished}</p>
        ) : (
          <>
            <p class="big">
              <Sign outcome={verdict.outcome} />
            </p>
            {verdict.reason && verdict.outcome !== "undecided" && <p class="reason">{verdict.reason}</p>}
            {verdict.byLoan && <p>Its own permissions deny it; one that was delegated to it allows it.</p>}
          </>
        )}
      </div>
      {assumed && <p class="muted">{assumed}</p>}
      {verdict && verdict.needs.length > 0 && <Needs needs={verdict.needs} question={question} change={change} />}
      {agent && agent.status !== "active" && (
        <div class="notice warning">
          <TriangleAlert size={18} aria-hidden />
          <span>
            This agent is {agent.status}: the server denies every call of it with “Agent "{agent.name}" is{" "}
            {agent.status}”.
          </span>
        </div>
      )}
      {children}
    </section>
  );
}

export function Sign({ outcome }: { outcome: Verdict["outcome"] }) {
  if (outcome !== "undecided") return <OutcomeSign outcome={outcome} />;
  return (
    <span class="badge">
      <CircleHelp size={14} aria-hidden /> Undecided
    </span>
  );
}

const NEEDS: Record<Need, string> = {
  ip: "the address that the call comes from",
  timezone: "the server's time zone",
  callsInLastHour: "how many calls of this agent on this resource the server has counted in the last hour",
};

interface NeedsProps {
  needs: readonly Need[];
  question: Question;
  change: (part: Partial<Question>) => void;
}

function Needs({ needs, question, change }: NeedsProps) {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = mine === "UTC" ? ["UTC"] : ["UTC", mine];
  return (
    <div class="stack tight">
      <p>It depends on what only the server knows. Tell it, or try it out:</p>
      <ul class="needs stack tight">
        {needs.map((need) => (
          <li key={need} data-need={need}>
            <span>{NEEDS[need]}</span>
            <span class="row">
              {need === "ip" && <Fill text="Not known to the server" onClick={() => change({ ip: NO_IP })} />}
              {need === "timezone" && zones.map((tz) => <Fill key={tz} text={tz} onClick={() => change({ tz })} />)}
              {need === "callsInLastHour" && <FillCalls question={question} change={change} />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fill({ text, onClick, disabled }: { text: string; onClick: () => void; disabled?: boolean }) {
  return (
    <button type="button" class="button small" onClick={onClick} disabled={disabled}>
      {text}
    </button>
  );
}

function FillCalls({ question, change }: Omit<NeedsProps, "needs">) {
  const [busy, setBusy] = useState(false);
  async function count() {
    setBusy(true);
    try {
      change({ calls: String(await callsInLog(question)) });
    } catch (error) {
      toast(`The calls could not be counted: ${messageOf(error)}`, true);
    }
    setBusy(false);
  }
  return (
    <>
      <Fill text="None" onClick={() => change({ calls: "0" })} />
      {question.agent && <Fill text={busy ? "Counting…" : "Count in the audit log"} onClick={count} disabled={busy} />}
    </>
  );
}

/** How many calls of the agent on the resource the log has in the hour before, but for those over the limit. */
async function callsInLog({ agent, resource, at }: Question): Promise<number> {
  const until = at ? new Date(at) : new Date();
  const since = new Date(until.getTime() - 3_600_000);
  const entries = await kavach().audit.query({ agentId: agent, since, until, limit: 5000 });
  return entries.filter(
    (entry) => entry.resource === resource && !/^(Rate limit exceeded|No permission grants)/.test(entry.reason ?? ""),
  ).length;
}
