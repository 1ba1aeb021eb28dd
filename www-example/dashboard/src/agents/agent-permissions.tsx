// What an agent may do by its own right; and changing it, with a look at what the change comes to.
import type { Agent, Permission } from "kavachos-wasm";
import { diff } from "kavachos-wasm/permissions";
import { Pencil } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { kavach } from "../connection/session";
import { PermissionEditor } from "../permissions/permission-editor";
import { PermissionList } from "../permissions/permission-list";
import { Failure } from "../ui/failure";
import { toast } from "../ui/toasts";
import { useAction } from "../ui/use-action";
import { PermissionChanges } from "./permission-changes";

interface Props {
  agent: Agent;
  onChange: (agent: Agent) => void;
}

export function AgentPermissions({ agent, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  return (
    <section class="card" aria-labelledby="own">
      <header>
        <h2 id="own">Its own permissions</h2>
        {!editing && agent.status !== "revoked" && (
          <button type="button" class="button small" onClick={() => setEditing(true)}>
            <Pencil size={14} aria-hidden /> Edit
          </button>
        )}
      </header>
      {editing ? (
        <Editing agent={agent} onChange={onChange} onClose={() => setEditing(false)} />
      ) : (
        <PermissionList permissions={agent.permissions} />
      )}
    </section>
  );
}

function Editing({ agent, onChange, onClose }: Props & { onClose: () => void }) {
  const [permissions, setPermissions] = useState<Permission[]>(agent.permissions);
  // While one types, permissions may be none; the editor says what is wrong.
  const change = useMemo(() => {
    try {
      return diff(agent.permissions, permissions);
    } catch {
      return undefined;
    }
  }, [agent.permissions, permissions]);
  const changes = change !== undefined && (!change.same || change.reordered);

  const { busy, error, run } = useAction(async () => {
    onChange(await kavach().agents.update(agent.id, { permissions }));
    toast("Permissions saved");
    onClose();
  });

  return (
    <div class="stack">
      <PermissionEditor value={permissions} onChange={setPermissions} />
      <div class="changes stack tight">
        <h3>What changes</h3>
        {change ? (
          <PermissionChanges change={change} />
        ) : (
          <p class="muted">This is shown once the permissions are valid.</p>
        )}
      </div>
      {error !== undefined && <Failure error={error} what="The permissions were not changed" />}
      <div class="row">
        <button
          type="button"
          class="button primary"
          disabled={busy || !changes || permissions.length === 0}
          onClick={run}
        >
          {busy ? "Saving…" : "Save permissions"}
        </button>
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        {permissions.length === 0 && <span class="muted">Servers want at least one; to take all away, revoke it.</span>}
      </div>
    </div>
  );
}
