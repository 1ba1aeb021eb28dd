// The delegations as a table: all that the graph shows, with the same actions, for who would rather read.
import type { DelegationChain } from "kavachos-wasm";
import { useState } from "preact/hooks";
import { agentName } from "../agents/directory";
import { PermissionList } from "../permissions/permission-list";
import { Empty } from "../ui/empty";
import { statusOf } from "./chains";
import { DelegationStatusBadge } from "./delegation-status-badge";
import { inOrder } from "./scene";
import { nameOf } from "./side-panel";

/** How many rows are shown at first, and each time more are asked for. */
const STEP = 100;

interface Props {
  chains: readonly DelegationChain[];
  selected?: string;
  onSelect(item: string | undefined): void;
  onRevoke(chain: DelegationChain): void;
}

export function LinksTable({ chains, selected, onSelect, onRevoke }: Props) {
  const [most, setMost] = useState(STEP);
  if (chains.length === 0) {
    return (
      <Empty title="No delegations">
        <p>None of the agents that were asked delegates anything that is to be shown.</p>
      </Empty>
    );
  }
  const rows = inOrder(chains, statusOf);
  return (
    <div class="stack tight">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="card links-table" aria-label="Delegations" tabIndex={0}>
        <table>
          <caption class="visually-hidden">Delegations, those that end soonest first</caption>
          <thead>
            <tr>
              <th scope="col">Delegating agent</th>
              <th scope="col">Receiving agent</th>
              <th scope="col">Permissions</th>
              <th scope="col" class="numeric">
                Depth
              </th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((chain) => (
              <tr key={chain.id} aria-current={selected === `link ${chain.id}` ? "true" : undefined}>
                <th scope="row">
                  <AgentButton id={chain.fromAgent} onSelect={onSelect} />
                </th>
                <td>
                  <AgentButton id={chain.toAgent} onSelect={onSelect} />
                </td>
                <td>
                  <PermissionList permissions={chain.permissions} max={3} />
                </td>
                <td class="numeric">{chain.depth}</td>
                <td>
                  <DelegationStatusBadge chain={chain} />
                </td>
                <td>
                  <div class="row actions">
                    <button type="button" class="button quiet small" onClick={() => onSelect(`link ${chain.id}`)}>
                      Details<span class="visually-hidden"> of the delegation {nameOf(chain)}</span>
                    </button>
                    {statusOf(chain) !== "revoked" && (
                      <button type="button" class="button quiet small danger" onClick={() => onRevoke(chain)}>
                        Revoke…<span class="visually-hidden"> the delegation {nameOf(chain)}</span>
                      </button>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > most && (
        <div class="row">
          <button type="button" class="button" onClick={() => setMost(most + STEP)}>
            Show {Math.min(STEP, rows.length - most)} more
          </button>
          <span class="muted">
            {most} of {rows.length}
          </span>
        </div>
      )}
    </div>
  );
}

function AgentButton({ id, onSelect }: { id: string; onSelect(item: string): void }) {
  return (
    <button type="button" class="button quiet small" onClick={() => onSelect(`agent ${id}`)}>
      {agentName(id)}
    </button>
  );
}
