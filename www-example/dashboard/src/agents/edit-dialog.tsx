// Changes an agent's name, and when its token stops working.
import type { Agent } from "kavachos-wasm";
import { useState } from "preact/hooks";
import { kavach } from "../connection/session";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { inFull } from "../ui/time";
import { toast } from "../ui/toasts";
import { useAction } from "../ui/use-action";
import { type Expiry, expiresAt } from "./expiry";
import { ExpiryField } from "./expiry-field";

interface Props {
  agent: Agent;
  onChange: (agent: Agent) => void;
  onClose: () => void;
}

export function EditDialog({ agent, onChange, onClose }: Props) {
  const [name, setName] = useState(agent.name);
  const [expiry, setExpiry] = useState<Expiry>({ term: "", at: "" });
  const { busy, error, run } = useAction(async () => {
    onChange(await kavach().agents.update(agent.id, { name, expiresAt: expiresAt(expiry) }));
    toast("Saved");
    onClose();
  });

  function save(event: SubmitEvent) {
    event.preventDefault();
    run();
  }

  return (
    <Dialog
      title="Rename or extend"
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form="edit-agent" class="button primary" disabled={busy}>
            {busy ? "Saving…" : "Save"}
          </button>
        </>
      }
    >
      <form id="edit-agent" class="stack" onSubmit={save}>
        <label class="field">
          <span>Name</span>
          <input
            name="name"
            required
            autocomplete="off"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <ExpiryField
          value={expiry}
          onChange={setExpiry}
          left={agent.expiresAt ? `As it is: ${inFull(agent.expiresAt)}` : "As it is: never"}
        />
        {error !== undefined && <Failure error={error} what="The agent was not changed" />}
      </form>
    </Dialog>
  );
}
