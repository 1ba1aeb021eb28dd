// The first page: which server, and as whom.
import { signal } from "@preact/signals";
import type { Dialect } from "kavachos-wasm";
import { useState } from "preact/hooks";
import { Failure } from "../ui/failure";
import "./connect.css";
import { ForeignServer } from "./foreign-server";
import { forgetLink, originOf, readLink } from "./link";
import { type Credentials, connect } from "./session";

const ways = { none: "Without a token", token: "With a bearer token", email: "With e-mail and password" } as const;
type Way = keyof typeof ways;

const link = readLink(location.search, location.origin);
/** Whether the server of the link waits for an answer: it is of another origin. */
const isAsking = signal(link.foreign !== undefined);

// Kept while the page is open, so that a mistake does not have to be typed twice. The password is not.
const form = signal({
  baseUrl: link.baseUrl,
  authUrl: "",
  dialect: "auto" as Dialect,
  way: (link.email ? "email" : "none") as Way,
  email: link.email,
  remember: false,
});

export function ConnectPage() {
  const [secret, setSecret] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { baseUrl, authUrl, dialect, way, email, remember } = form.value;
  const change = (part: Partial<typeof form.value>) => {
    form.value = { ...form.value, ...part };
  };

  // What the browser has kept for this page is for the servers of its owner.
  const isForeign = link.foreign !== undefined && originOf(baseUrl) === link.foreign;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    const credentials: Credentials =
      way === "email"
        ? { kind: "email", email, password: secret }
        : way === "token"
          ? { kind: "token", token: secret }
          : { kind: "none" };
    try {
      await connect({ baseUrl, dialect, authUrl: authUrl || undefined }, credentials, remember);
      forgetLink();
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }

  if (isAsking.value) {
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
          />
          <small>Where the API is served, for example https://your-app.com/api/kavach</small>
        </label>
        <fieldset class="field">
          <legend>Sign in</legend>
          {Object.entries(ways).map(([name, text]) => (
            <label key={name} class="choice">
              <input
                type="radio"
                name="way"
                value={name}
                checked={way === name}
                onChange={() => {
                  setSecret("");
                  change({ way: name as Way });
                }}
              />
              {text}
            </label>
          ))}
        </fieldset>
        {way === "email" && (
          <label class="field">
            <span>E-mail</span>
            <input
              name="email"
              type="email"
              required
              autocomplete={isForeign ? "off" : "username"}
              value={email}
              onInput={({ currentTarget }) => change({ email: currentTarget.value })}
            />
          </label>
        )}
        {way !== "none" && (
          <label class="field">
            <span>{way === "email" ? "Password" : "Token"}</span>
            <input
              name="secret"
              type="password"
              required
              autocomplete={way === "email" ? (isForeign ? "new-password" : "current-password") : "off"}
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
              <span>E-mail routes, if elsewhere</span>
              <input
                name="authUrl"
                type="url"
                spellcheck={false}
                value={authUrl}
                onInput={({ currentTarget }) => change({ authUrl: currentTarget.value })}
              />
            </label>
            <label class="choice">
              <input
                type="checkbox"
                name="remember"
                checked={remember}
                onChange={({ currentTarget }) => change({ remember: currentTarget.checked })}
              />
              Keep me connected in this tab
            </label>
            <small class="muted">
              The token is in memory only, and gone when the page is loaded again. With this it is in the session
              storage of the tab, where scripts of this origin can read it.
            </small>
          </div>
        </details>
        {error !== undefined && <Failure error={error} what="This did not work" />}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? "Connecting…" : "Connect"}
        </button>
      </form>
    </main>
  );
}
