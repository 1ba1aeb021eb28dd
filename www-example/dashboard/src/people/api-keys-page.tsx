// API keys of the person: made, replaced and revoked. A key is shown once.
import { type ApiKey, NetworkError } from "kavachos-wasm";
import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Empty } from "../ui/empty";
import { Loading } from "../ui/loading";
import { Time } from "../ui/time";
import { toast } from "../ui/toasts";
import { useLoaded } from "../ui/use-loaded";
import { ActButton } from "./act-button";
import { Confirm } from "./confirm";
import { issueKey } from "./issue-key";
import { isolated } from "./names";
import { PeopleFailure } from "./people-failure";
import { PeopleSection, type Signed } from "./people-section";
import { momentIn, TermField } from "./term-field";

const FEATURE = "API keys";

type Acting = { act: "create" } | { act: "rotate" | "revoke"; apiKey: ApiKey };

export default function ApiKeysPage() {
  const [acting, setActing] = useState<Acting>();
  const create = (
    <button type="button" class="button primary" onClick={() => setActing({ act: "create" })}>
      <Plus size={16} aria-hidden /> New API key
    </button>
  );
  return (
    <PeopleSection title="API keys" action={create}>
      {(signed) => <Keys key={signed.userId} signed={signed} acting={acting} setActing={setActing} />}
    </PeopleSection>
  );
}

interface KeysProps {
  signed: Signed;
  acting?: Acting;
  setActing: (acting: Acting | undefined) => void;
}

function Keys({ signed, acting, setActing }: KeysProps) {
  const list = useLoaded((signal) => signed.people.apiKeys.list({ signal }), []);
  const close = (isChanged: boolean) => {
    setActing(undefined);
    if (isChanged) list.reload();
  };
  const failure = list.error !== undefined && (
    <PeopleFailure
      error={list.error}
      what="Your API keys could not be loaded"
      feature={FEATURE}
      onRetry={list.reload}
    />
  );
  return (
    <>
      <p class="muted">
        An API key lets your own program act for you. Your server's code checks it; the routes of KavachOS do not accept
        it by themselves.
      </p>
      {failure}
      {list.value === undefined ? (
        !failure && <Loading what="your API keys" />
      ) : list.value.length === 0 ? (
        <Empty title="No API keys yet">
          <p>Make one for each program, so that each can be revoked by itself.</p>
        </Empty>
      ) : (
        <ul class="people-list card" aria-label="API keys">
          {list.value.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} onAct={(act) => setActing({ act, apiKey })} />
          ))}
        </ul>
      )}
      {acting?.act === "create" && <CreateDialog signed={signed} onClose={close} />}
      {acting?.act === "rotate" && <RotateDialog signed={signed} apiKey={acting.apiKey} onClose={close} />}
      {acting?.act === "revoke" && <RevokeDialog signed={signed} apiKey={acting.apiKey} onClose={close} />}
    </>
  );
}

function KeyRow({ apiKey, onAct }: { apiKey: ApiKey; onAct: (act: "rotate" | "revoke") => void }) {
  const { id, name, prefix, permissions, createdAt, expiresAt, lastUsedAt } = apiKey;
  const isExpired = expiresAt != null && Date.parse(expiresAt) <= Date.now();
  return (
    <li data-key={id}>
      <div class="who">
        <p class="truncate">
          <bdi class="name">{name}</bdi>
        </p>
        <p class="muted truncate mono">{prefix}…</p>
      </div>
      <div class="facts">
        <p class="row permissions">
          {permissions.map((permission) => (
            <span key={permission} class="badge mono">
              <bdi>{permission}</bdi>
            </span>
          ))}
        </p>
        <p class="muted">
          {expiresAt == null ? (
            "Never expires"
          ) : (
            <>
              {isExpired ? "Expired " : "Expires "}
              <Time iso={expiresAt} />
            </>
          )}
          {" · made "}
          <Time iso={createdAt} />
          {lastUsedAt ? (
            <>
              {" · used "}
              <Time iso={lastUsedAt} />
            </>
          ) : (
            " · never used"
          )}
        </p>
      </div>
      <div class="acts">
        <ActButton label="Rotate" name={name} onClick={() => onAct("rotate")} />
        <ActButton label="Revoke" name={name} isDanger onClick={() => onAct("revoke")} />
      </div>
    </li>
  );
}

interface DialogProps {
  signed: Signed;
  onClose: (isChanged: boolean) => void;
}

function CreateDialog({ signed, onClose }: DialogProps) {
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState("");
  const [end, setEnd] = useState({ days: 30, at: "" });
  const list = permissions.split(/[\s,]+/).filter(Boolean);
  const [isUnheard, setUnheard] = useState(false);
  return (
    <Confirm
      title="New API key"
      label="Create the key"
      busyLabel="Creating…"
      isDisabled={name.trim() === "" || list.length === 0}
      what="There is no new key"
      feature={FEATURE}
      act={async () => {
        setUnheard(false);
        const input = { name: name.trim(), permissions: list, expiresAt: momentIn(end) };
        try {
          await issueKey(`The key “${isolated(input.name)}”`, () => signed.people.apiKeys.create(input));
        } catch (error) {
          setUnheard(error instanceof NetworkError);
          throw error;
        }
        onClose(true);
      }}
      onClose={onClose}
    >
      <label class="field">
        <span>Name</span>
        <input type="text" required value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        <small>The program that uses it.</small>
      </label>
      <label class="field">
        <span>Permissions</span>
        <textarea
          required
          rows={3}
          spellcheck={false}
          value={permissions}
          onInput={({ currentTarget }) => setPermissions(currentTarget.value)}
        />
        <small>
          Separated by spaces or new lines, in the words of your server: <code>agents:read</code>. <code>*</code> stands
          for everything.
        </small>
      </label>
      <TermField label="Expires" value={end} onChange={setEnd} />
      {isUnheard && (
        <p>
          <strong>The server may have made the key all the same.</strong> Close this, and revoke it in the list if it is
          there.
        </p>
      )}
    </Confirm>
  );
}

function RotateDialog({ signed, apiKey, onClose }: DialogProps & { apiKey: ApiKey }) {
  return (
    <Confirm
      title={
        <>
          Rotate “<bdi>{apiKey.name}</bdi>”?
        </>
      }
      label="Rotate the key"
      busyLabel="Rotating…"
      what="There is no new key"
      feature={FEATURE}
      act={async () => {
        await issueKey(`The new key “${isolated(apiKey.name)}”`, () => signed.people.apiKeys.rotate(apiKey.id));
        onClose(true);
      }}
      onClose={onClose}
    >
      <p>
        A new key with the same expiry is made, and shown to you once.{" "}
        <strong>The old one stops working at once.</strong>
      </p>
    </Confirm>
  );
}

function RevokeDialog({ signed, apiKey, onClose }: DialogProps & { apiKey: ApiKey }) {
  return (
    <Confirm
      title={
        <>
          Revoke “<bdi>{apiKey.name}</bdi>”?
        </>
      }
      label="Revoke the key"
      busyLabel="Revoking…"
      isDanger
      what="The key is not revoked"
      feature={FEATURE}
      act={async () => {
        await signed.people.apiKeys.revoke(apiKey.id);
        toast(`The key “${isolated(apiKey.name)}” is revoked.`);
        onClose(true);
      }}
      onClose={onClose}
    >
      <p>
        What uses the key <span class="mono">{apiKey.prefix}…</span> is refused from now on.{" "}
        <strong>This cannot be undone.</strong>
      </p>
    </Confirm>
  );
}
