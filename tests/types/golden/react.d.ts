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

import type { Context, ReactNode } from "react";

/** What `useKavachContext` returns. */
export interface KavachContextValue {
  /** The session; `null` if nobody is signed in, or that is not known. */
  session: KavachSession | null;
  /** The person. */
  user: SessionUser | null;
  /** Whether it is not known yet who is signed in. */
  isLoading: boolean;
  /** Whether somebody is signed in. */
  isAuthenticated: boolean;
  /** All that is known: why nobody is signed in, and who was when the server cannot be asked. */
  state: SessionState;
  /** Signs in by password. */
  signIn: (email: string, password: string) => Promise<ActionResult>;
  /** Opens an account, and signs in. */
  signUp: (email: string, password: string, name?: string) => Promise<ActionResult>;
  /** Signs out, in all tabs. */
  signOut: () => Promise<void>;
  /** Asks the server anew who is signed in. */
  refresh: () => Promise<void>;
}

/** What the components of a provider share. */
export interface KavachShared {
  /** The session, with all ways to sign in. */
  readonly session: UserSession;
  /** The client, whose calls are those of the person who is signed in. */
  readonly kavach: KavachClient;
}

/** The context that a provider sets: `useContext(KavachContext)` has the session and the client. */
export const KavachContext: Context<KavachShared | null>;

/** The props of `KavachProvider`. */
export interface KavachProviderProps extends KavachOptions {
  /** The components that use the session. */
  children?: ReactNode | undefined;
}

/**
 * Gives the components below it a session. Its props are read once, when it mounts. The session that it makes itself stops when it
 * unmounts; nobody is signed out.
 *
 * @param props where the session is found
 * @returns the children
 * @example
 * ```tsx
 * <KavachProvider basePath="/api/kavach"><App /></KavachProvider>
 * ```
 */
export function KavachProvider(props: KavachProviderProps): ReactNode;

/**
 * Returns who is signed in, and the actions that change it.
 *
 * @returns the session and its actions
 * @throws {KavachError} INVALID_ARGUMENT outside of a provider, as all hooks do
 */
export function useKavachContext(): KavachContextValue;

/**
 * Returns the session.
 *
 * @returns the session, whether it is still looked for, and a function that asks the server anew
 * @example
 * ```tsx
 * const { session, isLoading } = useSession();
 * ```
 */
export function useSession(): Pick<KavachContextValue, "session" | "isLoading" | "state" | "refresh">;

/**
 * Returns the person who is signed in.
 *
 * @returns the person, and whether somebody is signed in
 */
export function useUser(): Pick<KavachContextValue, "user" | "isLoading" | "isAuthenticated">;

/**
 * Returns a function that signs in by password, with what a form shows of it.
 *
 * @returns the function, whether it runs, and the sentence of its last failure
 * @example
 * ```tsx
 * const { signIn, isLoading, error } = useSignIn();
 * ```
 */
export function useSignIn(): Pick<KavachContextValue, "signIn" | "isLoading"> & { error: string | null };

/**
 * Returns a function that opens an account, with what a form shows of it.
 *
 * @returns the function, whether it runs, and the sentence of its last failure
 */
export function useSignUp(): Pick<KavachContextValue, "signUp" | "isLoading"> & { error: string | null };

/**
 * Returns a function that signs out.
 *
 * @returns the function
 */
export function useSignOut(): Pick<KavachContextValue, "signOut">;

/** What `useAgents` returns. */
export interface AgentsValue {
  /** The agents of the person who is signed in. */
  agents: Agent[];
  /** Whether they are being loaded. */
  isLoading: boolean;
  /** Why they could not be loaded. */
  error: string | null;
  /** Loads them anew. */
  load: () => Promise<void>;
  /** Makes an agent. Its token is in the result, once. */
  create: (input: CreateAgentInput) => Promise<ActionResult<Agent>>;
  /** Revokes an agent. */
  revoke: (id: string) => Promise<ActionResult>;
  /** Gives an agent another token, which is in the result, once. */
  rotate: (id: string) => Promise<ActionResult<Agent>>;
}

/**
 * Loads the agents of the person who is signed in, and loads them anew after each change that is made here.
 *
 * @returns the agents, and what changes them
 */
export function useAgents(): AgentsValue;

/** What `useCan` returns. */
export interface CanValue {
  /** Whether the agent may: `false` until the server has said so, and when it cannot be asked. */
  allowed: boolean;
  /** Whether the server has not answered yet. */
  isLoading: boolean;
  /** Why not. */
  reason?: string | undefined;
  /** Why the server could not be asked. */
  error: string | null;
  /** Asks anew. */
  ask: () => Promise<void>;
}

/**
 * Asks the server whether an agent may do something. Each question is audited, and counted towards `maxCallsPerHour`: do not use it for
 * what is only decoration.
 *
 * @param action the action
 * @param resource the resource
 * @param options the agent
 * @returns the decision
 * @example
 * ```tsx
 * const { allowed } = useCan("execute", "mcp:deploy:production");
 * ```
 */
export function useCan(action: string, resource: string, options?: CanOptions): CanValue;

/** The props of `Protect`. */
export interface ProtectProps extends CanOptions {
  /** The protected components. */
  children?: ReactNode | undefined;
  /** What the agent must be allowed to do; being signed in is enough without it. */
  action?: string | undefined;
  /** The resource that it is done to. */
  resource?: string | undefined;
  /** What is shown to those who may not. @default nothing */
  fallback?: ReactNode | undefined;
  /** What is shown while it is not known. @default nothing */
  loading?: ReactNode | undefined;
}

/**
 * Shows its children to those who are signed in and, if it names an action, whose agent may do it. It hides; it does not protect data: the
 * server must decide about that.
 *
 * @param props what is asked, and what is shown
 * @returns what is shown
 */
export function Protect(props: ProtectProps): ReactNode;

/** What `useAudit` returns. */
export interface AuditValue {
  /** The entries so far, newest first. */
  entries: AuditEntry[];
  /** Whether a page is being read. */
  isLoading: boolean;
  /** Why the last page could not be read. */
  error: string | null;
  /** Whether there may be more. */
  hasMore: boolean;
  /** Reads the next page. */
  loadMore: () => Promise<void>;
  /** Begins anew. */
  reload: () => Promise<void>;
}

/**
 * Reads an audit log a page at a time. Entries that are written meanwhile neither repeat nor hide others.
 *
 * @param filters which entries
 * @param options the size of a page
 * @returns the entries, and what reads more
 * @example
 * ```tsx
 * const { entries, hasMore, loadMore } = useAudit({ result: "denied" });
 * ```
 */
export function useAudit(filters?: AuditFilters, options?: AuditOptions): AuditValue;
