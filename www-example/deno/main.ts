// A Deno edge function in front of MCP tools: each call is decided by KavachOS, for the agent whose token it carries.
//
//   deno run --allow-net main.ts <URL of the KavachOS API> [port]
import { KavachClient } from "kavachos-wasm";
import { guard } from "kavachos-wasm/guard";
import { METADATA, metadata, readCall, ruleOf, run } from "../mcp/endpoint.ts";

const [baseUrl = "http://127.0.0.1:8787/api/kavach", port = "8000"] = Deno.args;
const kavach = new KavachClient({ baseUrl, timeout: 5_000 });

const listening = {
  hostname: "127.0.0.1",
  port: Number(port),
  onListen: ({ port }: { port: number }) => console.log(`listening on http://127.0.0.1:${port}`),
};

Deno.serve(listening, async (request) => {
  const url = new URL(request.url);
  if (url.pathname === METADATA) return metadata(url);
  if (url.pathname !== "/mcp") return new Response(null, { status: 404 });

  const call = await readCall(request);
  if (call instanceof Response) return call;
  const checked = await guard(kavach, request, ruleOf(call), { resourceMetadata: new URL(METADATA, url) });
  if (!checked.ok) return checked.response;
  return run(call);
});
