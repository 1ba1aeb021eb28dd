// biome-ignore lint/correctness/noUnusedImports: the entries that include this file use all of them.
import type { SessionState, SessionUser, SignInMethod, UserSession } from "kavachos-wasm/session";

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
      code?: string;
    };

/** The session of the person who is signed in. It holds no token: that stays within the client. */
export interface KavachSession {
  /** The person. */
  readonly user: SessionUser;
  /** The expiry of the session, in ISO 8601; left out if the server does not tell. */
  readonly expiresAt?: string;
  /** How the person has signed in. */
  readonly method: SignInMethod;
  /** The administrator who acts as this person. */
  readonly impersonator?: SessionUser;
}

/** Where the hooks of an application find their session. */
export interface KavachOptions {
  /**
   * The path at which KavachOS is mounted on this site, or its URL.
   *
   * @default "/api/kavach"
   */
  basePath?: string;
  /** The session, if you make it yourself by `createSession`. */
  session?: UserSession;
  /** The client for agents, decisions and audit logs, if you make it yourself. Its token should be that of the session. */
  kavach?: KavachClient;
  /**
   * Where the session is kept, if you do not make it yourself: in this page, in this tab, or in this browser.
   *
   * @default "local"
   */
  storage?: "memory" | "session" | "local";
  /** The agent that decisions are about. */
  agentId?: string;
  /** The session that a server has rendered this page with; `null` if nobody is signed in. */
  initial?: { user: SessionUser; expiresAt?: string } | null;
}

/** The options of a decision. */
export interface CanOptions {
  /**
   * The agent that the decision is about.
   *
   * @default `agentId` of the provider
   */
  agentId?: string;
}

/** The options of an audit log. */
export interface AuditOptions {
  /**
   * The number of entries that are read at a time.
   *
   * @default 50
   */
  pageSize?: number;
}
