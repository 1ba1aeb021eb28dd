// The types of the guard of MCP servers. This file is compiled, never run, as surface.ts is.
import { KavachClient, type KavachErrorCode } from "kavachos-wasm";
import { decisionCache } from "kavachos-wasm/guard";
import {
  type AccessToken,
  type McpAuthInfo,
  type McpGuard,
  mcpGuard,
  protectedResourceMetadata,
  remoteKeySet,
  verifyAccessToken,
} from "kavachos-wasm/mcp";

declare const request: Request;
const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach" });
const resource = "https://tools.example/mcp";
const issuer = "https://auth.example";

// As the official SDK declares it.
interface AuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  expiresAt?: number;
  resource?: URL;
  extra?: Record<string, unknown>;
}

export async function guarding(): Promise<Response> {
  const guard: McpGuard = mcpGuard(kavach, {
    resource,
    server: "tools",
    auth: {
      agentTokens: true,
      accessTokens: { secrets: ["a"], issuer, agent: async ({ userId }: AccessToken) => userId },
    },
    tools: {
      search: {},
      deploy: ({ arguments: given }) => ({ resource: `mcp:deploy:${given?.stage}`, scopes: ["mcp:execute"] }),
      version: null,
    },
    filterTools: true,
    denials: "status",
    metadata: { proxy: true },
    cors: undefined,
  });
  mcpGuard(decisionCache(kavach), {
    resource,
    server: "tools",
    tools: async ({ name }) => (name === "a" ? {} : undefined),
  });
  // @ts-expect-error the server has a name in resources
  mcpGuard(kavach, { resource });
  // @ts-expect-error a user acts by an agent
  mcpGuard(kavach, { resource, server: "tools", auth: { accessTokens: { secrets: ["a"], issuer } } });
  // @ts-expect-error a misspelt name
  mcpGuard(kavach, { resource, server: "tools", tools: { a: { ressource: "b" } } });

  return guard(request, (asked, { authInfo, parsedBody }) => {
    const forSdk: AuthInfo = authInfo;
    const { extra }: McpAuthInfo = authInfo;
    const allowed: boolean | undefined = extra.decision?.allowed;
    return Response.json({ forSdk, allowed, user: extra.userId, parsedBody, url: asked.url });
  });
}

export async function verifying(): Promise<string> {
  const jwks = remoteKeySet("https://issuer.example/jwks.json", { maxAge: 60_000 });
  const { userId, expiresAt } = await verifyAccessToken("token", {
    secrets: ["a"],
    jwks,
    issuer,
    resource,
    leeway: 0,
    now: 1,
  });
  // @ts-expect-error the resource is required
  await verifyAccessToken("token", { secrets: ["a"], issuer });
  const codes: KavachErrorCode[] = ["INVALID_TOKEN", "TOKEN_EXPIRED", "INVALID_AUDIENCE", "INSUFFICIENT_SCOPE"];
  const metadata = await protectedResourceMetadata({ resource, authorizationServers: [issuer] })(request);
  return `${userId} ${expiresAt} ${codes} ${metadata?.status}`;
}
