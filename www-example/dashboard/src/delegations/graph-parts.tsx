// What the graph is made of: agents and the labels of delegations are buttons, the delegations themselves are lines.
import type { Agent, DelegationChain } from "kavachos-wasm";
import { Ban, CircleSlash, Clock, Hourglass, UserX } from "lucide-preact";
import { memo } from "preact/compat";
import { agentName } from "../agents/directory";
import { revokedHere } from "./chains";
import { inWords, lookOf, shortly } from "./delegation-status-badge";
import { LABEL, NODE, type Point } from "./layout";

interface PartProps {
  at: Point;
  /** Whether it is the one that Tab comes to. */
  current: boolean;
  selected: boolean;
  /** Whether something else is looked at. */
  dim: boolean;
}

interface NodeProps extends PartProps {
  id: string;
  agent?: Agent;
  lends: number;
  borrows: number;
  /** Whether what is being drawn would end here. */
  target: boolean;
}

const STATUS_ICONS = { revoked: Ban, expired: Hourglass } as const;

export const AgentNode = memo(({ id, agent, at, current, selected, dim, lends, borrows, target }: NodeProps) => {
  const status = agent?.status ?? "unknown";
  const Icon = status === "active" ? undefined : (STATUS_ICONS[status as keyof typeof STATUS_ICONS] ?? UserX);
  const count = agent?.permissions.length ?? 0;
  return (
    <button
      type="button"
      class="agent-node"
      data-item={`agent ${id}`}
      data-agent={id}
      data-status={status}
      data-dim={dim}
      data-target={target}
      aria-pressed={selected}
      tabIndex={current ? 0 : -1}
      style={{
        width: `${NODE.width}px`,
        height: `${NODE.height}px`,
        transform: `translate(${at.x - NODE.width / 2}px, ${at.y - NODE.height / 2}px)`,
      }}
    >
      <span class="name truncate">{agent?.name ?? id}</span>
      <span class="facts">
        {Icon && <Icon size={13} aria-hidden />} {status === "unknown" ? "not in the list" : status}
        {agent && ` · ${count} ${count === 1 ? "permission" : "permissions"}`}
        <span class="visually-hidden">
          , delegates to {lends}, receives from {borrows}
        </span>
      </span>
      <span class="handle" data-handle aria-hidden title="Drag to another agent to delegate" />
    </button>
  );
});

const LOOK_ICONS = {
  soon: Clock,
  past: CircleSlash,
  revoked: CircleSlash,
  active: undefined,
  listed: undefined,
} as const;

export function LinkLabel({ chain, at, current, selected, dim }: PartProps & { chain: DelegationChain }) {
  const look = lookOf(chain);
  const Icon = LOOK_ICONS[look];
  return (
    <button
      type="button"
      class="link-label"
      data-item={`link ${chain.id}`}
      data-look={look}
      data-dim={dim}
      aria-pressed={selected}
      tabIndex={current ? 0 : -1}
      title={inWords(chain)}
      style={{
        width: `${LABEL.width}px`,
        height: `${LABEL.height}px`,
        transform: `translate(${at.x - LABEL.width / 2}px, ${at.y - LABEL.height / 2}px)`,
      }}
    >
      <span class="visually-hidden">
        Delegation from {agentName(chain.fromAgent)} to {agentName(chain.toAgent)}, depth{" "}
      </span>
      <span class="depth">{chain.depth}</span>
      {Icon && <Icon size={12} aria-hidden />}
      <span class="truncate">{shortly(chain)}</span>
    </button>
  );
}

interface LineProps {
  chain: DelegationChain;
  path: string;
  selected: boolean;
  dim: boolean;
}

export function LinkLine({ chain, path, selected, dim }: LineProps) {
  const look = lookOf(chain);
  const over = look === "past" || look === "revoked";
  return (
    <path
      class="link-line"
      d={path}
      data-look={look}
      data-dim={dim}
      data-selected={selected}
      data-ended-here={revokedHere.value.has(chain.id)}
      marker-end={`url(#${selected ? "tip-selected" : over ? "tip-over" : "tip"})`}
    />
  );
}

/** The tips of the lines; their colours are those of the lines, which SVG does not hand on. */
export function Tips() {
  return (
    <defs>
      {["tip", "tip-over", "tip-selected"].map((id) => (
        <marker key={id} id={id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
          <path class={id} d="M0,1 L9,5 L0,9 Z" />
        </marker>
      ))}
    </defs>
  );
}

/** What the lines mean. */
export function Legend() {
  return (
    <ul class="legend">
      <li>
        <Sample look="active" />
        <span>
          delegates to, with the depth <span class="depth">2</span> and the time left
        </span>
      </li>
      <li>
        <Sample look="soon" /> <Clock size={13} aria-hidden /> ends within two days
      </li>
      <li>
        <Sample look="past" /> <CircleSlash size={13} aria-hidden /> ended or revoked
      </li>
    </ul>
  );
}

function Sample({ look }: { look: string }) {
  return (
    <svg class="sample" width="34" height="10" aria-hidden="true">
      <path class="link-line" data-look={look} d="M0,5 H34" />
    </svg>
  );
}
