// The types of the client of MCP servers. This file is compiled, never run, as surface.ts is.
import type { KavachErrorCode } from "kavachos-wasm";
import { createMcpClient, type McpClient, type McpConnection, type McpTokenContext } from "kavachos-wasm/mcp-client";

declare const request: Request;
const url = "https://tools.example/mcp";
const redirectUrl = "https://app.example/callback";

// As the official SDK declares it.
interface OAuthClientProvider {
  get redirectUrl(): string | URL | undefined;
  get clientMetadata(): {
    redirect_uris: string[];
    client_name?: string | undefined;
    grant_types?: string[] | undefined;
  };
  clientInformation(): { client_id: string } | undefined | Promise<{ client_id: string } | undefined>;
  tokens(): Tokens | undefined | Promise<Tokens | undefined>;
  saveTokens(tokens: Tokens): void | Promise<void>;
  redirectToAuthorization(authorizationUrl: URL): void | Promise<void>;
  saveCodeVerifier(codeVerifier: string): void | Promise<void>;
  codeVerifier(): string | Promise<string>;
}
interface Tokens {
  access_token: string;
  token_type: string;
  refresh_token?: string | undefined;
}

export async function calling(): Promise<Response> {
  const mcp: McpClient = createMcpClient({
    url: new URL(url),
    redirectUrl,
    clientName: "App",
    scopes: ["mcp:read"] as const,
    storage: { getItem: async () => null, setItem: () => {} },
    redirect: (to: URL) => to.href,
    origins: ["https://auth.example"],
    issuer: null,
    timeout: undefined,
  });
  const answered: boolean = await mcp.complete(request.url);
  const connection: McpConnection = await mcp.connect();
  if (!connection.authorized) return Response.redirect(connection.url.href, 302);
  // @ts-expect-error there is no address where there is a token
  connection.url;
  const token: string | undefined = await mcp.token();
  const provider: OAuthClientProvider = mcp.provider;
  const transport: {
    authProvider?: OAuthClientProvider;
    fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>;
  } = mcp.transport;
  console.log(answered, token, provider, transport, mcp.toJSON().url);
  await mcp.disconnect();
  return mcp.fetch(url, { method: "POST", body: "{}" });
}

export const agents = [
  createMcpClient({ url, token: "kv_a" }),
  createMcpClient({ url, token: ({ previousToken }: McpTokenContext) => previousToken ?? "kv_a" }),
  createMcpClient({ url, token: async () => "kv_a", storage: "memory" }),
];

// @ts-expect-error the server has a URL
createMcpClient({ redirectUrl });
// @ts-expect-error a misspelt name
createMcpClient({ url, redirectUri: redirectUrl });
// @ts-expect-error storages have names
createMcpClient({ url, redirectUrl, storage: "cookie" });
// @ts-expect-error a request is not repeated: a URL is
agents[0]?.fetch(request);

export const codes: KavachErrorCode[] = [
  ...([
    "DISCOVERY_FAILED",
    "ISSUER_MISMATCH",
    "REGISTRATION_FAILED",
    "STATE_MISMATCH",
    "AUTHORIZATION_FAILED",
  ] as const),
];
