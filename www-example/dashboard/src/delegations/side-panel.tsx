// What is known of the chosen agent or delegation, and what can be done about it.
import type { Agent, DelegationChain } from "kavachos-wasm";
import { ArrowDown, ArrowRight, Focus, HandHelping, X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { agentName, agentsById } from "../agents/directory";
import { agentLink, auditLink } from "../links";
import { PermissionList } from "../permissions/permission-list";
import { inFull } from "../ui/time";
import { chains, complete, lentBy, statusOf } from "./chains";
import { DelegationStatusBadge, inWords } from "./delegation-status-badge";
import { EffectivePermissions } from "./effective-permissions";
import { Legend } from "./graph-parts";

interface Actions {
  onSelect(item: string | undefined): void;
  onDelegate(from: string): void;
  onRevoke(chain: DelegationChain): void;
  around: boolean;
  onAround(around: boolean): void;
}

export function SidePanel({ selected, ...actions }: Actions & { selected?: string }) {
  const [kind, id = ""] = selected?.split(" ") ?? [];
  const chain = kind === "link" ? chains.value.find((one) => one.id === id) : undefined;
  return (
    <aside class="card side-panel" aria-label="Details">
      {kind === "agent" ? (
        <AgentDetails id={id} agent={agentsById.value.get(id)} {...actions} />
      ) : chain ? (
        <LinkDetails chain={chain} {...actions} />
      ) : kind === "link" ? (
        <p class="muted">This delegation is not among those that are loaded.</p>
      ) : (
        <Hints />
      )}
    </aside>
  );
}

function Hints() {
  return (
    <div class="stack">
      <h2>Who delegates what to whom</h2>
      <Legend />
      <p class="muted">
        Choose an agent or a delegation to see what is lent. Drag from one agent to another to delegate; with a finger,
        begin at the dot.
      </p>
      <p class="muted">
        Keys: arrows go from one to the next, <kbd>Enter</kbd> chooses, <kbd>D</kbd> delegates, <kbd>+</kbd>{" "}
        <kbd>-</kbd> <kbd>0</kbd> magnify, <kbd>Shift</kbd> with arrows moves the graph.
      </p>
    </div>
  );
}

function AgentDetails({
  id,
  agent,
  onSelect,
  onDelegate,
  onRevoke,
  around,
  onAround,
}: Actions & { id: string; agent?: Agent }) {
  const lends = chains.value.filter(({ fromAgent }) => fromAgent === id);
  const borrows = chains.value.filter(({ toAgent }) => toAgent === id);
  return (
    <div class="stack">
      <Heading text={agent?.name ?? id} onClose={() => onSelect(undefined)} />
      <p class="muted">
        {agent ? `${agent.type}, ${agent.status}` : "Not among the agents that the server lists"} ·{" "}
        <Link href={agentLink(id)}>Agent</Link> · <Link href={auditLink({ agent: id })}>Audit log</Link>
      </p>
      <div class="row">
        <button type="button" class="button primary small" disabled={!agent} onClick={() => onDelegate(id)}>
          <HandHelping size={15} aria-hidden /> Delegate…
        </button>
        <button type="button" class="button small" aria-pressed={around} onClick={() => onAround(!around)}>
          <Focus size={15} aria-hidden /> Only its neighbourhood
        </button>
      </div>
      <section class="stack tight">
        <h3>Delegates</h3>
        <Links
          chains={lends}
          other="toAgent"
          none={lentBy.value.has(id) ? "Nothing." : "It was not asked yet."}
          onSelect={onSelect}
          onRevoke={onRevoke}
        />
      </section>
      <section class="stack tight">
        <h3>Receives</h3>
        <Links
          chains={borrows}
          other="fromAgent"
          none={complete.value ? "Nothing." : "Nothing, as far as delegating agents were asked."}
          onSelect={onSelect}
          onRevoke={onRevoke}
        />
      </section>
      <section class="stack tight">
        <h3>Effective permissions</h3>
        <EffectivePermissions id={id} />
      </section>
    </div>
  );
}

interface LinksProps extends Pick<Actions, "onSelect" | "onRevoke"> {
  chains: readonly DelegationChain[];
  other: "fromAgent" | "toAgent";
  none: string;
}

function Links({ chains, other, none, onSelect, onRevoke }: LinksProps) {
  if (chains.length === 0) return <p class="muted">{none}</p>;
  return (
    <ul class="links">
      {chains.map((chain) => (
        <li key={chain.id}>
          <button type="button" class="button quiet small" onClick={() => onSelect(`link ${chain.id}`)}>
            <span class="visually-hidden">{other === "toAgent" ? "To" : "From"} </span>
            <span class="truncate">{agentName(chain[other])}</span>
          </button>
          <DelegationStatusBadge chain={chain} />
          {statusOf(chain) !== "revoked" && (
            <button type="button" class="button quiet small danger" onClick={() => onRevoke(chain)}>
              Revoke…<span class="visually-hidden"> the delegation {nameOf(chain)}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** “from A to B” */
export function nameOf({ fromAgent, toAgent }: DelegationChain): string {
  return `from ${agentName(fromAgent)} to ${agentName(toAgent)}`;
}

function LinkDetails({ chain, onSelect, onRevoke }: Actions & { chain: DelegationChain }) {
  const { id, fromAgent, toAgent, permissions, depth, createdAt } = chain;
  return (
    <div class="stack">
      <Heading text="Delegation" onClose={() => onSelect(undefined)} />
      <div class="from-to">
        <AgentButton id={fromAgent} onSelect={onSelect} />
        <ArrowDown size={16} aria-hidden />
        <span class="visually-hidden">delegates to</span>
        <AgentButton id={toAgent} onSelect={onSelect} />
      </div>
      <div class="row">
        <DelegationStatusBadge chain={chain} />
        <span class="badge">depth {depth}</span>
      </div>
      <p>{inWords(chain)}.</p>
      <section class="stack tight">
        <h3>What is delegated</h3>
        <PermissionList permissions={permissions} />
        <p class="muted">Without constraints: servers drop them from what is delegated.</p>
      </section>
      <dl class="facts-list">
        <Fact name="Created">{inFull(createdAt)}</Fact>
        <Fact name="Id">
          <code>{id}</code>
        </Fact>
      </dl>
      {statusOf(chain) !== "revoked" && (
        <div class="row">
          <button type="button" class="button danger" onClick={() => onRevoke(chain)}>
            Revoke…
          </button>
        </div>
      )}
    </div>
  );
}

function AgentButton({ id, onSelect }: { id: string } & Pick<Actions, "onSelect">) {
  return (
    <button type="button" class="button" onClick={() => onSelect(`agent ${id}`)}>
      <span class="truncate">{agentName(id)}</span> <ArrowRight size={14} aria-hidden />
    </button>
  );
}

function Heading({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <header class="spread">
      <h2 class="truncate">{text}</h2>
      <button type="button" class="button quiet small" onClick={onClose}>
        <X size={16} aria-hidden />
        <span class="visually-hidden">Close the details</span>
      </button>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt class="muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
