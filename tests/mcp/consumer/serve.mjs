// Serves the tools of www-example/mcp in Node.js, and in Bun: in each as its users do.
//
//   node serve.mjs <settings as JSON> <port>
import { createServer } from "node:http";
import { guardTools, withSessions } from "./tools.mjs";

const [settings, port] = process.argv.slice(2);
const guarded = guardTools(JSON.parse(settings));
const serve = withSessions();
const handle = (request) => guarded(request, serve);

if (globalThis.Bun) Bun.serve({ hostname: "127.0.0.1", port: Number(port), idleTimeout: 60, fetch: handle });
else createServer(answer).listen(Number(port), "127.0.0.1");
console.log(`listening on http://127.0.0.1:${port}`);

async function answer(incoming, outgoing) {
  const { method, headers, url } = incoming;
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const body = method === "POST" ? incoming : undefined;
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers,
    body,
    duplex: "half",
    signal: gone.signal,
  });
  const response = await handle(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return outgoing.end();
  outgoing.flushHeaders();
  try {
    for await (const chunk of response.body) outgoing.write(chunk);
  } catch {} // The client is gone.
  outgoing.end();
}
