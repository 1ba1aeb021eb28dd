// One agent: who it is, what it may do and by whose leave, what it did and what it was refused.
import type { Agent } from "kavachos-wasm";
import { FlaskConical, KeyRound, Pencil, Trash2 } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { kavach } from "../connection/session";
import { playgroundLink } from "../links";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { useLoaded } from "../ui/use-loaded";
import { AgentDelegations } from "./agent-delegations";
import { AgentEffective } from "./agent-effective";
import { AgentFacts } from "./agent-facts";
import { AgentFigures } from "./agent-figures";
import { AgentPermissions } from "./agent-permissions";
import { AgentStatus } from "./agent-status";
import { AgentTimeline } from "./agent-timeline";
import { agentName, keepAgent, useDirectory } from "./directory";
import { EditDialog } from "./edit-dialog";
import { RevokeDialog } from "./revoke-dialog";
import { RotateDialog } from "./rotate-dialog";
import "./agents.css";
import "./agent.css";

export default function AgentPage({ id }: { id: string }) {
  useDirectory(); // The names of those whom it delegates to.
  const { value, error, loading, reload } = useLoaded((signal) => kavach().agents.get(id, { signal }), [id]);
  // What an update answered is newer than what was loaded.
  const [changed, setChanged] = useState<Agent>();
  const agent = changed ?? value;

  if (agent === undefined) {
    return (
      <>
        <Title name={agentName(id)} />
        {loading ? (
          <Loading what="the agent" />
        ) : (
          <Failure error={error} what="The agent could not be loaded" onRetry={reload} />
        )}
      </>
    );
  }
  if (agent === null) return <Unknown id={id} />;
  const keep = (after: Agent) => {
    setChanged({ ...after, token: "" });
    keepAgent(after);
  };
  return (
    <>
      <Head
        agent={agent}
        onChange={keep}
        onReload={() =>
          kavach()
            .agents.get(id)
            .then((after) => after && keep(after))
        }
      />
      <div class="agent-grid">
        <div class="stack">
          <AgentPermissions agent={agent} onChange={keep} />
          <AgentEffective agent={agent} />
        </div>
        <div class="stack aside">
          <AgentFacts agent={agent} />
          <AgentFigures id={id} />
          <AgentDelegations id={id} />
        </div>
        <AgentTimeline id={id} />
      </div>
    </>
  );
}

interface HeadProps {
  agent: Agent;
  onChange: (agent: Agent) => void;
  onReload: () => Promise<unknown>;
}

function Head({ agent, onChange, onReload }: HeadProps) {
  const [asked, setAsked] = useState<"edit" | "rotate" | "revoke">();
  const close = () => setAsked(undefined);
  return (
    <header class="agent-head">
      <Title name={agent.name}>
        <AgentStatus agent={agent} />
      </Title>
      <div class="row">
        <Link href={playgroundLink({ agentId: agent.id })} class="button">
          <FlaskConical size={16} aria-hidden /> Try a call
        </Link>
        {agent.status !== "revoked" && (
          <button type="button" class="button" onClick={() => setAsked("edit")}>
            <Pencil size={16} aria-hidden /> Rename or extend
          </button>
        )}
        {agent.status === "active" && (
          <button type="button" class="button" onClick={() => setAsked("rotate")}>
            <KeyRound size={16} aria-hidden /> Rotate token
          </button>
        )}
        {agent.status !== "revoked" && (
          <button type="button" class="button danger" onClick={() => setAsked("revoke")}>
            <Trash2 size={16} aria-hidden /> Revoke
          </button>
        )}
      </div>
      {asked === "edit" && <EditDialog agent={agent} onChange={onChange} onClose={close} />}
      {asked === "rotate" && <RotateDialog agent={agent} onDone={onReload} onClose={close} />}
      {asked === "revoke" && (
        <RevokeDialog
          agents={[agent]}
          onClose={(revoked) => {
            close();
            if (revoked.length > 0) onReload();
          }}
        />
      )}
    </header>
  );
}

function Title({ name, children }: { name: string; children?: ComponentChildren }) {
  return (
    <div>
      <nav class="crumbs" aria-label="Where this is">
        <Link href="/agents">Agents</Link>
      </nav>
      <div class="row">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {children}
      </div>
    </div>
  );
}

function Unknown({ id }: { id: string }) {
  return (
    <>
      <Title name="Unknown agent" />
      <Empty title="There is no such agent">
        <p>
          The server knows no agent with the id <code>{id}</code>. Revoked agents are kept, so this one was never there,
          or is on another server.
        </p>
        <Link href="/agents" class="button">
          All agents
        </Link>
      </Empty>
    </>
  );
}
