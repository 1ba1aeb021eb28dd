// The session of the person who signs in, by kavachos-wasm/session: one for each server, kept in step with other tabs.
import { KavachClient } from "kavachos-wasm";
import { createSession, type SignedOutReason, type UserSession } from "kavachos-wasm/session";
import { hooks, recorded } from "../inspector/recorder";
import type { Settings } from "./servers";

/** A person's session with one server. */
export interface Person {
  settings: Settings;
  /** Whether this browser keeps the session, for later visits and other tabs. */
  stays: boolean;
  session: UserSession;
  /** The same, whose calls are shown in the inspector. */
  recorded: UserSession;
}

let latest: Person | undefined;

/** The person's session with a server: the same one as long as nothing else is asked for. */
export function personOf(settings: Settings, stays: boolean): Person {
  if (latest && latest.stays === stays && isSame(latest.settings, settings)) return latest;
  latest?.session.stop();
  const session = createSession(new KavachClient({ ...settings, ...hooks }), { storage: stays ? "local" : "memory" });
  latest = { settings, stays, session, recorded: recorded(session, "session") };
  return latest;
}

/** Why nobody is signed in, in words. */
export function reasonWords(reason: SignedOutReason): string | undefined {
  switch (reason) {
    case "expired":
      return "Your session has expired.";
    case "revoked":
      return "The server no longer accepts your session.";
    case "signedOut":
      return "You signed out in another tab.";
    case "replaced":
      return "Somebody else signed in in another tab.";
    case "unusable":
      return "The server does not accept the session that it gave for this sign-in.";
    default:
      return undefined;
  }
}

function isSame(one: Settings, other: Settings): boolean {
  return one.baseUrl === other.baseUrl && one.dialect === other.dialect && one.authUrl === other.authUrl;
}
