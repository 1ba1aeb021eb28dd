// `kavachos-wasm/people` against the local server: accounts, API keys, organizations and users, as the adapters serve them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";
import { bearer, person, sdk, start, totp } from "./fixture.mjs";

const { AuthenticationError, KavachError, NotFoundError, PermissionError } = sdk;
let server;
let root;
before(async () => {
  server = await start();
  root = await person(server, "root@x.test");
});
after(() => server.stop());

it("makes the codes of RFC 6238", () => {
  const { secretBase32, vectors } = JSON.parse(
    readFileSync(new URL("../data/wire-people-mcp/vectors-totp.json", import.meta.url), "utf8"),
  );
  for (const { t, code } of vectors) assert.equal(totp(secretBase32, t * 1000), code);
});

describe("two-factor authentication", () => {
  it("is enrolled, verified, renewed and switched off", async () => {
    const { twoFactor } = await person(server, "two@x.test");
    assert.deepEqual(await twoFactor.status(), { enabled: false });
    const { secret, uri, backupCodes } = await twoFactor.enroll();
    assert.equal(new URL(uri).searchParams.get("secret"), secret);
    assert.equal(backupCodes.length, 10);
    assert.deepEqual(await twoFactor.status(), { enabled: false });
    assert.deepEqual(await twoFactor.verify({ code: totp(secret) }), { valid: true, activated: true });
    assert.deepEqual(await twoFactor.status(), { enabled: true });
    assert.deepEqual(await twoFactor.verify({ code: "not it" }), { valid: false });
    assert.deepEqual(await twoFactor.verify({ code: backupCodes[0] }), { valid: true, usedBackupCode: true });
    assert.deepEqual(await twoFactor.verify({ code: backupCodes[0] }), { valid: false });
    const renewed = await twoFactor.backupCodes({ code: totp(secret) });
    assert.ok(renewed.length === 10 && !renewed.includes(backupCodes[1]));
    await assert.rejects(twoFactor.disable({ code: "000000" === totp(secret) ? "000001" : "000000" }), {
      statusCode: 400,
    });
    await twoFactor.disable({ code: renewed[0] });
    assert.deepEqual(await twoFactor.status(), { enabled: false });
  });

  it("is off while it is enrolled again", async () => {
    const { twoFactor } = await person(server, "again@x.test");
    const { secret } = await twoFactor.enroll();
    await twoFactor.verify({ code: totp(secret) });
    await twoFactor.enroll();
    assert.deepEqual(await twoFactor.status(), { enabled: false });
  });
});

describe("API keys", () => {
  it("are made, listed, rotated and revoked", async () => {
    const { apiKeys } = await person(server, "keys@x.test");
    const first = await apiKeys.create({ name: "ci", permissions: ["agents:read"], expiresAt: new Date("2099-01-01") });
    assert.match(first.key, /^kos_[0-9a-f]{64}$/);
    assert.equal(Date.parse(first.apiKey.expiresAt), Date.parse("2099-01-01"));
    const second = await apiKeys.rotate(first.apiKey.id);
    assert.notEqual(second.key, first.key);
    assert.notEqual(second.apiKey.id, first.apiKey.id);
    const keys = [];
    for await (const key of apiKeys.list()) keys.push(key.id);
    assert.deepEqual(keys, [second.apiKey.id]);
    await apiKeys.revoke(second.apiKey.id);
    assert.deepEqual(await apiKeys.list(), []);
    await assert.rejects(apiKeys.revoke(second.apiKey.id), NotFoundError);
  });

  it("are nobody else's", async () => {
    const [ada, bob] = [await person(server, "ada.keys@x.test"), await person(server, "bob.keys@x.test")];
    const { apiKey } = await ada.apiKeys.create({ name: "hers", permissions: [] });
    await assert.rejects(bob.apiKeys.rotate(apiKey.id), NotFoundError);
    assert.deepEqual(await bob.apiKeys.list(), []);
  });
});

describe("organizations", () => {
  it("have owners, members and invitations", async () => {
    const [owner, member] = [await person(server, "owner@x.test"), await person(server, "member@x.test")];
    const { organizations } = owner;
    const org = await organizations.create({ name: "Acme", slug: "acme", metadata: { plan: "free" } });
    assert.deepEqual([org.ownerId, org.slug], [owner.id, "acme"]);
    await assert.rejects(organizations.create({ name: "Acme", slug: "acme" }), { statusCode: 400, message: /acme/ });
    assert.deepEqual(
      (await organizations.list()).map(({ id }) => id),
      [org.id],
    );
    assert.deepEqual(
      (await organizations.members(org.id)).map(({ role }) => role),
      ["owner"],
    );
    await assert.rejects(member.organizations.members(org.id), PermissionError);
    const invitation = await organizations.invite(org.id, { email: "Member@x.test", role: "member" });
    assert.deepEqual([invitation.status, invitation.email], ["pending", "member@x.test"]);

    // No route accepts an invitation: the host's own code does.
    const joined = await fetch(`${server.origin}/__members`, {
      ...{ method: "POST", headers: { "Content-Type": "application/json" } },
      body: JSON.stringify({ orgId: org.id, userId: member.id }),
    });
    assert.ok(joined.ok);
    assert.equal((await organizations.setRole(org.id, member.id, { role: "admin" })).role, "admin");
    const roles = [];
    for await (const { role } of member.organizations.members(org.id)) roles.push(role);
    assert.deepEqual(roles.sort(), ["admin", "owner"]);
    await organizations.removeMember(org.id, member.id);
    await organizations.removeMember(org.id, member.id);
    await assert.rejects(organizations.removeMember(org.id, owner.id), { statusCode: 400 });
    await assert.rejects(organizations.setRole(org.id, "nobody", { role: "admin" }), { statusCode: 400 });
  });
});

describe("users", () => {
  it("are for administrators", async () => {
    const { users } = await person(server, "ada@x.test");
    for (const call of [() => users.list(), () => users.get("x"), () => users.ban("x"), () => users.delete("x")])
      await assert.rejects(call(), PermissionError);
  });

  it("are found, banned, unbanned and deleted", async () => {
    const ada = await person(server, "banned@x.test");
    const found = await root.users.list({ search: "banned@" });
    assert.deepEqual([found.total, found.users[0].id], [1, ada.id]);
    const banned = await root.users.ban(ada.id, { reason: "spam", expiresAt: new Date("2099-01-01") });
    assert.deepEqual([banned.id, banned.banned, banned.banReason], [ada.id, true, "spam"]);
    await assert.rejects(ada.apiKeys.list(), AuthenticationError);
    assert.equal((await root.users.unban(ada.id)).banned, false);
    await root.users.delete(ada.id);
    assert.equal(await root.users.get(ada.id), null);
    await root.users.delete(ada.id);
    await assert.rejects(root.users.ban(ada.id), { code: "NOT_APPLIED" });
  });

  it("are iterated over pages, also while they are deleted", async () => {
    const emails = Array.from({ length: 7 }, (_, index) => `page${index}@x.test`);
    for (const email of emails) await person(server, email);
    const seen = [];
    for await (const { id, email } of root.users.list({ search: "page", limit: 2 })) {
      seen.push(email);
      await root.users.delete(id);
    }
    assert.deepEqual(seen.sort(), emails);
    assert.equal((await root.users.list({ search: "page" })).total, 0);
  });

  it("are impersonated until the session is ended", async () => {
    const ada = await person(server, "impersonated@x.test");
    const { token } = await root.users.impersonate(ada.id);
    const seen = await (await fetch(`${server.baseUrl}/auth/session`, bearer(token))).json();
    assert.equal(seen.user.id, ada.id);
    await root.kavach.auth.signOut(token);
    assert.equal((await fetch(`${server.baseUrl}/auth/session`, bearer(token))).status, 401);
    assert.deepEqual(await ada.apiKeys.list(), []);
  });
});

describe("the account", () => {
  it("is exported, anonymized and deleted", async () => {
    const ada = await person(server, "gone@x.test");
    await ada.apiKeys.create({ name: "k", permissions: [] });
    const data = await ada.account.export();
    assert.equal(data.user.id, ada.id);
    assert.equal(data.apiKeys.length, 1);
    assert.ok(!JSON.stringify(data).includes(ada.token));
    await ada.account.anonymize();
    assert.notEqual((await root.users.get(ada.id)).email, "gone@x.test");
    await assert.rejects(ada.account.delete({ confirm: "yes" }), { code: "INVALID_ARGUMENT" });
    const deleted = await ada.account.delete({ confirm: "delete my account" });
    assert.deepEqual([deleted.deletedApiKeys, deleted.deletedAgents], [1, 0]);
    await assert.rejects(ada.account.export(), AuthenticationError);
    assert.equal(await root.users.get(ada.id), null);
  });
});

it("counts agents and decisions", async () => {
  const { agents, audit } = await root.stats();
  assert.ok(Number.isInteger(agents.total) && Number.isInteger(audit.last24h));
});

it("acts for the person of the call, and refuses agents", async () => {
  const [ada, bob] = [await person(server, "call.ada@x.test"), await person(server, "call.bob@x.test")];
  await ada.apiKeys.create({ name: "hers", permissions: [] });
  assert.equal((await bob.apiKeys.list({ token: ada.token })).length, 1);
  await assert.rejects(bob.apiKeys.list({ token: "kv_agent-token-1" }), AuthenticationError);
});

it("shows no code, key or token in an error", async () => {
  const ada = await person(server, "quiet@x.test", { maxRetries: 0 });
  // A server that repeats what it was sent.
  const fetch = async (_url, { body, headers }) =>
    Response.json(
      { message: `no ${body} ${new Headers(headers).get("authorization")}`, details: { body } },
      { status: 400 },
    );
  const kavach = new sdk.KavachClient({ baseUrl: server.baseUrl, token: ada.token, dialect: "adapter", fetch });
  const { createPeople } = await import("./fixture.mjs");
  const { twoFactor } = createPeople(kavach);
  for (const name of ["verify", "disable", "backupCodes"]) {
    const error = await twoFactor[name]({ code: "canary-code" }).then(assert.fail, (problem) => problem);
    assert.ok(error instanceof KavachError);
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
    assert.ok(!shown.includes("canary-code") && !shown.includes(ada.token), shown);
  }
});
