export * from "../hooks/hooks.api.d.ts";

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
