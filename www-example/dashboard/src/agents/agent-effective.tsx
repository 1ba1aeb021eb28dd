// What an agent may do in all: by its own right, and by what others delegate it.
import { type Agent, type DelegationChain, KavachError, type Permission } from "kavachos-wasm";
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { kavach } from "../connection/session";
import { agentLink } from "../links";
import { PermissionList } from "../permissions/permission-list";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { useLoaded } from "../ui/use-loaded";
import { agentName, directory } from "./directory";
import { delegationsTo } from "./incoming-delegations";

export function AgentEffective({ agent }: { agent: Agent }) {
  const { value, error, loading, reload } = useLoaded(
    (signal) => kavach().agents.getEffectivePermissions(agent.id, { signal }),
    [agent],
  );
  const untold = error instanceof KavachError && error.code === "NOT_SUPPORTED";
  const lent = value && lentOf(agent.permissions, value);
  return (
    <section class="card stack tight" aria-labelledby="effective">
      <header>
        <h2 id="effective">Effective permissions</h2>
        <span class="muted">What it holds itself, and what others delegate to it</span>
      </header>
      {agent.status !== "active" && <p class="muted">It is {agent.status}: whatever it holds, its calls are denied.</p>}
      {untold ? (
        <p class="muted">
          This server does not tell effective permissions. What it holds itself is above; what is delegated to it is
          known only from those who lend.
        </p>
      ) : error !== undefined ? (
        <Failure error={error} what="What is delegated to it could not be loaded" onRetry={reload} />
      ) : value === undefined ? (
        loading && <Loading what="what is delegated to it" />
      ) : lent === undefined ? (
        <>
          <p class="muted">The server says that in all it may do this; which of it is delegated is unknown.</p>
          <PermissionList permissions={value} />
        </>
      ) : lent.length === 0 ? (
        <p class="muted">Nothing is delegated to it: it may do what it holds itself, and no more.</p>
      ) : (
        <>
          <h3>Delegated to it</h3>
          <PermissionList permissions={lent} />
          <p class="muted">
            Only when it is asked about by its id, and without constraints: a check of its token counts what it holds
            itself.
          </p>
        </>
      )}
      {(untold || (lent && lent.length > 0)) && <IncomingDelegations key={agent.id} id={agent.id} />}
    </section>
  );
}

/** What comes after its own permissions, with which servers begin; undefined where they do not. */
function lentOf(own: readonly Permission[], effective: readonly Permission[]): Permission[] | undefined {
  const begins = own.every((permission, index) => same(permission, effective[index]));
  return begins ? effective.slice(own.length) : undefined;
}

function same(a: Permission, b: Permission | undefined): boolean {
  return a.resource === b?.resource && a.actions.join("\n") === b.actions.join("\n");
}

type Asked = { state: "no" } | { state: "asking"; done: number; of: number } | { state: "failed"; error: unknown };

function IncomingDelegations({ id }: { id: string }) {
  const [asked, setAsked] = useState<Asked>({ state: "no" });
  const [loans, setLoans] = useState<DelegationChain[]>();
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  const agents = directory.value.state === "ready" ? directory.value.agents : [];
  const others = agents.filter((agent) => agent.id !== id).length;

  async function ask() {
    const mine = new AbortController();
    controller.current = mine;
    const ids = agents.map((agent) => agent.id);
    setAsked({ state: "asking", done: 0, of: others });
    try {
      const found = await delegationsTo(kavach(), id, ids, mine.signal, (done) =>
        setAsked({ state: "asking", done, of: others }),
      );
      setLoans(found);
      setAsked({ state: "no" });
    } catch (error) {
      setAsked(mine.signal.aborted ? { state: "no" } : { state: "failed", error });
    }
  }

  if (asked.state === "asking") {
    return (
      <div class="row">
        <span role="status">
          Asked {asked.done} of {asked.of} agents what they delegate…
        </span>
        <button type="button" class="button small" onClick={() => controller.current?.abort()}>
          Stop
        </button>
      </div>
    );
  }
  if (asked.state === "failed") {
    return <Failure error={asked.error} what="The others could not be asked" onRetry={ask} />;
  }
  if (loans === undefined) {
    return (
      <div class="row">
        <button type="button" class="button small" disabled={others === 0} onClick={ask}>
          Ask {others.toLocaleString("en")} agents what they delegate to it
        </button>
      </div>
    );
  }
  if (loans.length === 0) return <p>None of the other agents lists anything that it delegates to this one.</p>;
  return (
    <ul class="loans">
      {loans.map(({ id: loan, fromAgent, permissions, expiresAt }) => (
        <li key={loan} class="stack tight">
          <p>
            From <Link href={agentLink(fromAgent)}>{agentName(fromAgent)}</Link>{" "}
            <span class="muted">
              until <Time iso={expiresAt} />; lists keep what was revoked
            </span>
          </p>
          <PermissionList permissions={permissions} />
        </li>
      ))}
    </ul>
  );
}
