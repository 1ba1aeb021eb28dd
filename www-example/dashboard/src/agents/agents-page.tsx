// Agents: who they are, what they may do, what they did; and the way to those that are to be changed or revoked.
import { Plus, RotateCw } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { Link, useLocation, useSearch } from "wouter-preact";
import { loadAuditLog, missing, useAuditLog } from "../log/audit-log";
import { Empty } from "../ui/empty";
import { Failure, messageOf } from "../ui/failure";
import { Loading } from "../ui/loading";
import { inFull } from "../ui/time";
import { type Activity, agentActivity } from "./activity";
import { type AgentQuery, isNarrowed, queryOf, searchOf, selectAgents, sortedBy } from "./agent-query";
import { AgentsFilters } from "./agents-filters";
import { AgentsTable } from "./agents-table";
import { loadDirectory, useDirectory } from "./directory";
import { RevokeDialog } from "./revoke-dialog";
import { useSelection } from "./selection";
import "./agents.css";

const NONE: ReadonlyMap<string, Activity> = new Map();

export default function AgentsPage() {
  const directory = useDirectory();
  const log = useAuditLog();
  const search = useSearch();
  const [, navigate] = useLocation();
  const [revoking, setRevoking] = useState(false);
  const all = directory.state === "ready" ? directory.agents : [];
  const activity = agentActivity.value;

  const query = useMemo(() => queryOf(new URLSearchParams(search)), [search]);
  // Only what is sorted by what agents did is sorted again when they do something.
  const sortedOn = ["decisions", "refused", "seen"].includes(query.sort) ? (activity ?? NONE) : NONE;
  const agents = useMemo(() => selectAgents(all, query, sortedOn, Date.now()), [all, query, sortedOn]);
  const ids = useMemo(() => agents.map(({ id }) => id), [agents]);
  const selection = useSelection(ids);
  const { selected } = selection;

  const change = (next: AgentQuery) => {
    const params = searchOf(next).toString();
    navigate(params ? `/agents?${params}` : "/agents", { replace: true });
  };

  return (
    <>
      <header>
        <h1>Agents</h1>
        <div class="row">
          <button type="button" class="button" onClick={() => loadDirectory(true)}>
            <RotateCw size={16} aria-hidden /> Refresh
          </button>
          <Link href="/agents/new" class="button primary">
            <Plus size={16} aria-hidden /> New agent
          </Link>
        </div>
      </header>
      {directory.state === "failed" ? (
        <Failure error={directory.error} what="The agents could not be loaded" onRetry={() => loadDirectory()} />
      ) : directory.state !== "ready" ? (
        <Loading what="the agents" />
      ) : all.length === 0 ? (
        <Empty title="No agents yet">
          <p>An agent is who holds permissions and a token. Create the first one.</p>
        </Empty>
      ) : (
        <>
          <AgentsFilters agents={all} query={query} onChange={change} />
          <div class="spread agents-count">
            <p role="status">
              {isNarrowed(query)
                ? `${agents.length.toLocaleString("en")} of ${all.length.toLocaleString("en")} agents`
                : `${all.length.toLocaleString("en")} agents`}
              {log.state === "loading" && (
                <span class="muted"> · {log.loaded.toLocaleString("en")} decisions loaded so far…</span>
              )}
              {missing.value && (
                <span class="muted"> · decisions since {inFull(missing.value.since)}; older ones are not loaded</span>
              )}
              {log.state === "failed" && (
                <span class="muted" title={messageOf(log.error)}>
                  {" "}
                  · what they did could not be loaded{" "}
                  <button type="button" class="button small" onClick={() => loadAuditLog()}>
                    Load it again
                  </button>
                </span>
              )}
            </p>
            {selected.size > 0 && (
              <div class="row">
                <span>{selected.size.toLocaleString("en")} selected</span>
                <button type="button" class="button small danger" onClick={() => setRevoking(true)}>
                  Revoke…
                </button>
                <button type="button" class="button quiet small" onClick={selection.clear}>
                  Clear
                </button>
              </div>
            )}
          </div>
          {agents.length === 0 ? (
            <Empty title="No agent is like that">
              <button type="button" class="button" onClick={() => change(queryOf(new URLSearchParams()))}>
                Show all agents
              </button>
            </Empty>
          ) : (
            <AgentsTable
              agents={agents}
              activity={activity}
              query={query}
              selection={selection}
              onSort={(sort) => change(sortedBy(query, sort))}
            />
          )}
        </>
      )}
      {revoking && (
        <RevokeDialog
          agents={all.filter(({ id }) => selected.has(id))}
          onClose={(revoked) => {
            setRevoking(false);
            if (revoked.length > 0) selection.clear();
          }}
        />
      )}
    </>
  );
}
