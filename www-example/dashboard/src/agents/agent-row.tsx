// One row of the list of agents: a link to the agent, and a box to tick.
import type { Agent } from "kavachos-wasm";
import { memo } from "preact/compat";
import { Link } from "wouter-preact";
import { agentLink, auditLink } from "../links";
import { missing } from "../log/audit-log";
import { atLeast, percent } from "../ui/numbers";
import { Sparkline } from "../ui/sparkline";
import { Time } from "../ui/time";
import type { Activity } from "./activity";
import { AgentStatus } from "./agent-status";
import type { Width } from "./width";

interface Props {
  agent: Agent;
  index: number;
  activity?: Activity;
  /** Whether the log is there: without it nothing is known about decisions. */
  known: boolean;
  ticked: boolean;
  /** Whether the tab key stops here. */
  current: boolean;
  width: Width;
  onTick: (index: number, reach: boolean) => void;
}

export const AgentRow = memo(({ agent, index, activity, known, ticked, current, width, onTick }: Props) => {
  const stop = current ? 0 : -1;
  return (
    // The heading is the first row.
    <tr aria-rowindex={index + 2} data-index={index} class={ticked ? "ticked" : undefined}>
      <td class="tick">
        <label>
          <input
            type="checkbox"
            tabIndex={stop}
            checked={ticked}
            aria-label={`Select ${agent.name}`}
            // It is ticked by what it is rendered with; clicks say what is wanted.
            onClick={(event) => {
              event.stopPropagation();
              onTick(index, event.shiftKey);
            }}
          />
        </label>
      </td>
      <th scope="row">
        <Link href={agentLink(agent.id)} tabIndex={stop} class="truncate">
          <bdi>{agent.name}</bdi>
        </Link>
        {width === "narrow" && <AgentStatus agent={agent} />}
      </th>
      {width !== "narrow" && <td class="owner truncate">{agent.ownerId}</td>}
      {width !== "narrow" && (
        <td class="status">
          <AgentStatus agent={agent} />
        </td>
      )}
      {width !== "narrow" && (
        <td class="permissions">
          <Grants agent={agent} />
        </td>
      )}
      <td class="decisions">
        <Decisions activity={activity} known={known} isShort={width === "wide"} />
      </td>
      {width === "wide" && (
        <td class="refused numeric">
          <Refused agentId={agent.id} activity={activity} tabIndex={stop} />
        </td>
      )}
      {width === "wide" && (
        <td class="seen muted">{activity?.seen ? <Time iso={new Date(activity.seen).toISOString()} /> : "–"}</td>
      )}
    </tr>
  );
});

/** What it may do, in short: the first resource, and how many others. */
function Grants({ agent: { permissions } }: { agent: Agent }) {
  const [first] = permissions;
  if (first === undefined) return <span class="muted">None</span>;
  const all = permissions.map(({ actions, resource }) => `${actions.join(", ")} on ${resource}`).join("\n");
  return (
    <span class="grants" title={all}>
      <code class="truncate">{first.resource}</code>
      {permissions.length > 1 && <span class="muted"> +{permissions.length - 1}</span>}
    </span>
  );
}

/** `isShort` leaves out what has its own column. */
function Decisions({ activity, known, isShort }: { activity?: Activity; known: boolean; isShort: boolean }) {
  if (!known) return <span class="muted">…</span>;
  if (!activity || activity.count === 0) return <span class="muted numeric none">None</span>;
  const { count, refused, series } = activity;
  return (
    <span class="spark">
      <Sparkline values={series} width={72} label={`${count} decisions, ${refused} refused`} />
      <span class="numeric">
        {missing.value ? atLeast(count) : count.toLocaleString("en")}
        {refused > 0 && !isShort && <small>{refused.toLocaleString("en")} refused</small>}
      </span>
    </span>
  );
}

/** How many of its decisions were refused, and the way to them. */
function Refused({ agentId, activity, tabIndex }: { agentId: string; activity?: Activity; tabIndex: number }) {
  if (!activity || activity.refused === 0) return <span class="muted">–</span>;
  const { refused, count } = activity;
  return (
    <>
      <Link
        href={auditLink({ agent: agentId, outcome: "refused" })}
        tabIndex={tabIndex}
        title="Show these in the audit log"
      >
        {missing.value ? atLeast(refused) : refused.toLocaleString("en")}
      </Link>{" "}
      <small class="muted">{percent(refused, count)}</small>
    </>
  );
}
