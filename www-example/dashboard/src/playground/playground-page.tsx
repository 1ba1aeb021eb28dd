// The policy playground: permissions, a question, and the verdict as one types; what the server says about it, and what
// an edit would have changed.
import type { AuditEntry, Permission } from "kavachos-wasm";
import { directory, loadDirectory } from "../agents/directory";
import { CopyButton } from "../ui/copy";
import { Empty } from "../ui/empty";
import { Failure, messageOf } from "../ui/failure";
import { Loading } from "../ui/loading";
import { ExplanationTree } from "./explanation-tree";
import { differs, editOf } from "./policy";
import { PolicyCard } from "./policy-card";
import { type Asked, askedOf, contextOf, toldBy } from "./question";
import { QuestionForm } from "./question-form";
import { RecordedCard } from "./recorded-card";
import { ServerVerdict } from "./server-verdict";
import { type AgentState, useAgent } from "./use-agent";
import { useLoans } from "./use-loans";
import { useQuestion } from "./use-question";
import { useRecorded } from "./use-recorded";
import { type Verdict, verdictOf } from "./verdict";
import { Sign, VerdictCard } from "./verdict-card";
import { WhatIfCard } from "./what-if-card";
import "./playground.css";

const NOTHING: Permission[] = [];

export default function PlaygroundPage() {
  const { question, change, flush } = useQuestion();
  const found = useAgent(question.agent);
  const agent = found.state === "ready" ? found.agent : undefined;
  const loans = useLoans(agent);
  const recorded = useRecorded(question);

  const edit = editOf(question.agent);
  const permissions = edit ?? agent?.permissions ?? NOTHING;
  const edited = edit !== undefined && (agent === undefined || differs(agent.permissions, edit));

  const asked = askedOf(question);
  // Where delegation decided there are two, of which the denial has the reason.
  const entry = recorded.entries.find(({ reason }) => reason) ?? recorded.entries[0];
  const told = contextOf(toldBy(entry?.reason, entry?.timestamp), question);
  const context = { ...asked.context, ...told };
  const ready = found.state === "ready" || found.state === "none";
  const { verdict, unfinished } = ready
    ? decide(permissions, loans.lent, { ...asked, context: { ...context, agentName: agent?.name } })
    : { unfinished: "There is no verdict without the permissions." };
  const agents = directory.value.state === "ready" ? directory.value.agents : [];
  const { wrong, request } = asked;

  return (
    <>
      <header>
        <div>
          <h1>Policy playground</h1>
          <p class="muted">What permissions allow, why, and what would change if they were others.</p>
        </div>
      </header>
      {directory.value.state === "failed" && (
        <Failure
          error={directory.value.error}
          what="The agents could not be loaded"
          onRetry={() => loadDirectory(true)}
        />
      )}
      {verdict && (
        // Where the answers are further down, and so out of sight while one types. They are what is read out.
        <div class="verdict-bar" aria-hidden>
          <Sign outcome={verdict.outcome} /> <span class="truncate">{verdict.reason}</span>
        </div>
      )}
      <div class="playground">
        <QuestionForm {...{ question, change, flush, wrong, agents, permissions }} />
        <div class="answers stack">
          <VerdictCard {...{ verdict, unfinished, agent, edited, change, question, assumed: assumedFrom(entry, told) }}>
            {ready && (
              <ServerVerdict
                {...{ agent, request, context, permissions, edited, lent: loans.lent, loansKnown: loans.known, change }}
              />
            )}
          </VerdictCard>
          <RecordedCard
            {...{ entries: recorded.entries, error: recorded.error, verdict, context, edited }}
            status={agent?.status}
            loansKnown={loans.known}
            onRetry={recorded.reload}
          />
          {verdict && <ExplanationCard verdict={verdict} />}
        </div>
        {ready ? (
          <PolicyCard agentId={question.agent} {...{ agent, permissions, edited }} />
        ) : (
          <div class="card policy">
            <NoAgent found={found} />
          </div>
        )}
      </div>
      {ready && <WhatIfCard {...{ agent, permissions, edited, timezone: asked.context.timezone ?? undefined }} />}
    </>
  );
}

function decide(
  permissions: Permission[],
  lent: readonly Permission[],
  { request, context, wrong }: Asked,
): { verdict?: Verdict; unfinished?: string } {
  if (request === undefined) return { unfinished: `The arguments are not finished. ${wrong.arguments ?? ""}` };
  if (request.action === "" || request.resource === "") return { unfinished: "Say which action on which resource." };
  try {
    return { verdict: verdictOf(permissions, lent, request, context) };
  } catch (error) {
    return { unfinished: messageOf(error) };
  }
}

/** Says what was not typed, but taken from what was recorded. */
function assumedFrom(entry: AuditEntry | undefined, told: ReturnType<typeof contextOf>): string | undefined {
  if (entry === undefined) return undefined;
  if (told.ip === null) return "Taken from the recorded reason: the server did not know the IP address.";
  if (told.ip !== undefined) return `Taken from the recorded reason: the IP address was ${told.ip}.`;
  if (told.timezone)
    return `Taken from the recorded reason: the time was outside of the window, as it was by the clocks of ${told.timezone}.`;
  if (told.callsInLastHour === undefined) return undefined;
  return `Taken from the recorded reason: ${told.callsInLastHour} calls had been counted.`;
}

function ExplanationCard({ verdict: { own, lent } }: { verdict: Verdict }) {
  return (
    <section class="card stack" aria-labelledby="explanation-title">
      <header>
        <h2 id="explanation-title">Explanation</h2>
        <CopyButton text={own.text} label="Copy as text" />
      </header>
      <ExplanationTree explanation={own} label="Permissions" />
      {lent && (
        <>
          <h3>Delegated to it, without constraints</h3>
          <ExplanationTree explanation={lent} label="Delegated permissions" />
        </>
      )}
    </section>
  );
}

function NoAgent({ found }: { found: AgentState }) {
  if (found.state === "failed") {
    return <Failure error={found.error} what="The agent could not be loaded" onRetry={found.reload} />;
  }
  if (found.state === "missing") {
    return (
      <Empty title="There is no such agent">
        <p>The server knows none of that id. Pick another one, or start from nothing.</p>
      </Empty>
    );
  }
  return <Loading what="the agent" />;
}
