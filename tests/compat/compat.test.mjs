// What `@kavachos/client` promises, kept in both dialects of the local server.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../suite/server.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { createKavachClient, KavachApiError } = await import(new URL("./compat.js", entry));
const { KavachClient, KavachError } = await import(entry);

for (const dialect of ["sdk", "adapter"])
  describe(`in the ${dialect} dialect`, async () => {
    const server = await startServer("--dialect", dialect);
    after(() => server.stop());
    const { baseUrl } = server;
    const kavach = createKavachClient({ baseUrl });
    const account = { email: "ada@example.com", password: "a long password" };
    const { user } = await new KavachClient({ baseUrl }).auth.signUp(account);
    const permissions = [{ resource: "mcp:github:*", actions: ["read"] }];
    const make = (name) => kavach.agents.create({ ownerId: user.id, name, type: "autonomous", permissions });

    it("agents", async () => {
      const agent = await make("one");
      assert.match(agent.token, /^kv_/);
      assert.equal((await kavach.agents.get(agent.id)).name, "one");
      assert.equal((await kavach.agents.update(agent.id, { name: "two" })).name, "two");
      assert.notEqual((await kavach.agents.rotate(agent.id)).token, agent.token);
      assert.ok((await kavach.agents.list({ status: "active" })).some(({ id }) => id === agent.id));
      assert.equal(await kavach.agents.revoke(agent.id), undefined);
      assert.equal(await kavach.agents.get("no-such-agent"), null);
    });

    it("decisions, also denials, are values", async () => {
      const agent = await make("asks");
      const request = { action: "read", resource: "mcp:github:repos" };
      assert.equal((await kavach.authorize(agent.id, request)).allowed, true);
      assert.equal((await kavach.authorizeByToken(agent.token, request)).allowed, true);
      const denied = await kavach.authorize(agent.id, { action: "write", resource: "mcp:github:repos" });
      assert.equal(denied.allowed, false);
      assert.equal(typeof denied.auditId, "string");
    });

    it("delegations", async () => {
      const [from, to] = [await make("from"), await make("to")];
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const chain = await kavach.delegations.create({ fromAgent: from.id, toAgent: to.id, permissions, expiresAt });
      assert.ok((await kavach.delegations.list(from.id)).some(({ id }) => id === chain.id));
      if (dialect === "sdk") assert.ok((await kavach.delegations.getEffectivePermissions(to.id)).length > 0);
      assert.equal(await kavach.delegations.revoke(chain.id), undefined);
    });

    it("audit logs", async () => {
      assert.ok(Array.isArray(await kavach.audit.query({ limit: 5 })));
      assert.match(await kavach.audit.export({ format: "csv" }), /^id,/);
    });

    it("MCP servers, where the dialect has them", async () => {
      if (dialect === "adapter") {
        await assert.rejects(kavach.mcp.list(), { name: "KavachApiError", code: "NOT_SUPPORTED" });
        return;
      }
      const registered = await kavach.mcp.register({ name: "m", endpoint: "https://m.example/mcp", tools: ["t"] });
      assert.equal((await kavach.mcp.get(registered.id)).name, "m");
      assert.ok((await kavach.mcp.list()).length > 0);
    });

    it("errors are of its class, and of ours", async () => {
      const error = await kavach.agents.update("no-such-agent", { name: "x" }).catch((caught) => caught);
      assert.ok(error instanceof KavachApiError && error instanceof KavachError && error instanceof Error);
      assert.equal(error.status, error.cause.statusCode);
      assert.ok(error.status >= 400);
      const invalid = await kavach.agents.create({ name: 5 }).catch((caught) => caught);
      assert.deepEqual([invalid.name, invalid.code, invalid.status], ["KavachApiError", "INVALID_ARGUMENT", 0]);
    });
  });

it("is required too, and finds the main entry by its name", () => {
  const required = createRequire(import.meta.url)(fileURLToPath(new URL("./compat.cjs", entry)));
  assert.deepEqual(Object.keys(required).sort(), ["KavachApiError", "createKavachClient"]);
  assert.equal(typeof required.createKavachClient({ baseUrl: "https://a.example" }).agents.list, "function");
});

it("aborted calls reject with the reason", async () => {
  const kavach = createKavachClient({ baseUrl: "https://a.example", fetch: () => new Promise(() => {}) });
  const reason = new Error("left");
  await assert.rejects(kavach.agents.list({}, { signal: AbortSignal.abort(reason) }), (caught) => caught === reason);
});
