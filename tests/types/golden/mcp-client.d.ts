import type {  } from "./index.js";

import type { SessionStorage } from "./session.js";

/**
 * Makes a client of one MCP server: its `fetch` sends the token of a user, who authorizes it by OAuth 2.1, or that of an agent. Its
 * `transport` does the same for the official MCP SDK.
 *
 * It is made without a request. In a page make one for each MCP server; on a server make one for each user, with a `key` or a `storage`
 * for each.
 *
 * @param options the MCP server, and who calls it
 * @returns the client
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or not known; NOT_SUPPORTED when the runtime has no `crypto.subtle`
 * @example
 * ```ts
 * const mcp = createMcpClient({ url: "https://tools.example/mcp", redirectUrl: "https://app.example/callback" });
 * if (!(await mcp.connect()).authorized) console.log("the browser goes to the authorization server");
 * ```
 */
export function createMcpClient(options: McpClientOptions): McpClient;

/** The options of `createMcpClient`. Unknown names are refused. */
export interface McpClientOptions {
  /** The URL of the MCP server: https, or this machine. The token is sent to it and to what is below it, and nowhere else. */
  readonly url: string | URL;
  /**
   * The resource identifier (RFC 8707), exactly as the metadata of the MCP server states it. Set it only if it is not the URL.
   *
   * @default `url`
   */
  readonly resource?: string | null | undefined;
  /** The token of an agent, or a function that returns one. Without it, users authorize this client, at `redirectUrl`. */
  readonly token?: string | ((context: McpTokenContext) => string | Promise<string>) | null | undefined;
  /** Where the authorization server sends the user back to: https, or this machine. It is sent exactly as it is written. */
  readonly redirectUrl?: string | null | undefined;
  /**
   * The name that users see when they authorize.
   *
   * @default "KavachOS MCP client"
   */
  readonly clientName?: string | null | undefined;
  /**
   * The id of a client that is registered already.
   *
   * @default none: this one registers itself, as a public client
   */
  readonly clientId?: string | null | undefined;
  /**
   * The secret of that client. It needs `issuer`, and is refused in a page.
   *
   * @default none
   */
  readonly clientSecret?: string | null | undefined;
  /**
   * The URL of a document that describes this client. Authorization servers that read such documents get it instead of a registration.
   *
   * @default none
   */
  readonly clientMetadataUrl?: string | null | undefined;
  /**
   * The scopes to ask for, beside those that the MCP server asks for.
   *
   * @default those that the MCP server asks for, else all that its metadata lists
   */
  readonly scopes?: readonly string[] | null | undefined;
  /**
   * The issuer to trust. The MCP server must name it, or have no metadata.
   *
   * @default the first that the MCP server names
   */
  readonly issuer?: string | null | undefined;
  /**
   * Where KavachOS is mounted, if its issuer is another URL. Its metadata is looked for there first, and must still name the issuer.
   *
   * @default the issuer
   */
  readonly mount?: string | null | undefined;
  /**
   * Further origins that endpoints of the authorization server may have: those for tokens and registration must be of the origin of that
   * for authorization, or of one of these.
   *
   * @default none
   */
  readonly origins?: readonly string[] | null | undefined;
  /**
   * Where tokens are kept: in this page alone (`"memory"`), in this tab (`"session"`), in this browser (`"local"`), or in a storage of
   * your own. Use `"local"` for several tabs.
   *
   * @default "session" in a page, else "memory"
   */
  readonly storage?: "memory" | "session" | "local" | SessionStorage | null | undefined;
  /**
   * The key in the storage, and the name of the lock between tabs.
   *
   * @default one for each `resource`
   */
  readonly key?: string | null | undefined;
  /**
   * Sends the user to the authorization server.
   *
   * @default a page goes there; elsewhere `connect` only returns the URL
   */
  readonly redirect?: ((url: URL) => unknown) | null | undefined;
  /**
   * Whether the token endpoint gets JSON, as KavachOS on Fastify needs it. Otherwise it gets a form, and JSON if it answers 415.
   *
   * @default false
   */
  readonly json?: boolean | null | undefined;
  /**
   * Whether `resource` is sent when a token is refreshed. Some authorization servers refuse it there.
   *
   * @default true
   */
  readonly resourceOnRefresh?: boolean | null | undefined;
  /**
   * Sends requests instead of the global `fetch`. It gets tokens, and must not follow redirects by itself.
   *
   * @default the global `fetch`
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null | undefined;
  /**
   * How long a request to the authorization server may take, in milliseconds: at most a minute. Finding it may take three times as long.
   *
   * @default 10_000
   */
  readonly timeout?: number | null | undefined;
}

/** Why a function is asked for a token. */
export interface McpTokenContext {
  /** The token that the MCP server has refused; absent if none was. */
  readonly previousToken?: string | undefined;
}

/** Whether there is a token, or where a user has to go for one. */
export type McpConnection =
  | {
      /** There is a token. */
      readonly authorized: true;
    }
  | {
      /** There is none yet. */
      readonly authorized: false;
      /** Where the user authorizes this client. A page is being sent there. */
      readonly url: URL;
    };

/** A client of one MCP server. */
export interface McpClient {
  /**
   * Makes sure that there is a token: the one that is kept, another one for a refresh token, or a new one, for which the user is sent to
   * the authorization server. After a response 403 that lacks a scope it asks for that scope, beside those it has.
   *
   * @returns whether there is a token
   * @throws {KavachError} DISCOVERY_FAILED, ISSUER_MISMATCH or NOT_SUPPORTED when there is no authorization server to be used
   * @throws {KavachError} REGISTRATION_FAILED when it does not register this client
   * @throws {KavachError} INSUFFICIENT_SCOPE when the scope that is missing has been asked for already
   * @throws {KavachError} INVALID_TOKEN when the MCP server refuses the token that was just issued for it, or the option `token`
   * @example
   * ```ts
   * const { authorized } = await mcp.connect();
   * ```
   */
  connect(): Promise<McpConnection>;

  /**
   * Takes the answer of an authorization server, on the page that `redirectUrl` names: checks whose it is, and exchanges its code for
   * tokens. On a page, what it takes is removed from the address.
   *
   * @param address the URL that the user came back to; the address of this page by default
   * @returns whether there was an answer: `false` if the address holds none
   * @throws {KavachError} STATE_MISMATCH when it belongs to no authorization that was begun here; nothing is changed
   * @throws {KavachError} ISSUER_MISMATCH when it is of another issuer
   * @throws {KavachError} AUTHORIZATION_FAILED when it is no code, or the code is refused; `reason` has the error, such as `access_denied`
   * @example
   * ```ts
   * if (await mcp.complete()) console.log("connected");
   * ```
   */
  complete(address?: string | URL): Promise<boolean>;

  /**
   * Returns the token to send: refreshed if it expires soon, once at a time in all tabs.
   *
   * @returns the token; `undefined` if the user has to authorize first
   * @throws {KavachError} AUTHORIZATION_FAILED, NETWORK_ERROR or DEADLINE_EXCEEDED when it has expired and the authorization server fails
   */
  token(): Promise<string | undefined>;

  /**
   * Sends a request to the MCP server with the token. After a 401 it sends it again with another token, if there is one. A further 401,
   * and a 403, are returned: call `connect` then.
   *
   * @param input the URL: `options.url`, or below it
   * @param init as for the global `fetch`. Redirects are not followed.
   * @returns the response
   * @throws {KavachError} INVALID_ARGUMENT when the URL is not of this MCP server
   * @throws {KavachError} REDIRECTED when the answer is a redirect, unless `redirect` is `"manual"`
   * @throws {KavachError} NETWORK_ERROR when there is no response
   * @throws `signal.reason` when the signal is aborted
   */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;

  /**
   * Forgets tokens, registration and authorizations that were begun. Tokens stay valid until they expire: KavachOS revokes none.
   */
  disconnect(): Promise<void>;

  /** The options for a transport of the official MCP SDK: `new StreamableHTTPClientTransport(url, mcp.transport)`. */
  readonly transport: {
    /** The same as `provider`. */
    readonly authProvider: McpAuthProvider;
    /** The same as `fetch`. */
    readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
  };

  /**
   * The `OAuthClientProvider` of the official MCP SDK, for where it stands alone. Without `fetch`, a request that is refused for its
   * token throws before the next one has another token. Call `complete` instead of `finishAuth`.
   */
  readonly provider: McpAuthProvider;

  /**
   * Returns what is safe to log.
   *
   * @returns the URL of the MCP server
   */
  toJSON(): { readonly url: string };
}

/** What the official MCP SDK calls. It has no secret but the token. */
export interface McpAuthProvider {
  /** The option `redirectUrl`; empty for an agent. */
  readonly redirectUrl: string;
  /** What this client says about itself. */
  readonly clientMetadata: {
    /** The name that users see. */
    client_name?: string | undefined;
    /** The option `redirectUrl`. */
    redirect_uris: string[];
    /** Codes and refresh tokens. */
    grant_types?: string[] | undefined;
    /** Codes. */
    response_types?: string[] | undefined;
    /** `"none"`: a public client. */
    token_endpoint_auth_method?: string | undefined;
  };
  /**
   * Registers this client, unless it is registered.
   *
   * @returns its id, and of which authorization server
   */
  clientInformation(): Promise<{ client_id: string; issuer: string }>;
  /**
   * Returns the token, without a refresh token: that stays here.
   *
   * @returns the token; `undefined` if there is none
   */
  tokens(): Promise<{ access_token: string; token_type: string } | undefined>;
  /**
   * Finds the authorization server.
   *
   * @returns what the SDK would otherwise look for itself
   */
  discoveryState(): Promise<{
    authorizationServerUrl: string;
    resourceMetadata: { resource: string; authorization_servers: string[] };
    authorizationServerMetadata: {
      issuer: string;
      authorization_endpoint: string;
      token_endpoint: string;
      response_types_supported: string[];
    };
  }>;
  /**
   * Calls `connect`, with the scopes of an address that the SDK has made.
   *
   * @param url that address, which is not used
   */
  redirectToAuthorization(url: URL): Promise<void>;
  /** Does nothing: the verifier of the SDK is not used. */
  saveCodeVerifier(): Promise<void>;
  /**
   * Rejects: call `complete` instead of `finishAuth`, so that state and issuer are checked.
   *
   * @returns nothing
   * @throws {KavachError} NOT_SUPPORTED
   */
  codeVerifier(): Promise<string>;
  /**
   * Rejects, as `codeVerifier` does.
   *
   * @throws {KavachError} NOT_SUPPORTED
   */
  saveTokens(): Promise<void>;
}
