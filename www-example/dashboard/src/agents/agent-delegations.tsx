// What an agent delegates to others.
import { Link } from "wouter-preact";
import { kavach } from "../connection/session";
import { agentLink, delegationsLink } from "../links";
import { PermissionList } from "../permissions/permission-list";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { useLoaded } from "../ui/use-loaded";
import { agentName } from "./directory";

export function AgentDelegations({ id }: { id: string }) {
  const { value, error, loading, reload } = useLoaded((signal) => kavach().delegation.listChains(id, { signal }), [id]);
  const lent = value?.filter(({ fromAgent }) => fromAgent === id);
  return (
    <section class="card" aria-labelledby="lends">
      <header>
        <h2 id="lends">What it delegates</h2>
        <Link href={delegationsLink(id)}>Show the graph</Link>
      </header>
      {error !== undefined && <Failure error={error} what="What it delegates could not be loaded" onRetry={reload} />}
      {lent === undefined ? (
        loading && <Loading what="what it delegates" />
      ) : lent.length === 0 ? (
        <p class="muted">Nothing.</p>
      ) : (
        <ul class="loans">
          {lent.map(({ id: chain, toAgent, permissions, expiresAt, depth }) => (
            <li key={chain} class="stack tight">
              <p>
                To <Link href={agentLink(toAgent)}>{agentName(toAgent)}</Link>{" "}
                <span class="muted">
                  {Date.parse(expiresAt) > Date.now() ? "until" : "ended"} <Time iso={expiresAt} />, depth {depth}
                </span>
              </p>
              <PermissionList permissions={permissions} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
