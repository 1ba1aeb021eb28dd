export * from "../hooks/hooks.api.d.ts";

import type { DefineComponent, InjectionKey, MaybeRefOrGetter, Plugin, Ref } from "vue";

/** What the composables of an application share. */
export interface KavachShared {
  /** The session, with all ways to sign in. */
  readonly session: UserSession;
  /** The client, whose calls are those of the person who is signed in. */
  readonly kavach: KavachClient;
}

/** The key under which the plugin provides the session and the client. */
export const KAVACH_KEY: InjectionKey<KavachShared>;

/**
 * Makes the plugin that gives an application its session. The session that it makes itself stops when the last application with the
 * plugin unmounts; nobody is signed out.
 *
 * @param options where the session is found
 * @returns the plugin
 * @example
 * ```ts
 * createApp(App).use(createKavachPlugin({ basePath: "/api/kavach" })).mount("#app");
 * ```
 */
export function createKavachPlugin(options?: KavachOptions): Plugin;

/**
 * Returns the session and the client of the application.
 *
 * @param composable the name for the error
 * @returns both
 * @throws {KavachError} INVALID_ARGUMENT outside of a component, or without the plugin, as all composables do
 */
export function useRequiredContext(composable?: string): KavachShared;

/**
 * Returns the session.
 *
 * @returns the session, whether it is still looked for, and a function that asks the server anew
 */
export function useSession(): {
  session: Readonly<Ref<KavachSession | null>>;
  isLoading: Readonly<Ref<boolean>>;
  /** All that is known: why nobody is signed in, and who was when the server cannot be asked. */
  state: Readonly<Ref<SessionState>>;
  refresh: () => Promise<void>;
};

/**
 * Returns the person who is signed in.
 *
 * @returns the person, and whether somebody is signed in
 */
export function useUser(): {
  user: Readonly<Ref<SessionUser | null>>;
  isLoading: Readonly<Ref<boolean>>;
  isAuthenticated: Readonly<Ref<boolean>>;
};

/**
 * Returns a function that signs in by password, with what a form shows of it.
 *
 * @returns the function, whether it runs, and the sentence of its last failure
 */
export function useSignIn(): {
  signIn: (email: string, password: string) => Promise<ActionResult>;
  isLoading: Readonly<Ref<boolean>>;
  error: Readonly<Ref<string | null>>;
};

/**
 * Returns a function that opens an account, with what a form shows of it.
 *
 * @returns the function, whether it runs, and the sentence of its last failure
 */
export function useSignUp(): {
  signUp: (email: string, password: string, name?: string) => Promise<ActionResult>;
  isLoading: Readonly<Ref<boolean>>;
  error: Readonly<Ref<string | null>>;
};

/**
 * Returns a function that signs out, in all tabs.
 *
 * @returns the function
 */
export function useSignOut(): { signOut: () => Promise<void> };

/**
 * Loads the agents of the person who is signed in, and loads them anew after each change that is made here.
 *
 * @returns the agents, and what changes them
 */
export function useAgents(): {
  agents: Readonly<Ref<Agent[]>>;
  isLoading: Readonly<Ref<boolean>>;
  error: Readonly<Ref<string | null>>;
  load: () => Promise<void>;
  /** Makes an agent. Its token is in the result, once. */
  create: (input: CreateAgentInput) => Promise<ActionResult<Agent>>;
  revoke: (id: string) => Promise<ActionResult>;
  /** Gives an agent another token, which is in the result, once. */
  rotate: (id: string) => Promise<ActionResult<Agent>>;
};

/**
 * Asks the server whether an agent may do something. Each question is audited, and counted towards `maxCallsPerHour`: do not use it for
 * what is only decoration.
 *
 * @param action the action
 * @param resource the resource
 * @param options the agent
 * @returns the decision: `allowed` is `false` until the server has said so, and when it cannot be asked
 */
export function useCan(
  action: MaybeRefOrGetter<string>,
  resource: MaybeRefOrGetter<string>,
  options?: MaybeRefOrGetter<CanOptions | undefined>,
): {
  allowed: Readonly<Ref<boolean>>;
  isLoading: Readonly<Ref<boolean>>;
  reason: Readonly<Ref<string | undefined>>;
  error: Readonly<Ref<string | null>>;
  ask: () => Promise<void>;
};

/**
 * Reads an audit log a page at a time. Entries that are written meanwhile neither repeat nor hide others.
 *
 * @param filters which entries
 * @param options the size of a page
 * @returns the entries, and what reads more
 */
export function useAudit(
  filters?: MaybeRefOrGetter<AuditFilters | undefined>,
  options?: AuditOptions,
): {
  entries: Readonly<Ref<AuditEntry[]>>;
  isLoading: Readonly<Ref<boolean>>;
  error: Readonly<Ref<string | null>>;
  hasMore: Readonly<Ref<boolean>>;
  loadMore: () => Promise<void>;
  reload: () => Promise<void>;
};

/**
 * Shows its slot to those who are signed in and, if it names an action, whose agent may do it. Its slots `fallback` and `loading` are for the
 * others. It hides; it does not protect data: the server must decide about that.
 */
export const Protect: DefineComponent<{ action?: string; resource?: string; agentId?: string }>;
