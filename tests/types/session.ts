// The types of `kavachos-wasm/session`.
import { KavachClient } from "kavachos-wasm";
import { createSession, type SessionState, type UserSession } from "kavachos-wasm/session";

const session: UserSession = createSession(new KavachClient({ baseUrl: "https://a.example" }), { storage: "local" });
new KavachClient({ baseUrl: "https://a.example", token: session.token });
const shown = (state: SessionState): string => {
  switch (state.status) {
    case "signedIn":
      return state.user.id;
    case "signedOut":
      return state.reason;
    case "unknown":
      return state.user?.email ?? "";
    default:
      return state.status;
  }
};
export const end: () => void = session.subscribe(() => shown(session.state));
export const usable: Promise<boolean> = session
  .signIn({ email: "a", password: "b" })
  .then((found) => found.session.usable);
// @ts-expect-error: there is no such mode
createSession(new KavachClient({ baseUrl: "https://a.example" }), { mode: "both" });
