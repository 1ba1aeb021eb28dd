// The ways to mount an adapter: what works, what is missing, and what only seems to work.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createPeople, person, sdk, signIn, start } from "./fixture.mjs";

const USERS = ["--user", "root=root@x.test=root", "--user", "victim=victim@x.test=victim", "--admin", "root"];

for (const mount of ["mount", "root"])
  describe(`--mount ${mount}`, () => {
    let server;
    before(async () => {
      server = await start("--mount", mount, ...USERS);
    });
    after(() => server.stop());
    it("serves everything", async () => {
      const { users, apiKeys } = await person(server, "root@x.test");
      assert.equal((await users.ban("victim")).banned, true);
      const { apiKey } = await apiKeys.create({ name: "k", permissions: [] });
      await apiKeys.revoke(apiKey.id);
    });
  });

describe("--mount next", () => {
  let server;
  let root;
  before(async () => {
    server = await start("--mount", "next", ...USERS);
    root = await person(server, "root@x.test");
  });
  after(() => server.stop());

  it("answers success and does nothing, which is not believed", async () => {
    for (const call of [
      () => root.users.ban("victim"),
      () => root.users.unban("victim"),
      () => root.users.delete("victim"),
    ])
      await assert.rejects(call(), {
        name: "KavachError",
        code: "NOT_APPLIED",
        message: /Next\.js, SolidStart, TanStack/,
      });
    const { users } = await root.users.list({ search: "victim" });
    assert.deepEqual([users.length, users[0].banned], [1, false]);
  });

  it("serves what has no id", async () => {
    const { apiKey } = await root.apiKeys.create({ name: "k", permissions: [] });
    assert.equal((await root.apiKeys.list()).length, 1);
    await assert.rejects(root.apiKeys.revoke(apiKey.id), sdk.NotFoundError);
    assert.deepEqual(await root.twoFactor.status(), { enabled: false });
    const { id } = await root.organizations.create({ name: "Acme", slug: "acme" });
    await assert.rejects(root.organizations.members(id), sdk.PermissionError);
  });
});

for (const mount of ["sveltekit", "route", "fastify"])
  describe(`--mount ${mount}`, () => {
    let server;
    before(async () => {
      server = await start("--mount", mount, ...USERS);
    });
    after(() => server.stop());
    it("has no plugin below the prefix, which is said", async () => {
      for (const dialect of ["auto", "adapter"]) {
        const kavach = new sdk.KavachClient({ baseUrl: server.baseUrl, token: "jwt.of.ada", dialect });
        const people = createPeople(kavach);
        const calls = {
          "the plugin twoFactor": () => people.twoFactor.status(),
          "the plugin apiKeys": () => people.apiKeys.list(),
          "the plugin organization": () => people.organizations.list(),
          "the plugin admin": () => people.users.get("victim"),
          "the plugin gdpr": () => people.account.export(),
        };
        for (const [plugin, call] of Object.entries(calls))
          await assert.rejects(call(), (error) => {
            assert.equal(error.code, "NOT_SUPPORTED", `${plugin}: ${error}`);
            assert.ok(error.message.includes(plugin) && error.message.includes(server.baseUrl), error.message);
            return true;
          });
        // The rest is served.
        assert.ok((await people.stats()).agents.total >= 0);
      }
    });
  });

it("routes that lie elsewhere are found by authUrl", async () => {
  const server = await start("--mount", "root", ...USERS);
  try {
    const token = await signIn(server, "root@x.test");
    const options = { baseUrl: `${server.origin}/nowhere`, authUrl: server.baseUrl, token };
    assert.equal((await createPeople(new sdk.KavachClient(options)).users.list({ search: "victim" })).total, 1);
  } finally {
    await server.stop();
  }
});
