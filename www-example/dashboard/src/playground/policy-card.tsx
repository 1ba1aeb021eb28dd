// The permissions that the verdict is about: edited here, compared with what is stored, saved if that is wanted.
import type { Agent, Permission } from "kavachos-wasm";
import { RotateCcw, Save } from "lucide-preact";
import { memo } from "preact/compat";
import { useCallback, useState } from "preact/hooks";
import { PermissionDiff } from "../permissions/permission-diff";
import { PermissionEditor } from "../permissions/permission-editor";
import { edit } from "./policy";
import { SaveDialog } from "./save-dialog";

interface Props {
  /** `""` for no agent. */
  agentId: string;
  agent?: Agent;
  permissions: Permission[];
  edited: boolean;
}

/** Not rendered again while the question is typed. */
export const PolicyCard = memo(function PolicyCard({ agentId, agent, permissions, edited }: Props) {
  const [saving, setSaving] = useState(false);
  const change = useCallback((next: Permission[]) => edit(agentId, next), [agentId]);
  return (
    <section class="card stack policy" aria-labelledby="policy-title">
      <header>
        <h2 id="policy-title">Permissions</h2>
        <span class="muted">{sourceOf(agent, edited)}</span>
      </header>
      {edited && agent && (
        <div class="stack tight edits">
          <PermissionDiff before={agent.permissions} after={permissions} />
          <div class="row">
            <button type="button" class="button primary small" onClick={() => setSaving(true)}>
              <Save size={16} aria-hidden /> Save to agent…
            </button>
            <button type="button" class="button small" onClick={() => edit(agentId, null)}>
              <RotateCcw size={16} aria-hidden /> Back to what is stored
            </button>
          </div>
        </div>
      )}
      <PermissionEditor key={agentId} value={permissions} onChange={change} />
      {saving && agent && (
        <SaveDialog
          agent={agent}
          permissions={permissions}
          onSaved={() => {
            setSaving(false);
            edit(agentId, null);
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </section>
  );
});

function sourceOf(agent: Agent | undefined, edited: boolean): string {
  if (agent === undefined) return "of no agent";
  return edited ? `of ${agent.name}, edited here` : `of ${agent.name}, as stored`;
}
