// Organizations of the person.
import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { Empty } from "../ui/empty";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { useLoaded } from "../ui/use-loaded";
import { Confirm } from "./confirm";
import { PeopleFailure } from "./people-failure";
import { PeopleSection, type Signed } from "./people-section";

export const FEATURE = "organizations";

/** The page of an organization. */
export function organizationLink(id: string): string {
  return `/people/organizations/${encodeURIComponent(id)}`;
}

export default function OrganizationsPage() {
  const [isCreating, setCreating] = useState(false);
  const create = (
    <button type="button" class="button primary" onClick={() => setCreating(true)}>
      <Plus size={16} aria-hidden /> New organization
    </button>
  );
  return (
    <PeopleSection title="Organizations" action={create}>
      {(signed) => (
        <>
          <Organizations key={signed.userId} signed={signed} />
          {isCreating && <CreateDialog signed={signed} onClose={() => setCreating(false)} />}
        </>
      )}
    </PeopleSection>
  );
}

function Organizations({ signed }: { signed: Signed }) {
  const list = useLoaded((signal) => signed.people.organizations.list({ signal }), []);
  if (list.error !== undefined)
    return (
      <PeopleFailure
        error={list.error}
        what="Your organizations could not be loaded"
        feature={FEATURE}
        onRetry={list.reload}
      />
    );
  if (list.value === undefined) return <Loading what="your organizations" />;
  if (list.value.length === 0)
    return (
      <Empty title="No organizations yet">
        <p>An organization has members with roles. You see those that you are a member of.</p>
      </Empty>
    );
  return (
    <ul class="people-list card" aria-label="Organizations">
      {list.value.map(({ id, name, slug, ownerId, createdAt }) => (
        <li key={id} data-organization={id}>
          <div class="who">
            <p class="truncate">
              <Link href={organizationLink(id)} class="name">
                <bdi>{name}</bdi>
              </Link>
            </p>
            <p class="muted truncate mono">{slug}</p>
          </div>
          <div class="facts">
            <p class="muted">
              {ownerId === signed.userId ? "You own it" : <>Owned by {<bdi class="mono">{ownerId}</bdi>}</>} · made{" "}
              <Time iso={createdAt} />
            </p>
          </div>
          <div class="acts" />
        </li>
      ))}
    </ul>
  );
}

function CreateDialog({ signed, onClose }: { signed: Signed; onClose: () => void }) {
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string>();
  const [, navigate] = useLocation();
  const shown = slug ?? slugOf(name);
  return (
    <Confirm
      title="New organization"
      label="Create it"
      busyLabel="Creating…"
      isDisabled={name.trim() === "" || shown === ""}
      what="There is no new organization"
      feature={FEATURE}
      act={async () => {
        const { id } = await signed.people.organizations.create({ name: name.trim(), slug: shown });
        onClose();
        navigate(organizationLink(id));
      }}
      onClose={onClose}
    >
      <label class="field">
        <span>Name</span>
        <input type="text" required value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <label class="field">
        <span>Name in URLs</span>
        <input
          class="mono"
          type="text"
          required
          pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
          spellcheck={false}
          value={shown}
          onInput={({ currentTarget }) => setSlug(currentTarget.value)}
        />
        <small>Lower-case letters, digits and hyphens. No two organizations have the same.</small>
      </label>
    </Confirm>
  );
}

/** A name as URLs have it. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
