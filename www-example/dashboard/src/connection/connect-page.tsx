// The first page: which server, and as whom.
import { signal } from "@preact/signals";
import type { Dialect } from "kavachos-wasm";
import { Server, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { Failure } from "../ui/failure";
import { useSubmit } from "../ui/use-submit";
import "./connect.css";
import { ForeignServer } from "./foreign-server";
import { forgetLink, originOf, readLink } from "./link";
import { lastAsked, linkToken } from "./mail-link";
import type { Person } from "./person";
import { forgetServer, type Known, type Settings, servers, usedLast, type Way } from "./servers";
import { connect, connectAs, notice } from "./session";
import { nextStep, SignInFields } from "./sign-in-fields";
import { useSignIn } from "./use-sign-in";

const WAYS = { none: "Without a token", token: "With a bearer token", person: "As a person" } as const;

const link = readLink(location.search, location.origin);
const isKnown = servers.value.some(({ settings }) => settings.baseUrl === link.baseUrl);
/** Whether the server of the link waits for an answer: it is of another origin, and was not used before. */
const isAsking = signal(link.foreign !== undefined && !isKnown);

/** Whether the address of the page names another server than this one. */
export function namesAnother(baseUrl: string): boolean {
  return link.isNamed && link.baseUrl !== baseUrl;
}

// Kept while the page is open, so that a mistake does not have to be typed twice. Secrets are not.
const form = signal({
  baseUrl: link.baseUrl,
  authUrl: "",
  dialect: "auto" as Dialect,
  way: (link.email ? "person" : "none") as Way,
  email: link.email,
  keepsToken: false,
  stays: true,
});

/** Fills in what is known of the server: the one of the link, the one that a mail was asked for at, or the last one. */
function fillIn(): void {
  const asked = linkToken.value === undefined ? undefined : lastAsked();
  if (asked) change({ ...fieldsOf(asked.settings), way: "person", email: asked.email });
  else if (linkToken.value !== undefined) change({ way: "person" });
  else {
    const known = link.isNamed
      ? servers.value.find(({ settings }) => settings.baseUrl === link.baseUrl)
      : (usedLast() ?? servers.value[0]);
    if (known) pick(known);
  }
}

function pick({ settings, way, email }: Known): void {
  const { value } = form;
  change({ ...fieldsOf(settings), way: link.email ? "person" : way, email: link.email || email || value.email });
}

const fieldsOf = ({ baseUrl, dialect, authUrl = "" }: Settings) => ({ baseUrl, dialect, authUrl });

function change(part: Partial<typeof form.value>): void {
  form.value = { ...form.value, ...part };
}

export function ConnectPage() {
  // Also when one comes back from a session.
  useState(fillIn);
  if (!isAsking.value) return <ConnectForm />;
  const answer = (part: Partial<typeof form.value>) => {
    change(part);
    isAsking.value = false;
  };
  const decline = () => {
    forgetLink();
    answer({ baseUrl: readLink("", location.origin).baseUrl });
  };
  return <ForeignServer link={link} onUse={() => answer({})} onDecline={decline} />;
}

function ConnectForm() {
  const [secret, setSecret] = useState("");
  /** What went wrong after another tab had signed in. */
  const [elsewhere, setElsewhere] = useState<unknown>();
  const { baseUrl, authUrl, dialect, way, email, keepsToken, stays } = form.value;
  const settings: Settings = { baseUrl, dialect, authUrl: authUrl || undefined };
  // The server is asked how one signs in there when its address is complete, and not at every key.
  const address = `${baseUrl} ${authUrl}`;
  const [complete, setComplete] = useState(address);
  const enter = async (person: Person) => {
    await connectAs(person);
    forgetLink();
  };
  const signIn = useSignIn({
    settings: way === "person" && complete === address && originOf(baseUrl) ? settings : undefined,
    email,
    stays,
    onElsewhere: (person) => enter(person).catch(setElsewhere),
  });

  // What the browser has kept for this page is for the servers of its owner.
  const isForeign = link.foreign !== undefined && originOf(baseUrl) === link.foreign;

  const { busy, error, submit } = useSubmit(async () => {
    setElsewhere(undefined);
    setComplete(address);
    if (way !== "person") {
      await connect(settings, way === "token" ? secret : undefined, keepsToken);
      return forgetLink();
    }
    const person = await signIn.submit();
    if (person) await enter(person);
  });
  const failure = error ?? elsewhere;

  return (
    <main class="connect">
      <form class="card stack" onSubmit={submit}>
        <div class="brand">
          <img src="/icon.svg" alt="" /> KavachOS
        </div>
        <div>
          <h1>Connect to a server</h1>
          <p class="muted">See what your agents do, what they may do, and what they were refused.</p>
        </div>
        {notice.value && (
          <div class="notice warning one" role="status">
            <p>
              <strong>{notice.value}</strong> Sign in again to go on.
            </p>
          </div>
        )}
        {link.omitted && <p class="muted">{link.omitted}</p>}
        <label class="field">
          <span>Server</span>
          <input
            name="server"
            type="url"
            required
            spellcheck={false}
            value={baseUrl}
            onInput={({ currentTarget }) => change({ baseUrl: currentTarget.value })}
            onBlur={() => setComplete(address)}
          />
          <small>Where the API is served, for example https://your-app.com/api/kavach</small>
        </label>
        <Servers
          except={baseUrl}
          onPick={(known) => {
            pick(known);
            const { baseUrl, authUrl } = fieldsOf(known.settings);
            setComplete(`${baseUrl} ${authUrl}`);
          }}
        />
        <fieldset class="field">
          <legend>Sign in</legend>
          {Object.entries(WAYS).map(([name, text]) => (
            <label key={name} class="choice">
              <input
                type="radio"
                name="way"
                value={name}
                checked={way === name}
                onChange={() => {
                  setSecret("");
                  setComplete(address);
                  change({ way: name as Way });
                }}
              />
              {text}
            </label>
          ))}
        </fieldset>
        {way === "person" && signIn.known && (
          <GoOn person={signIn.known} onGoOn={(person) => enter(person).catch(setElsewhere)} />
        )}
        {way === "person" && (
          <SignInFields signIn={signIn} email={email} onEmail={(email) => change({ email })} isForeign={isForeign} />
        )}
        {way === "token" && (
          <label class="field">
            <span>Token</span>
            <input
              name="secret"
              type="password"
              required
              autocomplete="off"
              value={secret}
              onInput={({ currentTarget }) => setSecret(currentTarget.value)}
            />
          </label>
        )}
        <details>
          <summary>More</summary>
          <div class="stack">
            <label class="field">
              <span>Dialect</span>
              <select
                name="dialect"
                value={dialect}
                onChange={({ currentTarget }) => change({ dialect: currentTarget.value as Dialect })}
              >
                <option value="auto">Find out</option>
                <option value="sdk">sdk: as the official SDKs</option>
                <option value="adapter">adapter: as the shipped server adapters</option>
              </select>
            </label>
            <label class="field">
              <span>Sign-in routes, if elsewhere</span>
              <input
                name="authUrl"
                type="url"
                spellcheck={false}
                value={authUrl}
                onInput={({ currentTarget }) => change({ authUrl: currentTarget.value })}
                onBlur={() => setComplete(address)}
              />
            </label>
            <Keeping way={way} keepsToken={keepsToken} stays={stays} />
          </div>
        </details>
        {failure !== undefined && <Failure error={failure} what="This did not work" />}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? "Connecting…" : way === "person" ? nextStep(signIn) : "Connect"}
        </button>
      </form>
    </main>
  );
}

/** Leads on as the person who is signed in at the server already. */
function GoOn({ person, onGoOn }: { person: Person; onGoOn: (person: Person) => void }) {
  const { state } = person.session;
  if (state.status !== "signedIn") return null;
  return (
    <div class="notice one">
      <div class="spread">
        <p>You are signed in there already.</p>
        <button type="button" class="button small" onClick={() => onGoOn(person)}>
          Go on as <bdi class="truncate">{state.user.email ?? state.user.name ?? state.user.id}</bdi>
        </button>
      </div>
    </div>
  );
}

interface KeepingProps {
  way: Way;
  keepsToken: boolean;
  stays: boolean;
}

/** What the browser keeps: of a person by default the session, of a token by default nothing. */
function Keeping({ way, keepsToken, stays }: KeepingProps) {
  if (way === "none") return null;
  const isPerson = way === "person";
  return (
    <div class="stack tight">
      <label class="choice">
        <input
          type="checkbox"
          name="remember"
          checked={isPerson ? stays : keepsToken}
          onChange={({ currentTarget: { checked } }) => change(isPerson ? { stays: checked } : { keepsToken: checked })}
        />
        {isPerson ? "Keep me signed in in this browser" : "Keep me connected in this tab"}
      </label>
      <small class="muted">
        {isPerson
          ? "The session is in the local storage of this browser, until you sign out or it expires: reloading and new tabs keep it, and scripts of this origin can read it. Without this it is in the memory of this page only."
          : "The token is in memory only, and gone when the page is loaded again. With this it is in the session storage of the tab, where scripts of this origin can read it."}
      </small>
    </div>
  );
}

/** The servers that were used before. */
function Servers({ except, onPick }: { except: string; onPick: (known: Known) => void }) {
  const others = servers.value.filter(({ settings }) => settings.baseUrl !== except);
  if (others.length === 0) return null;
  return (
    <section class="stack tight servers" aria-label="Servers used before">
      <small class="muted">Used before</small>
      <ul>
        {others.map((known) => {
          const { baseUrl } = known.settings;
          return (
            <li key={baseUrl}>
              <button type="button" class="button quiet small" onClick={() => onPick(known)}>
                <Server size={14} aria-hidden />
                <span class="what">
                  <span class="truncate mono">{baseUrl}</span>{" "}
                  {known.email && <bdi class="truncate muted">{known.email}</bdi>}
                </span>
              </button>
              <button type="button" class="button quiet small" onClick={() => forgetServer(baseUrl)}>
                <X size={14} aria-hidden />
                <span class="visually-hidden">Forget {baseUrl}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
