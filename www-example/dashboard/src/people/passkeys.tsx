// The passkeys of the person: registered with this browser, listed, and removed.

import type { Passkey } from "kavachos-wasm/session";
import { KeyRound, Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { toast } from "../ui/toasts";
import { useLoaded } from "../ui/use-loaded";
import { ActButton } from "./act-button";
import { Confirm } from "./confirm";
import { PeopleFailure } from "./people-failure";
import type { Signed } from "./people-section";

const FEATURE = "passkeys";

export function Passkeys({ signed }: { signed: Signed }) {
  const { passkey } = signed.person.recorded;
  const list = useLoaded(() => passkey.list(), []);
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey>();
  if (list.error !== undefined)
    return (
      <PeopleFailure
        error={list.error}
        what="Your passkeys could not be loaded"
        feature={FEATURE}
        onRetry={list.reload}
      />
    );
  return (
    <section class="card people-section">
      <div class="spread">
        <h2>Passkeys</h2>
        <button type="button" class="button small" disabled={!list.value} onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden /> Add a passkey
        </button>
      </div>
      <p class="muted">Sign in with your fingerprint, your face or the lock of your device, without a mail.</p>
      {list.value === undefined ? (
        <Loading what="your passkeys" />
      ) : list.value.length === 0 ? (
        <p>You have no passkeys yet.</p>
      ) : (
        <ul class="people-list" aria-label="Passkeys">
          {list.value.map((one) => (
            <li key={one.credentialId} data-passkey={one.credentialId}>
              <div class="who">
                <p class="row">
                  <KeyRound size={16} aria-hidden />
                  <bdi class="name truncate">{titleOf(one)}</bdi>
                </p>
              </div>
              <div class="facts">
                <p class="muted">
                  {one.createdAt && (
                    <>
                      added <Time iso={one.createdAt} />
                    </>
                  )}
                  {one.lastUsedAt && (
                    <>
                      {" · used "}
                      <Time iso={one.lastUsedAt} />
                    </>
                  )}
                </p>
              </div>
              <div class="acts">
                <ActButton label="Remove" name={titleOf(one)} isDanger onClick={() => setRemoving(one)} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <AddDialog
          signed={signed}
          onClose={(isChanged) => {
            setAdding(false);
            if (isChanged) list.reload();
          }}
        />
      )}
      {removing && (
        <Confirm
          title={
            <>
              Remove “<bdi>{titleOf(removing)}</bdi>”?
            </>
          }
          label="Remove the passkey"
          busyLabel="Removing…"
          isDanger
          what="The passkey is not removed"
          feature={FEATURE}
          act={async () => {
            await passkey.remove(removing.credentialId);
            toast("The passkey is removed from the server. Remove it from your device too.");
            setRemoving(undefined);
            list.reload();
          }}
          onClose={() => setRemoving(undefined)}
        >
          <p>You cannot sign in with it any more. Make sure that you have another way to sign in.</p>
        </Confirm>
      )}
    </section>
  );
}

function titleOf({ deviceName, credentialId }: Passkey): string {
  return deviceName || `${credentialId.slice(0, 12)}…`;
}

function AddDialog({ signed, onClose }: { signed: Signed; onClose: (isChanged: boolean) => void }) {
  const [name, setName] = useState("");
  return (
    <Confirm
      title="Add a passkey"
      label="Continue"
      busyLabel="Your browser asks you…"
      isDisabled={name.trim() === ""}
      what="There is no new passkey"
      feature={FEATURE}
      act={async () => {
        const { passkey } = signed.person.recorded;
        if (!(await passkey.isSupported()))
          throw new TypeError("This browser has no passkeys. They need https, or localhost");
        await passkey.register({ deviceName: name.trim(), userName: signed.email });
        toast("The passkey is added.");
        onClose(true);
      }}
      onClose={() => onClose(false)}
    >
      <label class="field">
        <span>Name of this device</span>
        <input
          type="text"
          required
          maxLength={80}
          value={name}
          placeholder="My laptop"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <small>By which you recognize the passkey in the list.</small>
      </label>
      <p class="muted">Then your browser asks where to keep it.</p>
    </Confirm>
  );
}
