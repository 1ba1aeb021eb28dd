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

const call = (tool, given) =>
  JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: given } });
console.log(`A KavachOS server listens on ${server.baseUrl}, and the guarded tools on ${example.origin}/mcp. Try

  curl -i ${example.origin}/mcp -H 'Authorization: Bearer ${agent.token}' -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d '${call("echo", { text: "hello" })}'

The tool "deploy" needs the approval of a person, "add" was not granted; without the token nothing runs.
Press Ctrl+C to stop.`);

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    await Promise.all([example.stop(), server.stop()]);
    process.exit(0);
  });
