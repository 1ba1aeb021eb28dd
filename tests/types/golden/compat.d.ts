import type { Agents, Audit, Auth, Delegation, KavachClient, KavachClientOptions, Mcp } from "./index.js";

/**
 * A client with the names and shapes of `@kavachos/client`. Every method takes the options of a call as a last argument, as those of
 * `KavachClient` do.
 */
export interface CompatClient {
  agents: Pick<Agents, "create" | "list" | "get" | "update" | "revoke" | "rotate">;
  /** Decides whether an agent may do something, by its id. */
  authorize: KavachClient["authorize"];
  /** Decides whether the agent that holds a token may do something. */
  authorizeByToken: Auth["authorizeByToken"];
  delegations: Pick<Delegation, "create" | "revoke" | "getEffectivePermissions"> & {
    /** Lists the delegations of an agent. */
    list: Delegation["listChains"];
  };
  audit: Pick<Audit, "query" | "export">;
  mcp: Pick<Mcp, "register" | "list" | "get">;
}

/** What failed, without its class. */
export interface KavachErrorShape {
  code: string;
  message: string;
  details?: unknown;
}

/** The error of `@kavachos/client`: what its methods throw. `cause` is the error of this package, which knows more. */
export class KavachApiError extends Error {
  constructor(error: KavachErrorShape, status: number);
  /** What failed, as in `KavachError`. */
  readonly code: string;
  /** The status of the response, 0 if there was none. */
  readonly status: number;
  /** What else the server says. */
  readonly details?: unknown;
  /** The error without its class. */
  toKavachError(): KavachErrorShape;
  /** What is safe to log. */
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
