// What is on record about an agent.
import type { Agent } from "kavachos-wasm";
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { session } from "../connection/session";
import { CopyButton } from "../ui/copy";
import { inFull, Time } from "../ui/time";
import { queryOf, searchOf } from "./agent-query";

export function AgentFacts({ agent }: { agent: Agent }) {
  const { id, ownerId, type, createdAt, updatedAt, expiresAt, tenantId, metadata } = agent;
  const owned = searchOf({ ...queryOf(new URLSearchParams()), owner: ownerId });
  return (
    <section class="card" aria-labelledby="facts">
      <header>
        <h2 id="facts">Facts</h2>
      </header>
      <dl class="facts">
        <Fact name="Id">
          <code>{id}</code> <CopyButton text={id} label="Copy id" />
        </Fact>
        <Fact name="Owner">
          <Link href={`/agents?${owned}`}>{ownerId}</Link>
          {ownerId === session.value?.userId && <span class="muted"> (you)</span>}
        </Fact>
        <Fact name="Type">{type}</Fact>
        <Fact name="Created">
          <Moment iso={createdAt} />
        </Fact>
        <Fact name="Changed">
          <Moment iso={updatedAt} />
        </Fact>
        <Fact name="Expires">{expiresAt ? <Moment iso={expiresAt} /> : "Never"}</Fact>
        {tenantId && <Fact name="Tenant">{tenantId}</Fact>}
        {metadata && Object.keys(metadata).length > 0 && (
          <Fact name="Metadata">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre class="code" tabIndex={0}>
              {JSON.stringify(metadata, null, 2)}
            </pre>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Moment({ iso }: { iso: string }) {
  return (
    <>
      {Number.isNaN(Date.parse(iso)) ? iso : inFull(iso)}
      <span class="muted moment">
        <Time iso={iso} />
      </span>
    </>
  );
}
