/**
 * A client with the names and shapes of `@kavachos/client`. Every method takes the options of a call as a last argument, as those of
 * `KavachClient` do.
 */
export interface CompatClient {
  /** Agents: create, list, read, update, revoke and rotate them. */
  agents: Pick<Agents, "create" | "list" | "get" | "update" | "revoke" | "rotate">;
  /** Decides whether an agent may do something, by its id. */
  authorize: KavachClient["authorize"];
  /** Decides whether the agent that holds a token may do something. */
  authorizeByToken: Auth["authorizeByToken"];
  /** Delegation of permissions between agents. */
  delegations: Pick<Delegation, "create" | "revoke" | "getEffectivePermissions"> & {
    /** Lists the delegations of an agent. */
    list: Delegation["listChains"];
  };
  /** The audit log. */
  audit: Pick<Audit, "query" | "export">;
  /** The registry of MCP servers. */
  mcp: Pick<Mcp, "register" | "list" | "get">;
}

/** What failed, without its class. */
export interface KavachErrorShape {
  /** The code of the error. */
  code: string;
  /** The message of the error. */
  message: string;
  /** Further details from the server. */
  details?: unknown;
}

/** The error of `@kavachos/client`: what its methods throw. `cause` is the error of this package, which knows more. */
export class KavachApiError extends Error {
  /**
   * Makes an error.
   *
   * @param error the code, the message and the details
   * @param status the status of the response, 0 if there was none
   */
  constructor(error: KavachErrorShape, status: number);
  /** What failed, as in `KavachError`. */
  readonly code: string;
  /** The status of the response, 0 if there was none. */
  readonly status: number;
  /** What else the server says. */
  readonly details?: unknown;
  /**
   * Returns the error without its class.
   *
   * @returns the code, the message and the details
   */
  toKavachError(): KavachErrorShape;
  /**
   * Returns what is safe to log.
   *
   * @returns all members except the cause
   */
  toJSON(): { name: string; code: string; message: string; details?: unknown; status: number };
}

/**
 * Makes a client with the names and shapes of `@kavachos/client`, which works in both dialects, retries, and times out.
 *
 * @param options those of `KavachClient`, which include those of `@kavachos/client`
 * @returns the client
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong
 * @example
 * ```ts
 * const kavach = createKavachClient({ baseUrl: "https://your-app.com/api/kavach", token: "…" });
 * const agents = await kavach.agents.list({ status: "active" });
 * ```
 */
export function createKavachClient(options: KavachClientOptions): CompatClient;
