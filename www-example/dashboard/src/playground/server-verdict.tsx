// The server's verdict, on demand: about the stored permissions of the agent, or about edited ones by way of a trial agent.
import type { Agent, AuthorizeRequest, AuthorizeResult, Permission } from "kavachos-wasm";
import type { EvaluationContext } from "kavachos-wasm/permissions";
import { FlaskConical, Server } from "lucide-preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { agentsById, keepAgent } from "../agents/directory";
import { kavach, session } from "../connection/session";
import { agentLink, auditLink } from "../links";
import { outcomeOf } from "../log/outcome";
import { Failure } from "../ui/failure";
import { ComparisonNote } from "./comparison-note";
import { compare } from "./mismatch";
import { NO_IP, type Question, toldBy } from "./question";
import { TRIAL_NAME, type Trial, tryOut } from "./trial";
import { verdictOf } from "./verdict";
import { Sign } from "./verdict-card";

interface Props {
  agent?: Agent;
  request?: AuthorizeRequest;
  context: EvaluationContext;
  permissions: Permission[];
  edited: boolean;
  lent: readonly Permission[];
  loansKnown: boolean;
  change: (part: Partial<Question>) => void;
}

/** What the server was asked, and what came of it. */
interface Answer {
  about: "stored" | "trial";
  request: AuthorizeRequest;
  permissions: readonly Permission[];
  /** When, in milliseconds since 1970. */
  at: number;
  agentId: string;
  agentName: string;
  result?: AuthorizeResult;
  error?: unknown;
  trial?: Trial;
}

export function ServerVerdict(props: Props) {
  const { agent, request, permissions, edited } = props;
  const [answer, setAnswer] = useState<Answer>();
  const [busy, setBusy] = useState<Answer["about"]>();
  const [owner, setOwner] = useState("");
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  useEffect(() => setAnswer(undefined), [agent?.id]);

  const ready = request !== undefined && request.action !== "" && request.resource !== "";
  const ownerId = agent?.ownerId ?? session.value?.userId ?? owner.trim();

  async function ask(about: Answer["about"]) {
    if (!request) return;
    const asking = new AbortController();
    const { signal } = asking;
    controller.current = asking;
    setBusy(about);
    const asked = { about, request, at: Date.now() };
    let next: Answer | undefined;
    try {
      if (about === "trial") {
        const trial = await tryOut(kavach(), ownerId, permissions, request, signal);
        if (!trial.unrevoked) keepAgent({ ...trial.agent, status: "revoked" });
        const { agent: made, result, error } = trial;
        next = { ...asked, permissions, agentId: made.id, agentName: TRIAL_NAME, result, error, trial };
      } else if (agent) {
        const named = { permissions: agent.permissions, agentId: agent.id, agentName: agent.name };
        next = { ...asked, ...named };
        next.result = await kavach().authorize(agent.id, request, { signal });
      }
    } catch (error) {
      next = { ...asked, permissions, agentId: "", agentName: TRIAL_NAME, ...next, error };
    }
    if (signal.aborted) return;
    setAnswer(next);
    setBusy(undefined);
  }

  return (
    <div class="stack tight server-verdict">
      <h3>The server's verdict</h3>
      {agent && (
        <>
          <p class="muted">
            {edited
              ? "The server can be asked about the stored permissions of the agent, without your edits. "
              : "The server can be asked about the agent. "}
            It records the call in the audit log and counts it towards the calls per hour.
          </p>
          <div class="row">
            <button type="button" class="button" disabled={!ready || busy !== undefined} onClick={() => ask("stored")}>
              <Server size={16} aria-hidden /> {busy === "stored" ? "Asking…" : "Ask the server"}
            </button>
          </div>
        </>
      )}
      {(edited || !agent) && (
        <>
          <p class="muted">
            {agent ? "About your edits it" : "It"} can be asked with a trial agent: created with these permissions,
            asked about, and revoked at once. It stays in the list of agents, revoked.
          </p>
          {!agent && session.value?.userId === undefined && <OwnerField value={owner} onInput={setOwner} />}
          <div class="row">
            <button
              type="button"
              class="button"
              disabled={!ready || busy !== undefined || ownerId === ""}
              onClick={() => ask("trial")}
            >
              <FlaskConical size={16} aria-hidden /> {busy === "trial" ? "Trying…" : "Ask with a trial agent"}
            </button>
          </div>
        </>
      )}
      {answer && <ServerAnswer answer={answer} {...props} />}
    </div>
  );
}

function OwnerField({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const id = useId();
  const agents = agentsById.value;
  const owners = useMemo(() => [...new Set([...agents.values()].map(({ ownerId }) => ownerId))].sort(), [agents]);
  return (
    <div class="field">
      <label for={id}>Owner of the trial agent</label>
      <input
        id={id}
        name="owner"
        list={`${id}-list`}
        autocomplete="off"
        placeholder="the id of a user"
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <datalist id={`${id}-list`}>
        {owners.slice(0, 200).map((owner) => (
          <option key={owner} value={owner} />
        ))}
      </datalist>
    </div>
  );
}

function ServerAnswer({ answer, agent, request, context, lent, loansKnown, change }: Props & { answer: Answer }) {
  const { about, result, error, trial } = answer;
  const changed = JSON.stringify(request) !== JSON.stringify(answer.request);
  return (
    <div class="stack tight" role="status" data-server={result === undefined ? "failed" : outcomeOf(asEntry(result))}>
      {error !== undefined && <Failure error={error} what="The server gave no verdict" />}
      {result && (
        <>
          <p class="big">
            <Sign outcome={outcomeOf(asEntry(result))} />
          </p>
          {result.reason && <p class="reason">{result.reason}</p>}
          <p class="muted">
            Asked about <strong>{answer.request.action}</strong> on <code>{answer.request.resource}</code>
            {about === "trial"
              ? ", with a trial agent, which had made no calls"
              : `, with the stored permissions of ${answer.agentName}`}
            . {changed && "The question has changed since. "}
            <Link href={auditLink({ agent: answer.agentId })}>Audit entries of it</Link>
          </p>
          <Compared {...{ answer, result, agent, context, lent, loansKnown, change }} />
        </>
      )}
      {trial?.unrevoked !== undefined && <Unrevoked agent={trial.agent} error={trial.unrevoked} />}
      {trial && trial.unrevoked === undefined && <p class="muted">The trial agent was revoked.</p>}
    </div>
  );
}

function Unrevoked({ agent, error }: { agent: Agent; error: unknown }) {
  const [failure, setFailure] = useState<unknown>(error);
  async function revoke() {
    try {
      await kavach().agents.revoke(agent.id);
      keepAgent({ ...agent, status: "revoked" });
      setFailure(undefined);
    } catch (reason) {
      setFailure(reason);
    }
  }
  if (failure === undefined) return <p class="muted">The trial agent was revoked.</p>;
  return (
    <div class="stack tight">
      <Failure error={failure} what="The trial agent could not be revoked" onRetry={revoke} />
      <p>
        It expires in five minutes. <Link href={agentLink(agent.id)}>Its page</Link>
      </p>
    </div>
  );
}

type ComparedProps = Pick<Props, "agent" | "context" | "lent" | "loansKnown" | "change"> & {
  answer: Answer;
  result: AuthorizeResult;
};

function Compared({ answer, result, agent, context, lent, loansKnown, change }: ComparedProps) {
  const trial = answer.about === "trial";
  // What is typed now about the circumstances counts, so that a mismatch goes once its cause is entered.
  const here = verdictOf(answer.permissions, trial ? [] : lent, answer.request, {
    ...context,
    ...(trial && { callsInLastHour: 0 }),
    now: context.now ?? answer.at,
    agentName: answer.agentName,
  });
  const status = trial ? undefined : agent?.status;
  const comparison = compare(here, result, { context, status, loansKnown, trial });
  const told = toldBy(result.reason);
  const fill =
    told.ip !== undefined
      ? { text: told.ip === NO_IP ? "Say that the IP is not known" : `Say that the IP is ${told.ip}`, part: told }
      : told.calls !== undefined
        ? { text: `Say that there were ${told.calls} calls`, part: told }
        : undefined;
  return (
    <ComparisonNote
      comparison={comparison}
      here={here}
      judged={trial ? "with these permissions" : "with the stored permissions"}
      action={comparison.kind !== "same" && fill ? { text: fill.text, run: () => change(fill.part) } : undefined}
    />
  );
}

function asEntry({ allowed, reason }: AuthorizeResult) {
  return { result: allowed ? "allowed" : "denied", reason };
}
