// Says why a page about people shows nothing: a plugin that is not mounted, a session that the routes refuse, or an error.
import { AuthenticationError, KavachError, PermissionError } from "kavachos-wasm";
import { PlugZap } from "lucide-preact";
import { session } from "../connection/session";
import { Failure, messageOf } from "../ui/failure";

interface Props {
  error: unknown;
  /** What could not be done: “The users could not be loaded”. */
  what: string;
  /** What the server lacks if the route is missing: “API keys”. */
  feature: string;
  onRetry?: () => void;
}

export function PeopleFailure({ error, what, feature, onRetry }: Props) {
  if (error instanceof KavachError && error.code === "NOT_SUPPORTED")
    return (
      <div class="card people-missing stack tight">
        <div class="row">
          <PlugZap size={20} aria-hidden />
          <h2>This server has no {feature}</h2>
        </div>
        <p>{sentencesOf(messageOf(error))[0]}</p>
        {sentencesOf(messageOf(error))
          .slice(1)
          .map((sentence) => (
            <p key={sentence} class="muted">
              {sentence}
            </p>
          ))}
        {onRetry && (
          <div class="row">
            <button type="button" class="button small" onClick={onRetry}>
              Try again
            </button>
          </div>
        )}
      </div>
    );
  if (error instanceof AuthenticationError && session.value?.person?.session.state.status === "signedIn")
    return (
      <div class="notice warning one">
        <div class="stack tight">
          <p>
            <strong>{what}.</strong> Your session is good, but the routes for {feature} refuse it: {messageOf(error)}.
          </p>
          <p>
            Servers do so with sessions that begin with a password. Sign out, and sign in with a link, a code or a
            passkey.
          </p>
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

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.)\s+(?=[A-Z])/);
}
