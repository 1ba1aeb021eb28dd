// The official MCP client, in two versions, at guarded tools in four runtimes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { CLIENTS, clients, runtimes } from "./runtimes.mjs";

const { KavachClient, execute, rateLimited, withApproval } = await import(process.env.KAVACHOS_PACKAGE);
const TOOLS = ["echo", "add", "deploy", "whoami"];

let project;
before(async () => {
  project = await clients();
});

for (const [runtime, start] of Object.entries(runtimes)) {
  describe(`tools in ${runtime}`, () => {
    let server;
    let kavach;
    let tools;
    let isDown = false;
    const agents = {};
    const sessions = {};
    before(async () => {
      server = await startServer("--dialect", "adapter");
      kavach = new KavachClient({ baseUrl: server.baseUrl });
      const make = async (name, permissions, more) => {
        agents[name] = await kavach.agents.create({
          ownerId: "user-123",
          name,
          type: "autonomous",
          permissions,
          ...more,
        });
      };
      for (const sdk of Object.keys(CLIENTS))
        await make(sdk, [
          execute("mcp:tools:echo", { allowedArgPatterns: ["^ok$"] }),
          rateLimited(execute("mcp:tools:add"), 1),
          withApproval(execute("mcp:tools:deploy")),
        ]);
      await make("none", [execute("mcp:other")]);
      await make("revoked", [execute("mcp:tools:*")]);
      await kavach.agents.revoke(agents.revoked.id);
      await make("expired", [execute("mcp:tools:*")], { expiresAt: "2020-01-01T00:00:00Z" });
      tools = await start({ baseUrl: server.baseUrl });
      for (const sdk of Object.keys(CLIENTS)) {
        const calls = [
          ["allowed", "echo", { text: "ok" }],
          ["arguments", "echo", { text: "no" }],
          ["counted", "add", { a: 1, b: 2 }],
          ["limited", "add", { a: 1, b: 2 }],
          ["approval", "deploy", { stage: "production" }],
          ["unknown", "missing", {}],
          ["whoami", "whoami", {}],
        ];
        const tokens = { good: agents[sdk].token, none: agents.none.token };
        const refused = {
          unknown: "kv_unknown",
          revoked: agents.revoked.token,
          expired: agents.expired.token,
          anonymous: "",
        };
        const all = Object.entries({ ...tokens, ...refused }).map(([name, token]) => [name, { token, calls }]);
        const given = { url: `${tools.origin}/mcp`, sessions: Object.fromEntries(all) };
        sessions[sdk] = JSON.parse(await project.exec("node", ["client.mjs", sdk, JSON.stringify(given)]));
      }
    });
    after(() => Promise.all([tools?.stop(), isDown || server?.stop()]));

    for (const [sdk, version] of Object.entries(CLIENTS)) {
      describe(`for a client that speaks ${version}`, () => {
        const outcome = (label, name = "good") => sessions[sdk][name][label].outcome;

        it("connects, lists, calls and pings", () => {
          assert.ok([version, "connected"].includes(outcome("connect")), JSON.stringify(outcome("connect")));
          assert.deepEqual(outcome("list"), TOOLS);
          assert.deepEqual([outcome("allowed").content[0].text, outcome("counted").content[0].text], ["ok", "3"]);
          assert.match(outcome("whoami").content[0].text, /"client":"agent:[\da-f]{64}"/);
          assert.deepEqual(outcome("ping"), {});
        });

        for (const [label, kind, text] of [
          ["arguments", "arguments-not-allowed", /^Argument "text" .* Other arguments may be allowed\.$/],
          ["limited", "rate-limited", /^Rate limit exceeded: .* Try again in 3600 seconds\.$/],
          ["approval", "approval-required", /^This action requires human approval before execution\. /],
          ["unknown", "unknown-tool", /^There is no such tool\.$/],
        ])
          it(`answers a denial as a result, and sends for no other token: ${kind}`, () => {
            const { outcome, events } = sessions[sdk].good[label];
            assert.deepEqual([outcome.isError, outcome._meta["kavachos/denial"].kind, events], [true, kind, []]);
            assert.match(outcome.content[0].text, text);
          });

        it("answers an agent without permissions with denials, in a session", () => {
          assert.deepEqual(outcome("list", "none"), TOOLS);
          const { outcome: denied, events } = sessions[sdk].none.allowed;
          assert.equal(denied._meta["kavachos/denial"].kind, "insufficient-scope");
          assert.match(
            denied.content[0].text,
            /^No permission grants agent "none" access to "execute" on "mcp:tools:echo"\. /,
          );
          assert.deepEqual(events, []);
        });

        for (const name of ["unknown", "revoked", "expired", "anonymous"])
          it(`refuses a token that is ${name}, and sends for another one`, () => {
            assert.equal(typeof outcome("connect", name), "object");
            assert.ok(sessions[sdk][name].connect.events.length > 0);
          });
      });
    }

    it("has written to the audit log about calls, and once about each session", async () => {
      const [sdk] = Object.keys(CLIENTS);
      const entries = await kavach.audit.query({ agentId: agents[sdk].id, limit: 100 });
      const asked = entries.map(({ action, resource }) => `${action} ${resource}`).sort();
      assert.deepEqual(asked, [
        ...["execute mcp:tools:add", "execute mcp:tools:add", "execute mcp:tools:deploy"],
        ...["execute mcp:tools:echo", "execute mcp:tools:echo", "validate kavachos:token"],
      ]);
    });

    it("answers the preflight of a page", async () => {
      const headers = {
        origin: "https://inspector.test",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,mcp-protocol-version,mcp-session-id",
      };
      const response = await fetch(`${tools.origin}/mcp`, { method: "OPTIONS", headers });
      assert.deepEqual([response.status, response.headers.get("access-control-allow-origin")], [204, "*"]);
      const refused = await fetch(`${tools.origin}/mcp`, { method: "POST", headers: { origin: headers.origin } });
      assert.equal(refused.status, 401);
      assert.match(refused.headers.get("access-control-expose-headers"), /WWW-Authenticate/);
    });

    it("executes nothing while the server is down", async () => {
      await server.stop();
      isDown = true;
      const response = await fetch(`${tools.origin}/mcp`, {
        method: "POST",
        headers: {
          ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
          authorization: `Bearer ${agents[Object.keys(CLIENTS)[0]].token}`,
        },
        body: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "tools/call",
          params: { name: "echo", arguments: { text: "ok" } },
        }),
      });
      const { result } = await response.json();
      assert.deepEqual([response.status, result._meta["kavachos/denial"].kind], [200, "unavailable"]);
    });
  });
}
