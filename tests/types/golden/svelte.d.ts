import type { Agent, AuditEntry, AuditFilters, CreateAgentInput, KavachClient } from "./index.js";

import type { SessionState, SessionUser, SignInMethod, UserSession } from "./session.js";

/** What an action comes to: a failure is a value, with a sentence for people and the code of the error. */
export type ActionResult<T = void> =
  | {
      /** Whether the action succeeded. */
      success: true;
      /** The result. */
      data: T;
    }
  | {
      /** Whether the action succeeded. */
      success: false;
      /** Why it failed, as a sentence for people. */
      error: string;
      /** The code of the error. */
      code?: string | undefined;
    };

/** The session of the person who is signed in. It holds no token: that stays within the client. */
export interface KavachSession {
  /** The person. */
  readonly user: SessionUser;
  /** The expiry of the session, in ISO 8601; left out if the server does not tell. */
  readonly expiresAt?: string | undefined;
  /** How the person has signed in. */
  readonly method: SignInMethod;
  /** The administrator who acts as this person. */
  readonly impersonator?: SessionUser | undefined;
}

/** Where the hooks of an application find their session. */
export interface KavachOptions {
  /**
   * The path at which KavachOS is mounted on this site, or its URL.
   *
   * @default "/api/kavach"
   */
  basePath?: string | undefined;
  /** The session, if you make it yourself by `createSession`. */
  session?: UserSession | undefined;
  /** The client for agents, decisions and audit logs, if you make it yourself. Its token should be that of the session. */
  kavach?: KavachClient | undefined;
  /**
   * Where the session is kept, if you do not make it yourself: in this page, in this tab, or in this browser.
   *
   * @default "local"
   */
  storage?: "memory" | "session" | "local" | undefined;
  /** The agent that decisions are about. */
  agentId?: string | undefined;
  /** The session that a server has rendered this page with; `null` if nobody is signed in. */
  initial?: { user: SessionUser; expiresAt?: string | undefined } | null | undefined;
}

/** The options of a decision. */
export interface CanOptions {
  /**
   * The agent that the decision is about.
   *
   * @default `agentId` of the provider
   */
  agentId?: string | undefined;
}

/** The options of an audit log. */
export interface AuditOptions {
  /**
   * The number of entries that are read at a time.
   *
   * @default 50
   */
  pageSize?: number | undefined;
}

/** A value that changes: `$store` in a component, `store.current` where runes are used. */
export interface KavachReadable<T> {
  /**
   * Calls a function with the value, now and after each change.
   *
   * @param run the function
   * @returns a function that ends it
   */
  subscribe(run: (value: T) => void): () => void;
  /** The value, tracked by runes. */
  readonly current: T;
}

/** The session of an application. */
export interface KavachSvelteClient {
  /** The session; `null` if nobody is signed in, or that is not known. */
  session: KavachReadable<KavachSession | null>;
  /** The person. */
  user: KavachReadable<SessionUser | null>;
  /** Whether somebody is signed in. */
  isAuthenticated: KavachReadable<boolean>;
  /** Whether it is not known yet who is signed in. */
  isLoading: KavachReadable<boolean>;
  /** All that is known: why nobody is signed in, and who was when the server cannot be asked. */
  state: KavachReadable<SessionState>;
  /** Signs in by password. */
  signIn: (email: string, password: string) => Promise<ActionResult>;
  /** Opens an account, and signs in. */
  signUp: (email: string, password: string, name?: string) => Promise<ActionResult>;
  /** Signs out, in all tabs. */
  signOut: () => Promise<void>;
  /** Asks the server anew who is signed in. */
  refresh: () => Promise<void>;
}

/**
 * Makes the session of an application.
 *
 * @param options where the session is found
 * @returns its stores and actions
 * @example
 * ```ts
 * export const { user, isAuthenticated, signIn } = createKavachClient({ basePath: "/api/kavach" });
 * ```
 */
export function createKavachClient(options?: KavachOptions): KavachSvelteClient;

/**
 * Makes a store of the agents of the person who is signed in. It loads them anew after each change that is made here.
 *
 * @param over the client whose session it is, or where to find one
 * @returns the agents, and what changes them
 */
export function createAgentStore(over?: KavachSvelteClient | { client: KavachSvelteClient } | KavachOptions): {
  agents: KavachReadable<Agent[]>;
  isLoading: KavachReadable<boolean>;
  error: KavachReadable<string | null>;
  load: () => Promise<void>;
  /** Makes an agent. Its token is in the result, once. */
  create: (input: CreateAgentInput) => Promise<ActionResult<Agent>>;
  revoke: (id: string) => Promise<ActionResult>;
  /** Gives an agent another token, which is in the result, once. */
  rotate: (id: string) => Promise<ActionResult<Agent>>;
};

/**
 * Makes a store that asks the server whether an agent may do something. Each question is audited, and counted towards `maxCallsPerHour`.
 *
 * @param client the client whose session it is
 * @param action the action
 * @param resource the resource
 * @param options the agent
 * @returns the decision: `allowed` is `false` until the server has said so, and when it cannot be asked
 */
export function createDecisionStore(
  client: KavachSvelteClient,
  action: string,
  resource: string,
  options?: CanOptions,
): {
  allowed: KavachReadable<boolean>;
  isLoading: KavachReadable<boolean>;
  reason: KavachReadable<string | undefined>;
  error: KavachReadable<string | null>;
  ask: () => Promise<void>;
};

/**
 * Makes a store that reads an audit log a page at a time.
 *
 * @param client the client whose session it is
 * @param filters which entries
 * @param options the size of a page
 * @returns the entries, and what reads more
 */
export function createAuditStore(
  client: KavachSvelteClient,
  filters?: AuditFilters,
  options?: AuditOptions,
): {
  entries: KavachReadable<AuditEntry[]>;
  isLoading: KavachReadable<boolean>;
  error: KavachReadable<string | null>;
  hasMore: KavachReadable<boolean>;
  loadMore: () => Promise<void>;
  reload: () => Promise<void>;
};
