// Takes a person whose session has ended back in, on the page where they are.
import { AuthenticationError } from "kavachos-wasm";
import { useState } from "preact/hooks";
import { messageOf } from "../ui/failure";
import { useSubmit } from "../ui/use-submit";
import type { Person } from "./person";
import { connect, connectAs, disconnect, isTokenKept, session } from "./session";
import { nextStep, SignInFields } from "./sign-in-fields";
import { useSignIn } from "./use-sign-in";

export function SignInAgain({ error }: { error: Error }) {
  const { person } = session.value ?? {};
  // The server's own words say more than that it has refused the session; those of the session say it all.
  const isRefused = error instanceof AuthenticationError;
  return (
    <div class="stack tight">
      <p>
        <strong>{isRefused ? "Your session has ended." : error.message}</strong> Sign in again; this page stays as it
        is. {isRefused && <span class="muted">{error.message}</span>}
      </p>
      {person ? <AsPerson person={person} /> : <WithToken />}
    </div>
  );
}

function AsPerson({ person: { settings, stays } }: { person: Person }) {
  const { email = "" } = session.value ?? {};
  const signIn = useSignIn({ settings, email, stays, onElsewhere: connectAs });
  const { busy, error, submit } = useSubmit(async () => {
    const person = await signIn.submit();
    if (person) await connectAs(person);
  });
  return (
    <form class="stack tight again" onSubmit={submit}>
      <SignInFields signIn={signIn} email={email} />
      <Buttons busy={busy} label={nextStep(signIn)} />
      {error !== undefined && <p class="wrong">{messageOf(error)}</p>}
    </form>
  );
}

function WithToken() {
  const [secret, setSecret] = useState("");
  const { settings } = session.value ?? {};
  const { busy, error, submit } = useSubmit(async () => {
    if (settings) await connect(settings, secret, isTokenKept());
  });
  return (
    <form class="stack tight again" onSubmit={submit}>
      <label class="row">
        <span>Token</span>
        <input
          type="password"
          required
          autocomplete="off"
          value={secret}
          onInput={({ currentTarget }) => setSecret(currentTarget.value)}
        />
      </label>
      <Buttons busy={busy} label="Sign in" />
      {error !== undefined && <p class="wrong">{messageOf(error)}</p>}
    </form>
  );
}

function Buttons({ busy, label }: { busy: boolean; label: string }) {
  return (
    <div class="row">
      <button type="submit" class="button primary" disabled={busy}>
        {busy ? "Signing in…" : label}
      </button>
      <button type="button" class="button" onClick={disconnect}>
        Disconnect
      </button>
    </div>
  );
}
