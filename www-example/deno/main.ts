// A Deno server with MCP tools: each call is decided by KavachOS, for the agent whose token it carries, or the agent of a user.
//
//   deno run --allow-net main.ts <URL of the KavachOS API> [port] [settings as JSON]
import { guardTools } from "../mcp/guard.ts";
import { withSessions } from "../mcp/server.ts";

const [baseUrl = "http://127.0.0.1:8787/api/kavach", port = "8000", settings = "{}"] = Deno.args;
// Where it is reached from outside is said here: a request may claim anything.
const resource = `http://127.0.0.1:${port}/mcp`;
const guarded = guardTools({ baseUrl, resource, ...JSON.parse(settings) });
const serve = withSessions();

const listening = {
  hostname: "127.0.0.1",
  port: Number(port),
  onListen: ({ port }: { port: number }) => console.log(`listening on http://127.0.0.1:${port}`),
};
Deno.serve(listening, (request) => guarded(request, serve));
