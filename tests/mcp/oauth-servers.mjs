// The authorization server of the local KavachOS server, and MCP servers of a few lines behind it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { freePort } from "../../www-example/edge-examples.mjs";
import { startServer } from "../suite/server.mjs";

export const SECRET = "throwaway-mcp-signing-secret-0123456789";

/** A server whose issuer is its mount, with a user who is signed in. */
export async function started(...more) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}/api/kavach`;
  const server = await startServer("--port", `${port}`, "--mcp-secret", SECRET, "--mcp-issuer", issuer, ...more);
  const email = "user@example.com";
  const post = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(server.baseUrl + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200, path);
    return response.json();
  };
  let signedIn;
  if (!more.includes("fastify")) {
    await post("/auth/email-otp/send", { email });
    const { mails } = await (await fetch(new URL(`/__outbox?to=${email}&kind=email-otp`, issuer))).json();
    signedIn = await post("/auth/email-otp/verify", { email, code: mails.at(-1).code });
  }
  return { server, issuer, signedIn, cookie: `kavach_session=${signedIn?.session.token}` };
}

/** Sends the user through the authorization server. */
export const visit = async (url, cookie) => {
  const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
  assert.equal(response.status, 302, await response.clone().text());
  return response.headers.get("location");
};

/** An MCP server of two lines: `handle` gets the token, and says how it answers. */
export async function toolsOf(issuer, handle) {
  const server = createServer((request, response) => {
    const resource = `http://127.0.0.1:${server.address().port}/mcp`;
    if (request.url === "/.well-known/oauth-protected-resource/mcp")
      return response.end(JSON.stringify({ resource, authorization_servers: [issuer] }));
    const metadata = `resource_metadata="${new URL(resource).origin}/.well-known/oauth-protected-resource/mcp"`;
    const token = request.headers.authorization?.slice("Bearer ".length);
    const { status, challenge = "" } = token ? handle(token, resource) : { status: 401 };
    if (status > 400) response.setHeader("www-authenticate", `Bearer ${challenge}${metadata}`);
    response.writeHead(status).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/mcp`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
