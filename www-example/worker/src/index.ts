// A Cloudflare Worker in front of MCP tools: each call is decided by KavachOS, for the agent whose token it carries.
import { KavachClient } from "kavachos-wasm";
import { guard } from "kavachos-wasm/guard";
import { METADATA, metadata, readCall, ruleOf, run } from "../../mcp/endpoint.ts";

interface Env {
  /** Where the KavachOS API is served. */
  KAVACHOS_URL: string;
  /** The Worker that serves it, if that is bound; the URL then only says the path. */
  AUTH?: Fetcher;
}

// One client for all requests of this isolate: it holds nothing that belongs to a single one.
let kavach: KavachClient | undefined;

function client({ KAVACHOS_URL: baseUrl, AUTH }: Env): KavachClient {
  if (!AUTH) return new KavachClient({ baseUrl, timeout: 5_000 });
  return new KavachClient({ baseUrl, timeout: 5_000, fetch: (url, init) => AUTH.fetch(url, init) });
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname === METADATA) return metadata(url);
    if (url.pathname !== "/mcp") return new Response(null, { status: 404 });

    const call = await readCall(request);
    if (call instanceof Response) return call;
    kavach ??= client(env);
    const checked = await guard(kavach, request, ruleOf(call), { resourceMetadata: new URL(METADATA, url) });
    if (!checked.ok) return checked.response;
    return run(call);
  },
} satisfies ExportedHandler<Env>;
