// The latest refusals, and for each a way to see why.
import { Link } from "wouter-preact";
import { agentName } from "../agents/directory";
import { agentLink, auditLink, whyLink } from "../links";
import { OUTCOME_WORDS, type Outcome, OutcomeBadge } from "../log/outcome";
import { Time } from "../ui/time";
import { useDeferred } from "../ui/use-deferred";
import { causes, latest, rangeQuery } from "./summary";

export function Latest({ only, showOnly }: { only: Outcome | null; showOnly: (outcome: Outcome | null) => void }) {
  const entries = useDeferred(latest, causes);
  return (
    <section class="card latest" aria-labelledby="latest-title">
      <header>
        <h2 id="latest-title">Latest refusals</h2>
        <span class="row">
          {only && (
            <button type="button" class="button small" onClick={() => showOnly(null)}>
              Only: {OUTCOME_WORDS[only].toLowerCase()} – show all
            </button>
          )}
          <Link href={auditLink({ outcome: only ?? "refused", ...rangeQuery.value })}>All in the audit log</Link>
        </span>
      </header>
      {entries === undefined ? null : entries.length === 0 ? (
        <p class="muted">{only ? "None of this kind." : "Nothing was refused."}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">When and how</th>
              <th scope="col">Who and what</th>
              <th scope="col">
                <span class="visually-hidden">Why</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td class="when muted">
                  <Time iso={entry.timestamp} />
                  <OutcomeBadge entry={entry} />
                </td>
                <td class="what">
                  <Link href={agentLink(entry.agentId)}>
                    <bdi>{agentName(entry.agentId)}</bdi>
                  </Link>{" "}
                  <span class="mono">
                    {entry.action} <span class="muted">on</span> {entry.resource}
                  </span>
                  <small class="muted">{entry.reason}</small>
                </td>
                <td class="why">
                  <Link class="button small" href={whyLink(entry)}>
                    Why?<span class="visually-hidden"> {`${entry.action} on ${entry.resource}`}</span>
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
