// The session: which server the dashboard talks to, as whom, and whether that still works.
import { signal } from "@preact/signals";
import { AuthenticationError, type Dialect, KavachClient, NetworkError } from "kavachos-wasm";
import { clearCalls, hooks, onOutcome, recorded } from "../inspector/recorder";
import { blockedOrigins } from "./blocked";

/** How a server is reached. */
export interface Settings {
  baseUrl: string;
  dialect: Dialect;
  /** Where the e-mail routes are, if not under `baseUrl`. */
  authUrl?: string;
}

/** As whom: with a bearer token, with an account, or with nothing, for servers that ask for nothing. */
export type Credentials =
  | { kind: "none" }
  | { kind: "token"; token: string }
  | { kind: "email"; email: string; password: string };

export interface Session {
  settings: Settings;
  /** The client. Each call of it is shown in the inspector. */
  kavach: KavachClient;
  /** The same without the inspector, for functions that take a client and are recorded as a whole: see `recordCall`. */
  bare: KavachClient;
  /** The address that signed in, if one did. */
  email?: string;
  /** The owner of what this person creates, if someone signed in. */
  userId?: string;
}

/** The present session, or `null` before one connects. */
export const session = signal<Session | null>(null);

/** What is wrong with the session, if anything: its token is not accepted any more, or the server does not answer. */
export const trouble = signal<{ kind: "expired" | "unreachable"; error: Error } | null>(null);

const STORED = "kavachos-dashboard";

interface Stored {
  settings: Settings;
  token?: string;
  email?: string;
  userId?: string;
}

/**
 * Connects to a server: signs in if need be, and asks it for something small.
 *
 * Rejects with the client's error if that fails; the present session, if there is one, stays as it is. The token is in
 * memory only, unless `remember` asks to keep it in the session storage of this tab.
 */
export async function connect(settings: Settings, credentials: Credentials, remember: boolean): Promise<void> {
  const next: Stored = { settings };
  blockedOrigins.value = [];
  if (credentials.kind === "token") next.token = credentials.token;
  if (credentials.kind === "email") {
    const { email, password } = credentials;
    const client = makeClient(settings);
    const signedIn = await recorded(client).auth.signIn({ email, password });
    next.token = signedIn.session.token;
    next.email = signedIn.user.email;
    next.userId = signedIn.user.id;
  }
  const candidate = sessionOf(next);
  await candidate.kavach.audit.query({ limit: 1 }, { maxRetries: 0, timeout: 10_000 });
  sessionStorage.removeItem(STORED);
  if (remember) sessionStorage.setItem(STORED, JSON.stringify(next));
  trouble.value = null;
  session.value = candidate;
}

/** Whether this tab keeps the token. */
export function isRemembered(): boolean {
  return sessionStorage.getItem(STORED) !== null;
}

/** Takes up the session that this tab was asked to keep, if there is one. */
export function restore(): void {
  const text = sessionStorage.getItem(STORED);
  if (text === null) return;
  try {
    session.value = sessionOf(JSON.parse(text));
  } catch {
    sessionStorage.removeItem(STORED); // Written by another version of this page.
  }
}

/** Ends the session, also at the server if someone signed in. */
export async function disconnect(): Promise<void> {
  const ended = session.value;
  sessionStorage.removeItem(STORED);
  session.value = null;
  trouble.value = null;
  clearCalls();
  // Whether the server still knew the session makes no difference any more.
  if (ended?.email) await ended.bare.auth.signOut().catch(() => {});
}

/** The client of the session. Only to be used on pages, which are shown only while there is one. */
export function kavach(): KavachClient {
  if (session.value === null) throw new Error("There is no session");
  return session.value.kavach;
}

function sessionOf({ settings, token, email, userId }: Stored): Session {
  const bare = makeClient(settings, token);
  return { settings, bare, kavach: recorded(bare), email, userId };
}

function makeClient({ baseUrl, dialect, authUrl }: Settings, token?: string): KavachClient {
  return new KavachClient({ baseUrl, dialect, authUrl, token, ...hooks });
}

onOutcome((error) => {
  if (session.value === null) return;
  if (error instanceof AuthenticationError) trouble.value = { kind: "expired", error };
  else if (error instanceof NetworkError) trouble.value = { kind: "unreachable", error };
  else if (error === null && trouble.value?.kind === "unreachable") trouble.value = null;
});
