// OAuth from the first request of the official client on: registration, login, code, token, calls, and a step-up where a scope helps.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { freePort } from "../../www-example/edge-examples.mjs";
import { startServer } from "../suite/server.mjs";
import { clients, runtimes } from "./runtimes.mjs";

const { KavachClient, execute, withApproval } = await import(process.env.KAVACHOS_PACKAGE);
const { verifyAccessToken } = await import(new URL("./mcp.js", process.env.KAVACHOS_PACKAGE));
const SECRET = "throwaway-mcp-signing-secret-0123456789";

let project;
before(async () => {
  project = await clients();
});

for (const runtime of Object.keys(runtimes)) {
  describe(`a user's client at tools in ${runtime}`, () => {
    let server;
    let issuer;
    let kavach;
    let agent;
    let user;
    let tools;
    let results;
    before(async () => {
      const port = await freePort();
      issuer = `http://127.0.0.1:${port}/api/kavach`;
      const options = ["--port", `${port}`, "--dialect", "adapter", "--mcp-secret", SECRET, "--mcp-issuer", issuer];
      server = await startServer(...options);
      assert.equal(server.baseUrl, issuer);
      kavach = new KavachClient({ baseUrl: issuer });
      const signedIn = await signIn(`http://127.0.0.1:${port}`, issuer);
      user = signedIn.user.id;
      agent = await kavach.agents.create({
        ...{ ownerId: user, name: "assistant", type: "delegated" },
        permissions: [
          ...[execute("mcp:tools:echo"), execute("mcp:tools:add")],
          withApproval(execute("mcp:tools:deploy")),
        ],
      });
      tools = await runtimes[runtime]({ baseUrl: issuer, signingSecret: SECRET, agents: { [user]: agent.id } });
      const given = { url: `${tools.origin}/mcp`, cookie: `kavach_session=${signedIn.session.token}` };
      results = JSON.parse(await project.exec("node", ["oauth.mjs", JSON.stringify(given)]));
    });
    after(() => Promise.all([tools?.stop(), server?.stop()]));

    const outcome = (name) => results[name].outcome;
    const send = async (token, name, given) => {
      const response = await fetch(`${tools.origin}/mcp`, {
        method: "POST",
        headers: {
          ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: given } }),
      });
      return {
        status: response.status,
        challenge: response.headers.get("www-authenticate"),
        text: await response.text(),
      };
    };

    it("finds the authorization server, and sends the user there", () => {
      const { outcome, seen } = results["without a token"];
      assert.equal(outcome.error, "UnauthorizedError");
      assert.equal(seen.length, 1);
      assert.ok(seen[0].endsWith(`for ${tools.origin}/mcp`), seen[0]);
    });

    it("connects with the token, lists and calls", () => {
      assert.equal(outcome("with the code"), undefined);
      assert.deepEqual(outcome("list"), ["echo", "add", "deploy", "whoami"]);
      assert.equal(JSON.parse(outcome("whoami").content[0].text).user, user);
      assert.equal(outcome("echo").content[0].text, "hello");
    });

    it("is denied what its agent may not do, and not sent anywhere", () => {
      const { outcome: denied, seen } = results.deploy;
      assert.deepEqual([denied.isError, denied._meta["kavachos/denial"].kind, seen], [true, "approval-required", []]);
    });

    it("is sent for a scope that it lacks, and for those that it has", () => {
      const { outcome, seen } = results["add, which needs a scope"];
      assert.ok(outcome.error, JSON.stringify(outcome));
      assert.match(seen[0], /^authorize mcp:read (?:offline_access )?mcp:execute(?: offline_access)? for /);
    });

    it("may call the tool with the scope", () => {
      assert.equal(outcome("add").content[0].text, "3");
    });

    it("has a token that verifies for these tools alone", async () => {
      const options = { secrets: [SECRET], issuer, resource: `${tools.origin}/mcp` };
      const found = await verifyAccessToken(results.token, options);
      assert.equal(found.userId, user);
      assert.ok(found.scopes.includes("mcp:execute"));
      const other = { ...options, resource: "https://other.example/mcp" };
      await assert.rejects(verifyAccessToken(results.token, other), { code: "INVALID_AUDIENCE" });
    });

    it("is refused with a token for other tools, or one that has expired, and asked for another", async () => {
      for (const claims of [
        { aud: "https://other.example/mcp" },
        { exp: 1_000_000_000 },
        { iss: "https://evil.example" },
      ]) {
        const { status, challenge } = await send(changed(results.token, claims), "echo", { text: "x" });
        assert.equal(status, 401);
        assert.match(
          challenge,
          /^Bearer error="invalid_token", resource_metadata="http:.*\/oauth-protected-resource\/mcp"/,
        );
      }
      // Signed like this, and without other claims, it is let through: where there are sessions, to a server that wants one.
      const { status, text } = await send(changed(results.token, {}), "echo", { text: "x" });
      if (runtime === "workerd") assert.equal(status, 200);
      else assert.match(text, /Server not initialized/);
    });

    it("has written one entry to the audit log for each call", async () => {
      const entries = await kavach.audit.query({ agentId: agent.id, limit: 100 });
      const asked = entries.map(({ action, resource }) => `${action} ${resource}`).sort();
      const echo = "execute mcp:tools:echo";
      assert.deepEqual(asked, ["execute mcp:tools:add", "execute mcp:tools:deploy", echo, echo]);
    });
  });
}

// A user with a session, by a code in an e-mail.
async function signIn(origin, base) {
  const email = "user@example.com";
  const post = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200);
    return response.json();
  };
  await post("/auth/email-otp/send", { email });
  const { mails } = await (await fetch(`${origin}/__outbox?to=${email}&kind=email-otp`)).json();
  return post("/auth/email-otp/verify", { email, code: mails.at(-1).code });
}

// The token with other claims, signed as the server signs.
function changed(token, claims) {
  const [header, body] = token.split(".");
  const all = { ...JSON.parse(Buffer.from(body, "base64url").toString()), ...claims };
  const text = `${header}.${Buffer.from(JSON.stringify(all)).toString("base64url")}`;
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}
