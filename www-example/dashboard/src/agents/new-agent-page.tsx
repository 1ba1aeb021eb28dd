// Creates an agent: a form, and beside it the code that does the same.
import { type Agent, type KnownAgentType, NetworkError, type Permission, ServerError } from "kavachos-wasm";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { kavach, session } from "../connection/session";
import { agentLink } from "../links";
import { PermissionEditor } from "../permissions/permission-editor";
import { Code } from "../ui/copy";
import { Failure } from "../ui/failure";
import { createCode, createJson } from "./create-code";
import { useDirectory } from "./directory";
import { type Expiry, expiresAt } from "./expiry";
import { ExpiryField } from "./expiry-field";
import { issue } from "./issue";
import "./agent.css";

const TYPES = {
  autonomous: "Autonomous: acts on its own",
  delegated: "Delegated: acts for a person or another agent",
  service: "Service: a program among programs",
} satisfies Record<KnownAgentType, string>;

export default function NewAgentPage() {
  const [ownerId, setOwner] = useState(session.value?.userId ?? "");
  const [name, setName] = useState("");
  const [type, setType] = useState<KnownAgentType>("autonomous");
  const [expiry, setExpiry] = useState<Expiry>({ term: "30d", at: "" });
  const [permissions, setPermissions] = useState<Permission[]>([]);
  const [beside, setBeside] = useState<"Code" | "JSON">("Code");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [, navigate] = useLocation();
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const input = { ownerId, name, type, permissions, expiresAt: expiresAt(expiry) };
      const id = await issue("Agent created", () => kavach().agents.create(input));
      if (here.current) navigate(id === undefined ? "/agents" : agentLink(id), { replace: true });
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }

  const settings = session.value?.settings;
  const typed = { ownerId, name, type, expiry, permissions };
  const code = settings ? createCode(typed, settings) : "";
  return (
    <>
      <header>
        <div>
          <nav class="crumbs" aria-label="Where this is">
            <Link href="/agents">Agents</Link>
          </nav>
          <h1>New agent</h1>
        </div>
      </header>
      <div class="new-agent">
        <form class="stack" onSubmit={submit}>
          <section class="card stack" aria-labelledby="who">
            <h2 id="who">Who it is</h2>
            <div class="fields">
              <label class="field">
                <span>Name</span>
                <input
                  name="name"
                  required
                  autocomplete="off"
                  placeholder="github-reader"
                  value={name}
                  onInput={({ currentTarget }) => setName(currentTarget.value)}
                />
              </label>
              <Owner value={ownerId} onChange={setOwner} />
              <label class="field">
                <span>Type</span>
                <select
                  name="type"
                  value={type}
                  onChange={({ currentTarget }) => setType(currentTarget.value as KnownAgentType)}
                >
                  {Object.entries(TYPES).map(([value, title]) => (
                    <option key={value} value={value}>
                      {title}
                    </option>
                  ))}
                </select>
              </label>
              <ExpiryField
                value={expiry}
                onChange={setExpiry}
                left="Leave it to the server"
                hint="Servers let an agent expire after 24 hours if they are not told otherwise."
              />
            </div>
          </section>
          <section class="card stack" aria-labelledby="what">
            <h2 id="what">What it may do</h2>
            <PermissionEditor value={permissions} onChange={setPermissions} />
          </section>
          {error !== undefined && <Refusal error={error} />}
          <div class="row">
            <button type="submit" class="button primary" disabled={busy || permissions.length === 0}>
              {busy ? "Creating…" : "Create agent"}
            </button>
            <Link href="/agents" class="button">
              Cancel
            </Link>
            {permissions.length === 0 && <span class="muted">It needs at least one permission.</span>}
          </div>
        </form>
        <section class="card code-beside" aria-labelledby="code">
          <header>
            <h2 id="code">The same as</h2>
            <div class="row">
              {(["Code", "JSON"] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  class="button small"
                  aria-pressed={beside === one}
                  onClick={() => setBeside(one)}
                >
                  {one}
                </button>
              ))}
            </div>
          </header>
          <Code
            text={beside === "Code" ? code : createJson(typed)}
            label={`Copy ${beside === "Code" ? "code" : "JSON"}`}
          />
        </section>
      </div>
    </>
  );
}

function Owner({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const directory = useDirectory();
  const owners = useMemo(
    () =>
      directory.state === "ready" ? [...new Set(directory.agents.map(({ ownerId }: Agent) => ownerId))].sort() : [],
    [directory],
  );
  return (
    <label class="field">
      <span>Owner</span>
      <input
        name="owner"
        required
        autocomplete="off"
        spellcheck={false}
        list="owners"
        placeholder="The id of a user"
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id="owners">
        {owners.map((owner) => (
          <option key={owner} value={owner} />
        ))}
      </datalist>
      {value !== "" && value === session.value?.userId && <small>That is you.</small>}
    </label>
  );
}

function Refusal({ error }: { error: unknown }) {
  // No answer is not a no.
  const open = error instanceof NetworkError;
  return (
    <div class="stack tight">
      <Failure error={error} what={open ? "No answer came" : "The agent was not created"} />
      {open && (
        <p>
          The server may have created it all the same: look for it in the list. Rotating its token gives you one that
          you can see.
        </p>
      )}
      {error instanceof ServerError && (
        <p>
          Servers also answer like this to mistakes: check the owner's id, whether it may have another agent, and the
          argument patterns.
        </p>
      )}
    </div>
  );
}
