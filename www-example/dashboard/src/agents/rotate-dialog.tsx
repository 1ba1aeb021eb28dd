// Asks whether an agent is to get a new token, and gets it one.
import { type Agent, NetworkError } from "kavachos-wasm";
import { kavach } from "../connection/session";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { useAction } from "../ui/use-action";
import { issue } from "./issue";

interface Props {
  agent: Agent;
  onDone: () => void;
  onClose: () => void;
}

export function RotateDialog({ agent, onDone, onClose }: Props) {
  const { busy, error, run } = useAction(async () => {
    await issue("Token rotated", () => kavach().agents.rotate(agent.id));
    onDone();
    onClose();
  });

  return (
    <Dialog
      title={`Rotate the token of “${agent.name}”?`}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose} disabled={busy}>
            Cancel
          </button>
          <button type="button" class="button primary" onClick={run} disabled={busy}>
            {busy ? "Rotating…" : "Rotate token"}
          </button>
        </>
      }
    >
      <div class="stack">
        <p>
          It gets a new token, which is shown to you once. <strong>The old one stops working at once</strong>: what uses
          it is refused until it has the new one.
        </p>
        {error !== undefined && <Failure error={error} what="There is no new token" />}
        {error instanceof NetworkError && (
          <p>The old token may have stopped working all the same. Rotate again to get one that you can see.</p>
        )}
      </div>
    </Dialog>
  );
}
