// Revokes a delegation, after it has shown what else ends with it.
import type { DelegationChain } from "kavachos-wasm";
import { ArrowRight, TriangleAlert } from "lucide-preact";
import { useState } from "preact/hooks";
import { agentName } from "../agents/directory";
import { kavach } from "../connection/session";
import { codeOf } from "../inspector/call-code";
import { PermissionList } from "../permissions/permission-list";
import { Code } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { toast } from "../ui/toasts";
import { useLoaded } from "../ui/use-loaded";
import { cascadeOf } from "./cascade";
import { chains, loadDownstream, noteRevoked, statusOf, tellsEffective } from "./chains";
import { DelegationStatusBadge } from "./delegation-status-badge";
import { nameOf } from "./side-panel";

interface Props {
  chain: DelegationChain;
  onClose(): void;
}

export function RevokeDialog({ chain, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // What hangs on the borrower may have changed since the graph was loaded.
  const fresh = useLoaded((signal) => loadDownstream(chain.toAgent, signal), [chain.id]);
  const { ends, mayEnd } = cascadeOf(chain, chains.value, statusOf);
  const count = ends.length + mayEnd.length;
  // What may have been revoked before cannot end again.
  const sure = mayEnd.length === 0 && ends.every((one) => statusOf(one) === "active");
  const known = !fresh.loading && fresh.error === undefined;

  async function revoke() {
    setBusy(true);
    setError(undefined);
    try {
      await kavach().delegation.revoke(chain.id);
    } catch (reason) {
      setError(reason);
      setBusy(false);
      return;
    }
    noteRevoked(ends);
    // What was unknown before may be known now; the graph stays as it is where it cannot.
    loadDownstream(chain.toAgent, new AbortController().signal).catch(() => {});
    toast(`Delegation ${nameOf(chain)} revoked${count === 1 ? "" : ", and what hangs on it"}`);
    onClose();
  }

  return (
    <Dialog
      title="Revoke a delegation"
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" class="button danger primary" disabled={busy || fresh.loading} onClick={revoke}>
            {busy ? "Revoking…" : count === 1 ? "Revoke" : `Revoke ${sure ? "" : "up to "}${count} delegations`}
          </button>
        </>
      }
    >
      <div class="stack">
        <section class="stack tight">
          <h3>
            {statusOf(chain) === "past"
              ? `What ${agentName(chain.fromAgent)} delegated to ${agentName(chain.toAgent)} is over already`
              : `${agentName(chain.toAgent)} loses what ${agentName(chain.fromAgent)} delegates`}
          </h3>
          <PermissionList permissions={chain.permissions} />
        </section>
        {fresh.loading && (
          <div class="loading" role="status">
            Looking for what hangs on it…
          </div>
        )}
        {fresh.error !== undefined && (
          <Failure error={fresh.error} what="What hangs on it could not be looked up" onRetry={fresh.reload} />
        )}
        {!fresh.loading && (
          <>
            {ends.length > 1 && (
              <section class="stack tight" data-cascade="ends">
                <h3>Ends with it</h3>
                <p class="muted">
                  Revoking reaches every delegation that {agentName(chain.toAgent)} has made, whatever it delegates, and
                  those made by its receiving agents.
                </p>
                <Ended chains={ends.slice(1)} />
              </section>
            )}
            {mayEnd.length > 0 && (
              <section class="stack tight" data-cascade="may">
                <h3>Ends too, unless what leads there was revoked before</h3>
                <p class="muted">
                  {tellsEffective.value === false
                    ? "This server does not say which delegations have been revoked."
                    : "The time of a delegation on the way is over, and a revoked one looks the same."}
                </p>
                <Ended chains={mayEnd} />
              </section>
            )}
            {known && ends.length === 1 && mayEnd.length === 0 && (
              <p>Nothing else ends with it: {agentName(chain.toAgent)} delegates nothing that still counts.</p>
            )}
          </>
        )}
        <div class="notice warning">
          <TriangleAlert size={18} aria-hidden />
          <p>This cannot be taken back. To delegate again, make a new delegation.</p>
        </div>
        {error !== undefined && <Failure error={error} what="The delegation could not be revoked" />}
        <details>
          <summary>Code</summary>
          <Code text={codeOf("kavach.delegation.revoke", [chain.id])} />
        </details>
      </div>
    </Dialog>
  );
}

function Ended({ chains }: { chains: readonly DelegationChain[] }) {
  return (
    <ul class="ended">
      {chains.map((chain) => (
        <li key={chain.id} data-chain={chain.id}>
          <div class="row">
            <strong>{agentName(chain.fromAgent)}</strong>
            <ArrowRight size={14} aria-hidden />
            <span class="visually-hidden">to</span>
            <strong>{agentName(chain.toAgent)}</strong>
            <DelegationStatusBadge chain={chain} />
          </div>
          <PermissionList permissions={chain.permissions} max={3} />
        </li>
      ))}
    </ul>
  );
}
