// What if: the latest decisions once more, with the edited permissions.
import type { Agent, AuditEntry, Permission } from "kavachos-wasm";
import { ArrowRight, History } from "lucide-preact";
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { agentName, agentsById } from "../agents/directory";
import { kavach } from "../connection/session";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { countOf } from "../ui/numbers";
import { type Replay, replay } from "./replay";
import { Changes, Differing, Unknown } from "./what-if-tables";

interface Props {
  agent?: Agent;
  permissions: readonly Permission[];
  edited: boolean;
  timezone?: string;
}

const ENTRIES = 1000;
/** So that a replay does not come between two keys. */
const PAUSE = 150;

type Log =
  | { state: "idle" | "loading" }
  | { state: "failed"; error: unknown }
  | { state: "ready"; entries: AuditEntry[] };

/** Not rendered again while the question is typed. */
export const WhatIfCard = memo(function WhatIfCard({ agent, permissions, edited, timezone }: Props) {
  const [scope, setScope] = useState<"agent" | "all">("agent");
  const [log, setLog] = useState<Log>({ state: "idle" });
  const controller = useRef<AbortController>();
  const agentId = scope === "agent" ? agent?.id : undefined;
  const possible = scope === "all" || agent !== undefined;

  async function load() {
    controller.current?.abort();
    const loading = new AbortController();
    const { signal } = loading;
    controller.current = loading;
    setLog({ state: "loading" });
    try {
      const entries = await kavach().audit.query({ agentId, limit: ENTRIES }, { signal });
      if (!signal.aborted) setLog({ state: "ready", entries });
    } catch (error) {
      if (!signal.aborted) setLog({ state: "failed", error });
    }
  }
  // Once asked for, it goes on with another agent or scope.
  useEffect(() => {
    if (log.state !== "idle" && possible) load();
    return () => controller.current?.abort();
  }, [agentId, scope]);

  return (
    <section class="card stack what-if" aria-labelledby="what-if-title">
      <header>
        <h2 id="what-if-title">What if?</h2>
        <small class="muted">
          Replays the last {ENTRIES.toLocaleString("en")} entries; nothing is sent for it but one query
        </small>
      </header>
      <div class="spread">
        <fieldset class="row">
          <legend class="visually-hidden">Whose entries</legend>
          <label class="choice">
            <input
              type="radio"
              name="scope"
              disabled={!agent}
              checked={scope === "agent"}
              onChange={() => setScope("agent")}
            />
            {agent ? `of ${agent.name}` : "of an agent"}
          </label>
          <label class="choice">
            <input type="radio" name="scope" checked={scope === "all"} onChange={() => setScope("all")} />
            of all agents, as if each had these permissions
          </label>
        </fieldset>
        <button type="button" class="button" disabled={!possible || log.state === "loading"} onClick={load}>
          <History size={16} aria-hidden /> {log.state === "ready" ? "Replay with fresh entries" : "Replay"}
        </button>
      </div>
      {log.state === "idle" && !possible && <p class="muted">Pick an agent, or take the entries of all.</p>}
      {log.state === "loading" && <Loading what="audit entries" />}
      {log.state === "failed" && <Failure error={log.error} what="The entries could not be loaded" onRetry={load} />}
      {log.state === "ready" && (
        <Result
          entries={log.entries}
          permissions={permissions}
          edited={edited || scope === "all"}
          agent={agent}
          timezone={timezone}
        />
      )}
    </section>
  );
});

function Result(props: Props & { entries: AuditEntry[] }) {
  const { entries, agent, edited } = props;
  const permissions = useDebounced(props.permissions);
  const timezone = useDebounced(props.timezone);
  const known = agentsById.value;
  const result = useMemo(() => {
    // The agent of the page may be newer than that of the directory.
    const stored = (id: string) => (id === agent?.id ? agent.permissions : known.get(id)?.permissions);
    try {
      return replay({ entries, stored, edited: permissions, nameOf: agentName, timezone });
    } catch {
      return undefined; // Invalid permissions: the editor says so.
    }
  }, [entries, permissions, timezone, agent, known]);
  if (!result) return <p class="muted">These permissions are not valid yet.</p>;
  if (entries.length === 0) return <p class="muted">There are no entries to replay.</p>;
  return (
    <div class="stack" data-replay={JSON.stringify(countsOf(result))}>
      <Summary result={result} edited={edited} />
      <Changes groups={result.changes} agentId={agent?.id} />
      <Unknown groups={result.unknown} agentId={agent?.id} />
      <Differing groups={result.differing} agentId={agent?.id} />
    </div>
  );
}

function Summary({ result, edited }: { result: Replay; edited: boolean }) {
  const { entries, unchanged, changed, undecided, stale } = result;
  return (
    <>
      <dl class="figures">
        <Figure title="change" value={changed} of={entries} />
        <Figure title="stay as they are" value={unchanged} of={entries} />
        <Figure title="history cannot tell" value={undecided} of={entries} />
      </dl>
      {stale > 0 && (
        <p class="muted">
          {countOf(stale, "of these entries was", "of these entries were")} recorded otherwise than the stored
          permissions decide today.
        </p>
      )}
      {!edited && (
        <p class="muted">
          The permissions were not edited, so nothing changes: edit them <ArrowRight size={14} aria-hidden /> and see.
        </p>
      )}
    </>
  );
}

function Figure({ title, value, of }: { title: string; value: number; of: number }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <strong>{value.toLocaleString("en")}</strong> <span class="muted">of {of.toLocaleString("en")}</span>
      </dd>
    </div>
  );
}

function countsOf({ entries, unchanged, changed, undecided, stale }: Replay) {
  return { entries, unchanged, changed, undecided, stale };
}

/** A value once it has stayed the same for a while. */
function useDebounced<T>(value: T): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
