// Who delegates what to whom: a graph or a list of delegations, with what can be done about them. What is looked at is in the
// URL: `agent`, `link`, `view`, `around`, `over`, `alone`.
import type { Agent, DelegationChain } from "kavachos-wasm";
import { HandHelping, List, RefreshCw, Workflow } from "lucide-preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Link, useSearchParams } from "wouter-preact";
import { AgentPicker } from "../agents/agent-picker";
import { loadDirectory, useDirectory } from "../agents/directory";
import { session } from "../connection/session";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { useLoaded } from "../ui/use-loaded";
import { cancelLoading, chains, lentBy, loadChains, loadDownstream, loading, now, statuses, statusOf } from "./chains";
import { DelegateDialog } from "./delegate-dialog";
import "./delegations.css";
import "./dialogs.css";
import "./graph.css";
import { GraphView } from "./graph-view";
import { LinksTable } from "./links-table";
import { LoadingBar } from "./loading-bar";
import { RevokeDialog } from "./revoke-dialog";
import { sceneOf } from "./scene";
import { SidePanel } from "./side-panel";

/** Up to so many agents are all asked at once; with more one begins with one. */
const FEW = 200;
/** Up to so many agents without delegations are shown without being asked for. */
const FEW_ALONE = 40;

export default function DelegationsPage() {
  const directory = useDirectory();
  return (
    <>
      {directory.state === "ready" ? (
        <Delegations agents={directory.agents} />
      ) : (
        <>
          <header>
            <h1>Delegations</h1>
          </header>
          {directory.state === "failed" ? (
            <Failure
              error={directory.error}
              what="The agents could not be loaded"
              onRetry={() => loadDirectory(true)}
            />
          ) : (
            <Loading what="the agents" />
          )}
        </>
      )}
    </>
  );
}

type Doing = { kind: "delegate"; from?: string; to?: string } | { kind: "revoke"; chain: DelegationChain };

function Delegations({ agents }: { agents: readonly Agent[] }) {
  const [query, setQuery] = useSearchParams();
  const [doing, setDoing] = useState<Doing>();
  const few = agents.length <= FEW;
  const ids = useMemo(() => agents.map(({ id }) => id), [agents]);

  const agent = query.get("agent") ?? undefined;
  const link = query.get("link") ?? undefined;
  const asList = query.get("view") === "list";
  const around = agent !== undefined && query.has("around");
  const over = query.get("over") !== "no";
  const alone = query.has("alone") ? query.get("alone") === "yes" : few && agents.length <= FEW_ALONE;
  const selected = link ? `link ${link}` : agent ? `agent ${agent}` : undefined;

  const change = useCallback(
    (members: Record<string, string | undefined>, replace = false) =>
      setQuery(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(members)) {
            if (value === undefined) after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace },
      ),
    [setQuery],
  );
  const select = useCallback(
    (item: string | undefined) => {
      const [kind, id] = item?.split(" ") ?? [];
      change({ agent: kind === "agent" ? id : undefined, link: kind === "link" ? id : undefined, around: undefined });
    },
    [change],
  );
  const lend = useCallback((from?: string, to?: string) => setDoing({ kind: "delegate", from, to }), []);
  const revoke = useCallback((chain: DelegationChain) => setDoing({ kind: "revoke", chain }), []);

  const expanding = useLoading(ids, few, agent);
  const scene = useMemo(
    () => sceneOf({ agent, around, over, alone }, agents, chains.value, statusOf),
    [agent, around, over, alone, agents, chains.value, statuses.value],
  );
  const begun = lentBy.value.size > 0;

  return (
    <>
      <header>
        <h1>Delegations</h1>
        <div class="row">
          <AgentPicker
            label="Find an agent"
            hideLabel
            placeholder="Find an agent"
            agents={agents}
            value={agent}
            onPick={(id) => select(id && `agent ${id}`)}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
          <div class="row view-choice" role="group" aria-label="Show as">
            <button type="button" class="button" aria-pressed={!asList} onClick={() => change({ view: undefined })}>
              <Workflow size={16} aria-hidden /> Graph
            </button>
            <button type="button" class="button" aria-pressed={asList} onClick={() => change({ view: "list" })}>
              <List size={16} aria-hidden /> As a list
            </button>
          </div>
          <button type="button" class="button primary" onClick={() => lend(agent)}>
            <HandHelping size={16} aria-hidden /> Delegate…
          </button>
        </div>
      </header>
      {begun && (
        <div class="row filters">
          <label class="choice">
            <input
              type="checkbox"
              checked={over}
              onChange={({ currentTarget }) => change({ over: currentTarget.checked ? undefined : "no" }, true)}
            />
            What has ended
          </label>
          {!asList && (
            <label class="choice">
              <input
                type="checkbox"
                checked={alone}
                disabled={around}
                onChange={({ currentTarget }) => change({ alone: currentTarget.checked ? "yes" : "no" }, true)}
              />
              Agents without delegations
            </label>
          )}
          <button
            type="button"
            class="button quiet small"
            disabled={loading.value !== null}
            onClick={() => loadChains(few ? ids : [...lentBy.peek().keys()])}
          >
            <RefreshCw size={14} aria-hidden /> Refresh
          </button>
        </div>
      )}
      <LoadingBar ids={ids} few={few} />
      {expanding.error !== undefined && (
        <Failure
          error={expanding.error}
          what="What this agent delegates could not be loaded"
          onRetry={expanding.reload}
        />
      )}
      {agents.length === 0 && (
        <Empty title="No agents yet">
          <p>Agents delegate permissions to agents: there have to be two.</p>
          <Link href="/agents">Go to the agents</Link>
        </Empty>
      )}
      {!begun && loading.value === null && !few && !expanding.loading && <Begin agents={agents} ids={ids} />}
      {!begun && (loading.value !== null || expanding.loading) && <Loading what="the delegations" />}
      {begun && (
        <div class="delegations" data-details={!asList || selected !== undefined}>
          {asList ? (
            <LinksTable chains={scene.chains} selected={selected} onSelect={select} onRevoke={revoke} />
          ) : (
            <GraphView
              scene={scene}
              selected={selected}
              subject={`${around && agent} ${over} ${alone} ${few || lentBy.value.size}`}
              onSelect={select}
              onLend={lend}
              onList={() => change({ view: "list" })}
            />
          )}
          {(!asList || selected !== undefined) && (
            <SidePanel
              selected={selected}
              onSelect={select}
              onDelegate={lend}
              onRevoke={revoke}
              around={around}
              onAround={(wanted) => change({ around: wanted ? "" : undefined }, true)}
            />
          )}
        </div>
      )}
      {doing?.kind === "delegate" && (
        <DelegateDialog
          from={doing.from}
          to={doing.to}
          agents={agents}
          onClose={() => setDoing(undefined)}
          onDone={(id) => {
            setDoing(undefined);
            select(`link ${id}`);
          }}
        />
      )}
      {doing?.kind === "revoke" && <RevokeDialog chain={doing.chain} onClose={() => setDoing(undefined)} />}
    </>
  );
}

function Begin({ agents, ids }: { agents: readonly Agent[]; ids: readonly string[] }) {
  const count = agents.length.toLocaleString("en");
  return (
    <Empty title="Begin with an agent">
      <p>
        Delegations are asked for agent by agent, and there are {count}. Find one above to see what it delegates, and go
        on from there.
      </p>
      <button type="button" class="button" onClick={() => loadChains(ids)}>
        Ask all {count} agents
      </button>
    </Empty>
  );
}

/** Loads what the page shows, and keeps its clock. */
function useLoading(ids: readonly string[], few: boolean, agent: string | undefined) {
  const current = session.value;
  useEffect(() => {
    const missing = ids.filter((id) => !lentBy.peek().has(id));
    if (few && missing.length > 0) loadChains(missing);
  }, [current, ids, few]);
  const expanding = useLoaded(
    async (signal) => {
      if (!few && agent !== undefined && !lentBy.peek().has(agent)) await loadDownstream(agent, signal);
    },
    [current, few, agent],
  );
  useEffect(() => cancelLoading, []);
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 15_000);
    return () => clearInterval(timer);
  }, []);
  return expanding;
}
