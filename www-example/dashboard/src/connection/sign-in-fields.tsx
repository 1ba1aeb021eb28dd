// The ways to sign in, and the fields of the one that is chosen.
import { useEffect, useRef } from "preact/hooks";
import { linkToken } from "./mail-link";
import { METHODS, type SignIn } from "./use-sign-in";

interface Props {
  signIn: SignIn;
  email: string;
  /** Left out, the address cannot be changed. */
  onEmail?: (email: string) => void;
  /** Whether the server is not the owner's of this page: what the browser has kept for the page is not filled in. */
  isForeign?: boolean;
}

export function SignInFields({ signIn, email, onEmail, isForeign = false }: Props) {
  const { method, choose, offered, isSent, secret, setSecret, startOver } = signIn;
  const answer = useRef<HTMLInputElement>(null);
  // What was mailed is what one types next.
  useEffect(() => answer.current?.focus(), [isSent]);
  const missing = offered ? METHODS.filter(({ name }) => !offered[name]) : [];
  const needsAddress = method !== "passkey" && !isSent && !(method === "magicLink" && linkToken.value !== undefined);
  return (
    <div class="stack sign-in">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
      <div class="methods" role="group" aria-label="How to sign in">
        {METHODS.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            class="button small"
            aria-pressed={method === name}
            disabled={offered && !offered[name]}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      {missing.length > 0 && <Missing missing={missing} />}
      {needsAddress && (
        <label class="field">
          <span>E-mail</span>
          <input
            name="email"
            type="email"
            required
            readOnly={!onEmail}
            autocomplete={isForeign ? "off" : "username"}
            value={email}
            onInput={({ currentTarget }) => onEmail?.(currentTarget.value)}
          />
        </label>
      )}
      {method === "password" && (
        <label class="field">
          <span>{onEmail ? "Password" : `Password of ${email}`}</span>
          <input
            name="secret"
            type="password"
            required
            autocomplete={isForeign ? "new-password" : "current-password"}
            value={secret}
            onInput={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        </label>
      )}
      {method === "passkey" && <p class="muted">Your browser asks which passkey to use.</p>}
      {method === "magicLink" && linkToken.value !== undefined && <p>You have opened a sign-in link. It works once.</p>}
      {isSent && (
        <div class="stack tight">
          <p role="status">
            {method === "magicLink" ? "A link was sent to " : "A code was sent to "}
            <bdi>{email}</bdi>.{" "}
            {method === "magicLink" && "Open it in this browser, and this tab goes on too; or paste it here."}
          </p>
          <label class="field">
            <span>{method === "magicLink" ? "Link from the mail" : "Code"}</span>
            <input
              ref={answer}
              name="secret"
              type="text"
              required
              spellcheck={false}
              autocomplete={method === "magicLink" ? "off" : "one-time-code"}
              inputMode={method === "magicLink" ? "url" : "numeric"}
              value={secret}
              onInput={({ currentTarget }) => setSecret(currentTarget.value)}
            />
          </label>
          <div class="row">
            <button type="button" class="button quiet small" onClick={startOver}>
              Send another one
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/** What the button says that takes the next step. */
export function nextStep({ method, isSent }: SignIn): string {
  if (method === "passkey") return "Use a passkey";
  if (method === "password" || isSent || (method === "magicLink" && linkToken.value !== undefined)) return "Sign in";
  return method === "magicLink" ? "Send a link" : "Send a code";
}

function Missing({ missing }: { missing: readonly (typeof METHODS)[number][] }) {
  const plugins = missing.map(({ plugin }) => plugin).join(", ");
  if (missing.length === METHODS.length)
    return (
      <p class="muted">
        This server has no way to sign in: none of its plugins for that is mounted (<span class="mono">{plugins}</span>
        ). Use a bearer token, or none.
      </p>
    );
  return (
    <p class="muted">
      Not on this server, because the {missing.length === 1 ? "plugin is" : "plugins are"} not mounted there:{" "}
      <span class="mono">{plugins}</span>.
    </p>
  );
}
