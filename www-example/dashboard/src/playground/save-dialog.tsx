// Saves edited permissions to their agent: shows what changes, warns of what looks wrong, asks once more.
import { type Agent, NotFoundError, type Permission } from "kavachos-wasm";
import { covers, lint } from "kavachos-wasm/permissions";
import { TriangleAlert } from "lucide-preact";
import { keepAgent } from "../agents/directory";
import { kavach } from "../connection/session";
import { PermissionDiff } from "../permissions/permission-diff";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { toast } from "../ui/toasts";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";
import { differs } from "./policy";

interface Props {
  agent: Agent;
  permissions: Permission[];
  onSaved: () => void;
  onClose: () => void;
}

export function SaveDialog({ agent, permissions, onSaved, onClose }: Props) {
  // What is stored may have changed since the page was opened.
  const stored = useLoaded(
    async (signal) => {
      const present = await kavach().agents.get(agent.id, { signal });
      if (present === null) throw new NotFoundError(`There is no agent ${agent.id} any more`);
      return present;
    },
    [agent.id],
  );
  const present = stored.value;

  const saving = useAction(async () => {
    keepAgent(await kavach().agents.update(agent.id, { permissions }));
    toast(`The permissions of ${agent.name} were saved`);
    onSaved();
  });

  return (
    <Dialog
      title={`Save to ${agent.name}`}
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            class="button primary"
            disabled={saving.busy || present === undefined}
            onClick={saving.run}
          >
            {saving.busy ? "Saving…" : "Save these permissions"}
          </button>
        </>
      }
    >
      <div class="stack">
        {stored.loading && !present && <Loading what="what is stored" />}
        {stored.error !== undefined && (
          <Failure error={stored.error} what="What is stored could not be loaded" onRetry={stored.reload} />
        )}
        {present && <Changes agent={agent} present={present} permissions={permissions} />}
        {saving.error !== undefined && <Failure error={saving.error} what="The permissions were not saved" />}
      </div>
    </Dialog>
  );
}

function Changes({ agent, present, permissions }: { agent: Agent; present: Agent; permissions: Permission[] }) {
  const errors = lint(permissions).filter(({ severity }) => severity === "error");
  const { uncovered = [] } = covers(present.permissions, permissions);
  return (
    <>
      {differs(agent.permissions, present.permissions) && (
        <Warning>
          Somebody else has changed the stored permissions meanwhile. This is what saving does to them now:
        </Warning>
      )}
      <PermissionDiff before={present.permissions} after={permissions} />
      {uncovered.length > 0 && (
        <div class="stack tight">
          <h3>What it may do then that it may not now</h3>
          <ul class="causes">
            {uncovered.map(({ index, message }) => (
              <li key={index}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      {errors.length > 0 && (
        <Warning>
          {errors.length === 1 ? "One thing cannot be meant: " : `${errors.length} things cannot be meant: `}
          {errors.map(({ path, message }) => `${path} ${message}`).join("; ")}
        </Warning>
      )}
      <p class="muted">The agent keeps its token, and is decided by these permissions from its next call on.</p>
    </>
  );
}

function Warning({ children }: { children: preact.ComponentChildren }) {
  return (
    <div class="notice warning">
      <TriangleAlert size={18} aria-hidden />
      <p>{children}</p>
    </div>
  );
}
