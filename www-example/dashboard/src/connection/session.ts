// The connection: which server the dashboard talks to, as whom, and whether that still works.
import { signal } from "@preact/signals";
import { AuthenticationError, KavachClient, NetworkError } from "kavachos-wasm";
import { createPeople, type People } from "kavachos-wasm/people";
import type { SessionState, SessionUser } from "kavachos-wasm/session";
import { attributed, clearCalls, hooks, onOutcome, recorded } from "../inspector/recorder";
import { blockedOrigins } from "./blocked";
import { type Person, personOf, reasonWords } from "./person";
import { type Kept, keptHere, leaveServer, remember, type Settings, usedLast } from "./servers";

export type { Settings };

export interface Session {
  settings: Settings;
  /** The client. Each call of it is shown in the inspector. */
  kavach: KavachClient;
  /** The same without the inspector, for functions that take a client and are recorded as a whole: see `recordCall`. */
  bare: KavachClient;
  /** The routes of people. Each call is shown in the inspector. */
  people: People;
  /** The session of the person who is signed in, if one is. */
  person?: Person;
  /** The address that signed in, if one did. */
  email?: string;
  /** The owner of what this person creates, if someone signed in. */
  userId?: string;
  name?: string;
  /** The administrator who acts as this person. */
  impersonator?: SessionUser;
}

/** The present session, or `null` before one connects. */
export const session = signal<Session | null>(null);

/** What is wrong with the session, if anything: it is not accepted any more, or the server does not answer. */
export const trouble = signal<{ kind: "expired" | "unreachable"; error: Error } | null>(null);

/** Whether the session of an earlier visit is being looked at. */
export const isRestoring = signal(false);

/** Why the connection has ended, for the connect page. */
export const notice = signal<string | undefined>(undefined);

/**
 * Connects to a server without a person, with a bearer token or nothing, and asks it for something small.
 *
 * Rejects with the client's error if that fails; the present session, if there is one, stays as it is. The token is in
 * memory only, unless `keepToken` asks to keep it in the session storage of this tab.
 */
export async function connect(settings: Settings, token: string | undefined, keepToken: boolean): Promise<void> {
  const candidate = sessionOf(settings, token);
  await probe(candidate);
  const kept: Kept = { settings, way: token === undefined ? "none" : "token", token: keepToken ? token : undefined };
  remember(kept, token === undefined);
  use(candidate);
}

/** Connects as the person who has signed in. Rejects with the client's error if the server refuses the first call. */
export async function connectAs(person: Person): Promise<void> {
  const candidate = sessionOfPerson(person, person.session.state);
  await probe(candidate);
  remember({ settings: person.settings, way: "person", email: candidate.email }, person.stays);
  use(candidate);
}

/** Whether this tab keeps the bearer token. */
export function isTokenKept(): boolean {
  return keptHere()?.token !== undefined;
}

/**
 * Goes on with the server of this tab, or else with the one that was used last in this browser, unless the address names
 * `another` one. A person is asked for again if their session has ended.
 */
export async function restore(another: (baseUrl: string) => boolean): Promise<void> {
  const last = usedLast();
  const kept: Kept | undefined = keptHere() ?? (last && !another(last.settings.baseUrl) ? last : undefined);
  if (kept === undefined) return;
  if (kept.way === "none" || kept.token !== undefined) {
    remember(kept, kept.way === "none");
    session.value = sessionOf(kept.settings, kept.token);
    return;
  }
  if (kept.way !== "person") return;
  const person = personOf(kept.settings, true);
  isRestoring.value = true;
  try {
    const state = await person.session.ready();
    if (state.status === "signedIn" || state.status === "unknown") {
      remember(kept, true);
      use(sessionOfPerson(person, state));
    } else if (state.status === "signedOut") notice.value = reasonWords(state.reason) ?? "Your session has ended.";
  } finally {
    isRestoring.value = false;
  }
}

/** Ends the session, also at the server and in other tabs if someone signed in. */
export async function disconnect(): Promise<void> {
  const ended = session.value;
  leave();
  // Other tabs sign out too, whether or not the server confirms it.
  await ended?.person?.session.signOut({ all: true });
}

/** The client of the session. Only to be used on pages, which are shown only while there is one. */
export function kavach(): KavachClient {
  if (session.value === null) throw new Error("There is no session");
  return session.value.kavach;
}

async function probe({ kavach }: Session): Promise<void> {
  blockedOrigins.value = [];
  await kavach.audit.query({ limit: 1 }, { maxRetries: 0, timeout: 10_000 });
}

function use(next: Session): void {
  notice.value = undefined;
  trouble.value = null;
  session.value = next;
  follow(next.person);
}

function leave(why?: string): void {
  leaveServer();
  notice.value = why;
  session.value = null;
  trouble.value = null;
  clearCalls();
}

function sessionOf(settings: Settings, token?: string | Person): Session {
  const person = typeof token === "object" ? token : undefined;
  const source = person ? attributed(person.session.token) : (token as string | undefined);
  const bare = new KavachClient({ ...settings, token: source, ...hooks });
  return { settings, bare, kavach: recorded(bare), people: recorded(createPeople(bare), "people"), person };
}

function sessionOfPerson(person: Person, state: SessionState): Session {
  const { user, impersonator } = { user: undefined, impersonator: undefined, ...state };
  const { id: userId, email, name } = user ?? {};
  return { ...sessionOf(person.settings, person), userId, email: email ?? name ?? userId, name, impersonator };
}

let followed: Person | undefined;

/** Takes over what becomes of a person's session, here or in another tab. */
function follow(person: Person | undefined): void {
  if (person === undefined || person === followed) return;
  followed = person;
  const end = person.session.subscribe(() => {
    const current = session.value;
    if (followed !== person) return end();
    if (current?.person !== person) return;
    const { state } = person.session;
    if (state.status === "signedIn") {
      if (trouble.value?.kind === "expired") trouble.value = null;
      const isSame = state.user.id === current.userId && state.impersonator?.id === current.impersonator?.id;
      if (isSame) return;
      const next = sessionOfPerson(person, state);
      // A new tab goes on as the person who signed in, and not as the one whom they act as.
      if (!next.impersonator) remember({ settings: person.settings, way: "person", email: next.email }, person.stays);
      session.value = next;
    } else if (state.status === "signedOut") {
      const words = reasonWords(state.reason);
      if (state.reason === "expired" || state.reason === "revoked")
        trouble.value = { kind: "expired", error: new Error(words) };
      else leave(words);
    }
  });
}

onOutcome((error, name) => {
  if (session.value === null) return;
  if (error instanceof AuthenticationError) {
    // A person's session may be good for everything but the routes of people, and a wrong password says nothing of it.
    if (!/^(people|session)\./.test(name)) trouble.value = { kind: "expired", error };
  } else if (error instanceof NetworkError) trouble.value = { kind: "unreachable", error };
  else if (error === null && trouble.value?.kind === "unreachable") trouble.value = null;
});
