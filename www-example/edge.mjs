// Runs an example for the edge against the local server, with an agent to try it as.
//
//   node www-example/edge.mjs worker | deno
import { startServer } from "../tests/suite/server.mjs";
import { examples } from "./edge-examples.mjs";

const name = process.argv[2];
const { KavachClient, execute, withApproval } = await import(process.env.KAVACHOS_PACKAGE);

const server = await startServer();
const kavach = new KavachClient({ baseUrl: server.baseUrl });
const agent = await kavach.agents.create({
  ...{ ownerId: "user-123", name: "assistant", type: "autonomous" },
  permissions: [execute("mcp:tools:echo"), withApproval(execute("mcp:tools:deploy"))],
});
const example = await examples[name]({ baseUrl: server.baseUrl }).catch(async (error) => {
  await server.stop();
  throw error;
});

const request = (method, params) => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
const ask = (body, more = "") =>
  `curl -si ${example.origin}/mcp -H 'Authorization: Bearer ${agent.token}' -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream'${more} -d '${body}'`;
const call = request("tools/call", { name: "echo", arguments: { text: "hello" } });
const clientInfo = { name: "curl", version: "1" };
const greeting = request("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo });
// The Worker serves each request by itself. The Deno function has sessions: the first response names one.
const command =
  name === "worker"
    ? ask(call)
    : `session=$(${ask(greeting)} | tr -d '\\r' | sed -n 's/^mcp-session-id: //Ip'); ${ask(call, ' -H "Mcp-Session-Id: $session"')}`;
console.log(`A KavachOS server listens on ${server.baseUrl}, and the guarded tools on ${example.origin}/mcp. Try

  ${command}

The tool "deploy" needs the approval of a person, "add" was not granted; without the token nothing runs.
Press Ctrl+C to stop.`);

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    await Promise.all([example.stop(), server.stop()]);
    process.exit(0);
  });
