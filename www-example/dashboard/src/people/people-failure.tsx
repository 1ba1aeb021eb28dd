// Says why a page about people shows nothing: a plugin that is not mounted, a session that the routes refuse, or an error.
import { AuthenticationError, KavachError, PermissionError } from "kavachos-wasm";
import { PlugZap } from "lucide-preact";
import { session } from "../connection/session";
import { Failure, messageOf } from "../ui/failure";

/** What the pages need of the server, and the plugin that has it. */
const PLUGINS = {
  "administration of users": "admin",
  "API keys": "apiKeys",
  organizations: "organization",
  passkeys: "passkey",
  "two-factor authentication": "twoFactor",
} as const;

export type Feature = keyof typeof PLUGINS;

interface Props {
  error: unknown;
  /** What could not be done: “The users could not be loaded”. */
  what: string;
  /** What the server lacks if the route is missing. */
  feature: Feature;
  onRetry?: () => void;
}

export function PeopleFailure({ error, what, feature, onRetry }: Props) {
  if (error instanceof KavachError && error.code === "NOT_SUPPORTED")
    return <Missing message={messageOf(error)} feature={feature} onRetry={onRetry} />;
  const state = session.value?.person?.session.state;
  if (error instanceof AuthenticationError && state?.status === "signedIn")
    return (
      <div class="notice warning one">
        <div class="stack tight">
          <p>
            <strong>{what}.</strong> Your session is good, but the routes for {feature} refuse it: {messageOf(error)}.
          </p>
          {state?.status === "signedIn" && state.method === "password" && (
            <p>
              Servers do so with sessions that begin with a password. Sign out, and sign in with a link, a code or a
              passkey.
            </p>
          )}
        </div>
      </div>
    );
  if (error instanceof PermissionError && feature === "administration of users")
    return (
      <div class="notice warning one">
        <div class="stack tight">
          <p>
            <strong>You are not an administrator of this server.</strong> It says: {messageOf(error)}.
          </p>
          <p>
            The option <code>adminUserIds</code> of its plugin <code>admin</code> lists who is.
            {session.value?.userId && (
              <>
                {" "}
                Your id is <code>{session.value.userId}</code>.
              </>
            )}
          </p>
        </div>
      </div>
    );
  return <Failure error={error} what={what} onRetry={onRetry} />;
}

function Missing({ message, feature, onRetry }: { message: string; feature: Feature; onRetry?: () => void }) {
  const [what, ...how] = message.split(/(?<=\.)\s+(?=[A-Z])/);
  return (
    <div class="card people-missing stack tight">
      <div class="row">
        <PlugZap size={20} aria-hidden />
        <h2>This server has no {feature}</h2>
      </div>
      <p>{what?.replace(/\.?$/, ".")}</p>
      {/* Servers of the "sdk" dialect have no plugins. Those that have them are mounted as the client's error says. */}
      {how.length === 0 && (
        <p class="muted">
          The server that KavachOS ships has the plugin <code>{PLUGINS[feature]}</code> for it: configure it, and mount
          the server with <code>app.mount()</code> in Hono, or at the root.
        </p>
      )}
      {how.map((sentence) => (
        <p key={sentence} class="muted">
          {sentence.replace(/\.?$/, ".")}
        </p>
      ))}
      {/authUrl/.test(message) && <p class="muted">It is under “More” when you connect.</p>}
      {onRetry && (
        <div class="row">
          <button type="button" class="button small" onClick={onRetry}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
