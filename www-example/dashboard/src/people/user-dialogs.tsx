// What an administrator does with a user: each is asked about first, with what follows from it.
import type { AdminUser } from "kavachos-wasm";
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { toast } from "../ui/toasts";
import { Confirm } from "./confirm";
import { isolated, nameOf, PersonName } from "./names";
import type { Signed } from "./people-section";
import { momentIn, TermField } from "./term-field";

interface Props {
  user: AdminUser;
  signed: Signed;
  /** Tells whether the user has changed. */
  onClose: (isChanged: boolean) => void;
}

const FEATURE = "administration of users";

export function BanDialog({ user, signed, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [end, setEnd] = useState({ days: 0, at: "" });
  return (
    <Confirm
      title={
        <>
          Ban <PersonName {...user} />?
        </>
      }
      label="Ban"
      busyLabel="Banning…"
      isDanger
      what="The user is not banned"
      feature={FEATURE}
      act={async () => {
        await signed.people.users.ban(user.id, { reason: reason.trim() || undefined, expiresAt: momentIn(end) });
        toast(`${isolated(nameOf(user))} is banned.`);
        onClose(true);
      }}
      onClose={onClose}
    >
      <p>
        Their sessions end at once, and <strong>their agents are revoked for good</strong>: ending the ban does not
        bring them back. Servers still let a banned user sign in again.
      </p>
      <label class="field">
        <span>Reason</span>
        <input
          type="text"
          maxLength={500}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <small>Administrators see it.</small>
      </label>
      <TermField label="Ends" never="Never" value={end} onChange={setEnd} />
    </Confirm>
  );
}

export function UnbanDialog({ user, signed, onClose }: Props) {
  return (
    <Confirm
      title={
        <>
          End the ban of <PersonName {...user} />?
        </>
      }
      label="End the ban"
      busyLabel="Ending…"
      what="The ban goes on"
      feature={FEATURE}
      act={async () => {
        await signed.people.users.unban(user.id);
        toast(`${isolated(nameOf(user))} is not banned any more.`);
        onClose(true);
      }}
      onClose={onClose}
    >
      <p>They may use the server again. Their agents stay revoked.</p>
    </Confirm>
  );
}

export function DeleteDialog({ user, signed, onClose }: Props) {
  const [typed, setTyped] = useState("");
  return (
    <Confirm
      title={
        <>
          Delete <PersonName {...user} />?
        </>
      }
      label="Delete for good"
      busyLabel="Deleting…"
      isDanger
      isDisabled={typed.trim() !== user.email}
      what="The user is not deleted"
      feature={FEATURE}
      act={async () => {
        await signed.people.users.delete(user.id);
        toast(`${isolated(nameOf(user))} is deleted.`);
        onClose(true);
      }}
      onClose={onClose}
    >
      <p>
        The account is deleted with its sessions{agentWords(user)}. <strong>This cannot be undone.</strong>
      </p>
      <label class="field">
        <span>
          Type <bdi class="mono">{user.email}</bdi> to confirm
        </span>
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
    </Confirm>
  );
}

function agentWords({ agentCount }: AdminUser): string {
  if (!agentCount) return "";
  return agentCount === 1 ? " and the agent that they own" : ` and the ${agentCount} agents that they own`;
}

export function ImpersonateDialog({ user, signed, onClose }: Props) {
  const [, navigate] = useLocation();
  return (
    <Confirm
      title={
        <>
          Act as <PersonName {...user} />?
        </>
      }
      label="Act as this user"
      busyLabel="Changing…"
      what="You are still yourself"
      feature={FEATURE}
      act={async () => {
        await signed.person.recorded.impersonate(user.id);
        onClose(false);
        navigate("/people/account");
      }}
      onClose={onClose}
    >
      <p>
        Everything that you do here is done in their name, in all tabs of this browser, until you go back. A line at the
        top of each page leads back.
      </p>
    </Confirm>
  );
}
