// Takes a person whose session has ended back in, on the page where they are.
import { useState } from "preact/hooks";
import { messageOf } from "../ui/failure";
import { connect, disconnect, isRemembered, session } from "./session";

export function SignInAgain({ error }: { error: Error }) {
  const [secret, setSecret] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { settings, email } = session.value ?? {};
  if (settings === undefined) return null;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const credentials = email
      ? ({ kind: "email", email, password: secret } as const)
      : ({ kind: "token", token: secret } as const);
    if (settings === undefined) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await connect(settings, credentials, isRemembered());
    } catch (reason) {
      setWrong(messageOf(reason));
      setBusy(false);
    }
  }

  return (
    <form class="stack tight" onSubmit={submit}>
      <p>
        <strong>Your session has ended.</strong> Sign in again; this page stays as it is.{" "}
        <span class="muted">{error.message}</span>
      </p>
      <div class="row again">
        {/* Password managers want to know whose password it is. */}
        {email && <input type="text" autocomplete="username" value={email} readOnly hidden />}
        <label class="row">
          <span>{email ? `Password of ${email}` : "Token"}</span>
          <input
            type="password"
            required
            autocomplete={email ? "current-password" : "off"}
            value={secret}
            onInput={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
        <button type="button" class="button" onClick={disconnect}>
          Disconnect
        </button>
      </div>
      {wrong && <p class="wrong">{wrong}</p>}
    </form>
  );
}
