// `covers` before `delegation.create`: it says no exactly where the server would, so that its 500 is never met.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";

const { KavachClient, execute, fullAccess, rateLimited, read, readWrite } = await import(process.env.KAVACHOS_PACKAGE);
const { covers } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));

const HELD = [rateLimited(readWrite("mcp:github:*"), 5), execute("mcp:deploy:staging"), fullAccess("mcp:notes")];
const wanted = [
  [read("mcp:github:repos")],
  [read("mcp:github:*")],
  [readWrite("mcp:github"), execute("mcp:deploy:staging")],
  [execute("mcp:deploy:staging:eu")],
  [read("mcp:notes:a:b")],
  [fullAccess("mcp:notes")],
  [execute("mcp:github:repos")],
  [read("mcp:*")],
  [read("mcp:deploy:staging")],
  [execute("mcp:deploy:*")],
  [read("mcp:github:repos"), read("mcp:slack:all")],
  [read("*")],
];

for (const dialect of ["sdk", "adapter"]) {
  describe(`covers and the server, ${dialect} dialect`, () => {
    let server;
    let kavach;
    let holder;
    let delegate;
    before(async () => {
      server = await startServer("--dialect", dialect);
      kavach = new KavachClient({ baseUrl: server.baseUrl });
      const create = (name, permissions) =>
        kavach.agents.create({ ownerId: "user-123", name, type: "service", permissions });
      holder = await create("holder", HELD);
      delegate = await create("delegate", [read("own")]);
    });
    after(() => server.stop());

    for (const permissions of wanted) {
      it(JSON.stringify(permissions), async () => {
        const { covered } = covers((await kavach.agents.get(holder.id)).permissions, permissions);
        const delegation = {
          fromAgent: holder.id,
          toAgent: delegate.id,
          permissions,
          expiresAt: "2099-01-01T00:00:00Z",
        };
        const created = await kavach.delegation.create(delegation).then(
          () => true,
          ({ statusCode }) => (dialect === "adapter" ? assert.equal(statusCode, 500) : undefined) ?? false,
        );
        assert.equal(covered, created);
      });
    }

    it("are tried both ways", () => {
      const verdicts = wanted.map((permissions) => covers(HELD, permissions).covered);
      assert.ok(verdicts.includes(true) && verdicts.includes(false));
    });
  });
}
