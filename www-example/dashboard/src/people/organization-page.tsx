// An organization: its members with their roles, and invitations.
import type { OrganizationInvitation, OrganizationMember } from "kavachos-wasm";
import { UserPlus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Empty } from "../ui/empty";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { toast } from "../ui/toasts";
import { useLoaded } from "../ui/use-loaded";
import { ActButton } from "./act-button";
import { Confirm } from "./confirm";
import { FEATURE } from "./organizations-page";
import { PeopleFailure } from "./people-failure";
import { PeopleSection, type Signed } from "./people-section";

/** The roles that servers have unless configured otherwise. */
const ROLES = ["owner", "admin", "member"];

export default function OrganizationPage({ id }: { id: string }) {
  const [name, setName] = useState<string>();
  return (
    <PeopleSection title={name === undefined ? "Organization" : <bdi>{name}</bdi>}>
      {(signed) => <Organization key={signed.userId} id={id} signed={signed} onName={setName} />}
    </PeopleSection>
  );
}

interface Props {
  id: string;
  signed: Signed;
  onName: (name: string) => void;
}

function Organization({ id, signed, onName }: Props) {
  const { organizations } = signed.people;
  const [invited, setInvited] = useState<readonly OrganizationInvitation[]>([]);
  const [isInviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<OrganizationMember>();
  const found = useLoaded(
    async (signal) => {
      // No route returns a single organization.
      const one = (await organizations.list({ signal })).find((organization) => organization.id === id);
      if (one === undefined) return null;
      onName(one.name);
      return { ...one, members: await organizations.members(id, { signal }) };
    },
    [id],
  );
  if (found.error !== undefined)
    return (
      <PeopleFailure
        error={found.error}
        what="The organization could not be loaded"
        feature={FEATURE}
        onRetry={found.reload}
      />
    );
  if (found.value === undefined) return <Loading what="the organization" />;
  if (found.value === null)
    return (
      <Empty title="There is no such organization">
        <p>Or you are not a member of it.</p>
        <Link href="/people/organizations">Go to your organizations</Link>
      </Empty>
    );
  const { slug, createdAt, members } = found.value;
  const mine = members.find(({ userId }) => userId === signed.userId)?.role;
  const canManage = mine === "owner" || mine === "admin";
  return (
    <>
      <div class="spread">
        <p class="muted">
          <span class="mono">{slug}</span> · made <Time iso={createdAt} />
          {mine && <> · your role is {mine}</>}
        </p>
        {canManage && (
          <button type="button" class="button primary" onClick={() => setInviting(true)}>
            <UserPlus size={16} aria-hidden /> Invite
          </button>
        )}
      </div>
      <section class="card people-section">
        <h2>Members</h2>
        <ul class="people-list" aria-label="Members">
          {members.map((member) => (
            <Member
              key={member.userId}
              member={member}
              signed={signed}
              canManage={canManage}
              onChanged={found.reload}
              onRemove={() => setRemoving(member)}
            />
          ))}
        </ul>
      </section>
      {invited.length > 0 && (
        <section class="card people-section">
          <h2>Invited just now</h2>
          <p class="muted">
            The server lists no invitations, and has no route to accept one: your app's own code does that, by the id.
          </p>
          <ul class="people-list" aria-label="Invitations">
            {invited.map(({ id, email, role, expiresAt }) => (
              <li key={id}>
                <div class="who">
                  <p class="truncate">
                    <bdi class="name">{email}</bdi>
                  </p>
                  <p class="muted truncate mono">{id}</p>
                </div>
                <div class="facts">
                  <p class="muted">
                    as {role}
                    {expiresAt && (
                      <>
                        , until <Time iso={expiresAt} />
                      </>
                    )}
                  </p>
                </div>
                <div class="acts" />
              </li>
            ))}
          </ul>
        </section>
      )}
      {isInviting && (
        <InviteDialog
          id={id}
          signed={signed}
          onInvited={(invitation) => setInvited((before) => [invitation, ...before])}
          onClose={() => setInviting(false)}
        />
      )}
      {removing && (
        <Confirm
          title={
            <>
              Remove <bdi>{removing.userId}</bdi>?
            </>
          }
          label="Remove"
          busyLabel="Removing…"
          isDanger
          what="The member is not removed"
          feature={FEATURE}
          act={async () => {
            await organizations.removeMember(id, removing.userId);
            toast(`${removing.userId} is no member any more.`);
            setRemoving(undefined);
            found.reload();
          }}
          onClose={() => setRemoving(undefined)}
        >
          <p>
            {removing.userId === signed.userId
              ? "You will not see this organization any more."
              : "They lose their role. Their account and their agents stay."}
          </p>
        </Confirm>
      )}
    </>
  );
}

interface MemberProps {
  member: OrganizationMember;
  signed: Signed;
  canManage: boolean;
  onChanged: () => void;
  onRemove: () => void;
}

function Member({ member, signed, canManage, onChanged, onRemove }: MemberProps) {
  const { userId, orgId, role, joinedAt } = member;
  const [wanted, setWanted] = useState(role);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const change = async (next: string) => {
    setWanted(next);
    setBusy(true);
    setError(undefined);
    try {
      await signed.people.organizations.setRole(orgId, userId, { role: next });
      toast(`The role is ${next} now.`);
      onChanged();
    } catch (reason) {
      setWanted(role);
      setError(reason);
    }
    setBusy(false);
  };
  const roles = ROLES.includes(role) ? ROLES : [role, ...ROLES];
  return (
    <li data-member={userId}>
      <div class="who">
        <p class="truncate">
          <bdi class="name mono">{userId}</bdi>
          {userId === signed.userId && <span class="muted"> (you)</span>}
        </p>
        {joinedAt && (
          <p class="muted truncate">
            since <Time iso={joinedAt} />
          </p>
        )}
      </div>
      <div class="facts">
        {canManage ? (
          <select
            aria-label={`Role of ${userId}`}
            value={wanted}
            disabled={busy}
            onChange={({ currentTarget }) => change(currentTarget.value)}
          >
            {roles.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        ) : (
          <p>{role}</p>
        )}
      </div>
      <div class="acts">{canManage && <ActButton label="Remove" name={userId} isDanger onClick={onRemove} />}</div>
      {error !== undefined && <Failure error={error} what="The role is not changed" />}
    </li>
  );
}

interface InviteProps {
  id: string;
  signed: Signed;
  onInvited: (invitation: OrganizationInvitation) => void;
  onClose: () => void;
}

function InviteDialog({ id, signed, onInvited, onClose }: InviteProps) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("member");
  return (
    <Confirm
      title="Invite a person"
      label="Invite"
      busyLabel="Inviting…"
      isDisabled={email.trim() === ""}
      what="Nobody is invited"
      feature={FEATURE}
      act={async () => {
        onInvited(await signed.people.organizations.invite(id, { email: email.trim(), role }));
        toast("The invitation is recorded.");
        onClose();
      }}
      onClose={onClose}
    >
      <label class="field">
        <span>E-mail</span>
        <input type="email" required value={email} onInput={({ currentTarget }) => setEmail(currentTarget.value)} />
      </label>
      <label class="field">
        <span>Role</span>
        <select value={role} onChange={({ currentTarget }) => setRole(currentTarget.value)}>
          {ROLES.slice(1).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    </Confirm>
  );
}
