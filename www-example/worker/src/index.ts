// A Cloudflare Worker with MCP tools: each call is decided by KavachOS, for the agent whose token it carries, or the agent of a user.
import type { McpGuard } from "kavachos-wasm/mcp";
import { guardTools } from "../../mcp/guard.ts";
import { stateless } from "../../mcp/server.ts";

interface Env {
  /** Where the KavachOS API is served. */
  KAVACHOS_URL: string;
  /** The public URL of this Worker's tools. */
  RESOURCE: string;
  /** The Worker that serves KavachOS, if that is bound; the URL then only says the path. */
  AUTH?: Fetcher;
  /** The secret that KavachOS signs access tokens with, if users may call by them. */
  MCP_SIGNING_SECRET?: string;
  /** The agent of each user, as JSON. */
  AGENTS?: string;
}

// One guard for all requests of this isolate: it remembers for a few seconds which tokens are valid.
let guarded: McpGuard | undefined;

function guardOf({ KAVACHOS_URL, RESOURCE, AUTH, MCP_SIGNING_SECRET, AGENTS = "{}" }: Env): McpGuard {
  return guardTools({
    baseUrl: KAVACHOS_URL,
    resource: RESOURCE,
    signingSecret: MCP_SIGNING_SECRET,
    agents: JSON.parse(AGENTS),
    fetch: AUTH && ((url, init) => AUTH.fetch(url, init)),
  });
}

export default {
  async fetch(request, env) {
    guarded ??= guardOf(env);
    return guarded(request, stateless);
  },
} satisfies ExportedHandler<Env>;
