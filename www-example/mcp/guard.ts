// The guard in front of the tools: KavachOS decides about each call.
import { KavachClient } from "kavachos-wasm";
import { type McpGuard, mcpGuard } from "kavachos-wasm/mcp";

export interface Settings {
  /** Where the KavachOS API is served. */
  baseUrl: string;
  /** The public URL of these tools. */
  resource: string;
  /** The secret that KavachOS signs access tokens with, if users may call by them. */
  signingSecret?: string | undefined;
  /** The id of the agent that acts for each user, by the id of the user. */
  agents?: Record<string, string> | undefined;
  /** Reaches KavachOS. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export function guardTools({ baseUrl, resource, signingSecret, agents = {}, fetch }: Settings): McpGuard {
  const kavach = new KavachClient({ baseUrl, timeout: 5_000, fetch });
  const accessTokens = signingSecret
    ? {
        secrets: [signingSecret],
        issuer: baseUrl,
        scopes: ["mcp:read"],
        agent: ({ userId }: { userId: string }) => agents[userId],
      }
    : undefined;
  return mcpGuard(kavach, {
    resource,
    server: "tools",
    auth: { agentTokens: true, accessTokens },
    tools: { echo: {}, add: { scopes: ["mcp:execute"] }, deploy: {}, whoami: null },
    // The metadata of KavachOS is below its mount, where not all clients look.
    metadata: { proxy: accessTokens !== undefined, fetch },
  });
}
