// The fixtures of `kavachos-wasm/testing`: a client accepts them as responses, and a real server's responses have their members.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, read } = await import(entry);
const testing = await import(new URL("./testing.js", entry));

/** The routes of the sdk dialect that respond with fixtures, and the calls that ask for them. */
const CALLS = {
  agent: ["GET /agents/agent-1", (kavach) => kavach.agents.get("agent-1")],
  decision: [
    "POST /agents/agent-1/authorize",
    (kavach) => kavach.authorize("agent-1", { action: "read", resource: "a" }),
  ],
  auditEntry: ["GET /audit", (kavach) => kavach.audit.query().then(([first]) => first), (made) => [made]],
  delegation: [
    "GET /agents/agent-1/delegations",
    (kavach) => kavach.delegation.listChains("agent-1").then(([first]) => first),
    (made) => [made],
  ],
};

describe("a fixture", () => {
  for (const [name, [route, call, wrap = (made) => made]] of Object.entries(CALLS))
    it(`is a response that the client accepts (${name})`, async () => {
      const made = testing[name]();
      const asked = [];
      const fetch = async (url, { method }) => {
        asked.push(`${method} ${new URL(url).pathname}`);
        return Response.json(wrap(made));
      };
      const kavach = new KavachClient({ baseUrl: "https://kavach.test", dialect: "sdk", fetch, maxRetries: 0 });
      assert.deepEqual(await call(kavach), made, asked.join());
      assert.ok(route.split(" ")[0] === asked[0].split(" ")[0], asked.join());
    });

  it("has no member that a server does not send", async () => {
    const server = testing.createTestServer();
    const kavach = server.client();
    const input = { ownerId: "user-123", type: "service", permissions: [read("mcp:github:*")] };
    const agent = await kavach.agents.create({ ...input, name: "a" });
    const other = await kavach.agents.create({ ...input, name: "b" });
    const real = {
      agent,
      permission: agent.permissions[0],
      decision: await kavach.authorize(agent.id, { action: "read", resource: "mcp:github:x" }),
      auditEntry: (await kavach.audit.query())[0],
      delegation: await kavach.delegation.create({
        ...{ fromAgent: agent.id, toAgent: other.id, permissions: [read("mcp:github:x")] },
        expiresAt: new Date(Date.now() + 60_000),
      }),
    };
    for (const [name, value] of Object.entries(real))
      for (const [member, sample] of Object.entries(testing[name]()))
        assert.equal(typeof value[member], typeof sample, `${name}.${member}`);
  });
});
