// `kavachos-wasm/people` against what the real server has answered: each method, and what the adapters do differently.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordings } from "../server/replay.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, DecodeError, NotFoundError, PermissionError } = await import(entry);
const { createPeople } = await import(new URL("./people.js", entry));
const ORIGIN = "https://app.example";

/** Answers as recorded: by method, path and body. `sent` is what was asked, and `Authorization` of each request. */
function recorded(exchanges, { prefix = "" } = {}) {
  const sent = [];
  const fetch = async (url, { method, headers, body }) => {
    const path = `${url}`.slice(ORIGIN.length);
    const text = body ?? null;
    sent.push({ method, path, body: text === null ? null : JSON.parse(text), headers: new Headers(headers) });
    const found = exchanges.find(
      ({ request }) =>
        request.method === method && request.path === path && (text === null || same(request.body, JSON.parse(text))),
    );
    assert.ok(found, `${method} ${path} ${text} is not recorded`);
    const { status, headers: replied, body: answer } = found.response;
    const content = typeof answer === "string" ? answer : JSON.stringify(answer);
    const isEmpty = status === 204 || answer === "" || answer === null;
    return new Response(isEmpty ? null : content, {
      status,
      headers: { "content-type": "application/json", ...replied },
    });
  };
  const kavach = new KavachClient({
    baseUrl: `${ORIGIN}${prefix}`,
    dialect: "adapter",
    token: "jwt.of.ada",
    maxRetries: 0,
    fetch,
  });
  return { people: createPeople(kavach), sent };
}

const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
const named = (exchanges, name) => exchanges.find((exchange) => exchange.name === name).response.body;

describe("two-factor authentication", () => {
  const all = [...recordings("02-sign-in-methods"), ...recordings("02-2fa-disable")];
  const only = (...names) => all.filter(({ name }) => names.includes(name));

  it("is enrolled, verified and switched off", async () => {
    const { people, sent } = recorded(recordings("02-2fa-disable"));
    const enrolled = await people.twoFactor.enroll();
    assert.deepEqual(enrolled, named(recordings("02-2fa-disable"), "enroll"));
    assert.match(enrolled.uri, /^otpauth:\/\/totp\/.*issuer=/);
    assert.deepEqual(await people.twoFactor.verify({ code: "781568" }), { valid: true, activated: true });
    assert.equal(await people.twoFactor.disable({ code: "T8R8X42F" }), undefined);
    assert.deepEqual(await people.twoFactor.status(), { enabled: false });
    for (const { headers } of sent) assert.equal(headers.get("authorization"), "Bearer jwt.of.ada");
  });

  it("takes backup codes, and makes new ones", async () => {
    const { people } = recorded(only("2fa backup code", "2fa backup-codes regenerate"));
    assert.deepEqual(await people.twoFactor.verify({ code: "KVRUWXTB" }), { valid: true, usedBackupCode: true });
    const codes = await people.twoFactor.backupCodes({ code: "271770" });
    assert.deepEqual([codes.length, codes[0]], [10, "D6S9ZRW4"]);
  });

  it("says that a code is wrong by a value, and only before activation by an error", async () => {
    const wrong = { request: { method: "POST", path: "/auth/2fa/verify", body: { code: "000000" } } };
    const value = { ...wrong, response: { status: 200, headers: {}, body: { valid: false } } };
    assert.deepEqual(await recorded([value]).people.twoFactor.verify({ code: "000000" }), { valid: false });
    const error = { ...wrong, response: { status: 400, headers: {}, body: { error: "Invalid TOTP code" } } };
    await assert.rejects(recorded([error]).people.twoFactor.verify({ code: "000000" }), {
      statusCode: 400,
      message: "Invalid TOTP code",
    });
    const { people } = recorded(only("2fa backup-codes wrong", "2fa disable wrong"));
    await assert.rejects(people.twoFactor.backupCodes({ code: "000000" }), { statusCode: 400 });
    await assert.rejects(people.twoFactor.disable({ code: "000000" }), { statusCode: 400 });
  });

  it("takes codes as text only: as numbers they would lose their zeros", async () => {
    const { people, sent } = recorded([]);
    for (const code of [123456, "", null, undefined])
      await assert.rejects(people.twoFactor.verify({ code }), {
        code: "INVALID_ARGUMENT",
        message: /^input\.code must be/,
      });
    assert.equal(sent.length, 0);
  });
});

describe("API keys", () => {
  const all = recordings("03-api-keys");

  it("are made, listed, and refused to others", async () => {
    const { people } = recorded(all);
    const { key, apiKey } = await people.apiKeys
      .create({ name: "ci", permissions: ["agents:read"] })
      .catch(() => recorded(all.slice(2)).people.apiKeys.create({ name: "ci", permissions: ["agents:read"] }));
    assert.match(key, /^kos_[0-9a-f]{64}$/);
    assert.equal(apiKey.prefix, key.slice(0, 12));
    const listed = await people.apiKeys.list();
    assert.deepEqual(listed, named(all, "list").apiKeys);
    const names = [];
    for await (const { name } of people.apiKeys.list()) names.push(name);
    assert.deepEqual(names, ["ci", "short", "bad"]);
    await assert.rejects(people.apiKeys.rotate("key_9bebe4ffac1042a4b488f6ff1389abbf"), NotFoundError);
    await assert.rejects(people.apiKeys.revoke("key_50292e897844475f8199103b78562bbf"), NotFoundError);
  });

  it("that a server would let live for ever by mistake are refused before any request", async () => {
    const { people, sent } = recorded([]);
    for (const expiresAt of [
      "tomorrow",
      "2027-13-01",
      "",
      1795895677000,
      new Date(Number.NaN),
      "+058879-08-31T09:54:37.000Z",
    ])
      await assert.rejects(people.apiKeys.create({ name: "n", permissions: ["*"], expiresAt }), {
        code: "INVALID_ARGUMENT",
        message: /^input\.expiresAt must be an ISO 8601 date and time/,
      });
    assert.equal(sent.length, 0);
  });

  it("carry their expiry as text", async () => {
    const create = all.find(({ name }) => name === "create with expiresAt");
    const { people, sent } = recorded([
      {
        ...create,
        request: { ...create.request, body: { ...create.request.body, expiresAt: "2027-01-01T00:00:00.000Z" } },
      },
    ]);
    await people.apiKeys.create({ name: "short", permissions: ["*"], expiresAt: new Date("2027-01-01") });
    assert.equal(sent[0].body.expiresAt, "2027-01-01T00:00:00.000Z");
  });

  it("are never lost, even when the answer is incomplete", async () => {
    const body = { key: "kos_canary-3f1a", apiKey: { id: "key_1" } };
    for (const call of [(keys) => keys.create({ name: "n", permissions: [] }), (keys) => keys.rotate("key_0")]) {
      const fetch = async () => Response.json(body, { status: 201 });
      const { apiKeys } = createPeople(new KavachClient({ baseUrl: ORIGIN, dialect: "adapter", fetch }));
      const error = await call(apiKeys).then(assert.fail, (problem) => problem);
      assert.ok(error instanceof DecodeError);
      assert.deepEqual(error.answer(), body);
      assert.ok(!`${error.stack} ${JSON.stringify(error)}`.includes("canary"));
    }
  });
});

describe("organizations", () => {
  const all = recordings("03-organizations");
  const ORG = "org_9814eb0f6e9d4b05ba4212c5380c336d";

  it("have members and invitations", async () => {
    const { people, sent } = recorded(all);
    const { organizations } = people;
    assert.deepEqual(await organizations.list(), []);
    const members = await organizations.members(ORG);
    assert.deepEqual(
      members.map(({ role }) => role),
      ["owner"],
    );
    assert.deepEqual([sent.at(-1).method, sent.at(-1).body], ["POST", null]);
    assert.equal((await organizations.invite(ORG, { email: "B@x.test", role: "member" })).email, "b@x.test");
    const [ada, root] = ["6dd94af4-8cd8-4862-94d8-bfe3ec68f3f8", "678a6a00-d0e8-4eed-88b5-6adbe17acc7a"];
    await assert.rejects(organizations.setRole(ORG, root, { role: "member" }), PermissionError);
    const changed = recorded(all.filter(({ name }) => name === "member role"));
    assert.equal((await changed.people.organizations.setRole(ORG, ada, { role: "admin" })).role, "admin");
    await assert.rejects(organizations.removeMember(ORG, root), { statusCode: 400, message: /last owner/ });
    assert.equal(await organizations.removeMember(ORG, ada), undefined);
  });

  it("are refused with the server's words", async () => {
    const { organizations } = recorded(all).people;
    await assert.rejects(organizations.create({ name: "Acme2", slug: "acme" }), {
      statusCode: 400,
      message: /already exists/,
    });
    await assert.rejects(organizations.create({ name: "Acme2", slug: "Bad Slug!" }), {
      statusCode: 400,
      message: /Invalid slug/,
    });
    await assert.rejects(organizations.create({ name: "Acme2" }), {
      code: "INVALID_ARGUMENT",
      message: /^input\.slug must be/,
    });
    await assert.rejects(organizations.invite(ORG, { email: "c@x.test", role: "king" }), { statusCode: 400 });
    await assert.rejects(organizations.members("a/../b".replace(/.*/, "..")), {
      code: "INVALID_ARGUMENT",
      message: /^orgId must be/,
    });
  });
});

describe("the administration of users", () => {
  const all = recordings("03-admin-gdpr");
  const ADA = "307e716f-34a4-41b7-a4b9-3caafb98e355";
  const asAdmin = all.filter(({ name }) => name !== "users: not an admin");

  it("lists users with the dates that they should have", async () => {
    const { users, total } = await recorded(asAdmin).people.users.list();
    assert.equal(total, 3);
    assert.deepEqual(
      users.map(({ createdAt }) => createdAt),
      ["2026-11-28T19:52:54.000Z", "2026-11-28T19:52:54.000Z", "2026-11-28T19:52:54.877Z"],
    );
    const emails = [];
    for await (const { email } of recorded(asAdmin).people.users.list()) emails.push(email);
    assert.deepEqual(emails, ["root@x.test", "u@x.test", "mail@x.test"]);
    await assert.rejects(recorded(all).people.users.list(), PermissionError);
  });

  it("reads back what it has changed", async () => {
    const banned = asAdmin.filter(({ name }) => name !== "user");
    const ban = { reason: "spam", expiresAt: "2027-01-01T00:00:00Z" };
    assert.equal((await recorded(banned).people.users.ban(ADA, ban)).banReason, "spam");
    await assert.rejects(recorded(asAdmin).people.users.ban(ADA, ban), { code: "NOT_APPLIED" });
    await assert.rejects(recorded(asAdmin).people.users.ban("none"), { code: "NOT_APPLIED" });
    assert.equal(await recorded(asAdmin).people.users.get("none"), null);
    const { token, expiresAt } = await recorded(asAdmin).people.users.impersonate(ADA);
    assert.deepEqual([token.slice(0, 3), expiresAt], ["eyJ", "2026-11-28T20:52:55.025Z"]);
  });

  for (const adapter of ["next"])
    it(`does not believe the adapter for ${adapter}, which answers success and does nothing`, async () => {
      const next = recordings("10-next-silent-failures");
      const listed = named(next, "next GET /api/kavach/auth/admin/users");
      // The same list by pages, and the same missing user for every id.
      const get = next.find(({ name }) => name === "next GET /api/kavach/auth/admin/users/victim");
      const parsed = next.map((one) => ({
        ...one,
        response: { ...one.response, body: JSON.parse(one.response.body) },
      }));
      const more = [
        {
          ...get,
          request: { ...get.request, path: "/api/kavach/auth/admin/users/root" },
          response: { ...get.response, body: { error: "User not found" } },
        },
        {
          request: { method: "GET", path: "/api/kavach/auth/admin/users?limit=1" },
          response: { status: 200, headers: {}, body: JSON.parse(listed) },
        },
      ];
      const { users } = recorded([...parsed, ...more], { prefix: "/api/kavach" }).people;
      await assert.rejects(users.ban("victim", { reason: "x" }), {
        code: "NOT_APPLIED",
        message: /Next\.js, SolidStart, TanStack/,
      });
      await assert.rejects(users.delete("victim"), { code: "NOT_APPLIED" });
      await assert.rejects(users.impersonate("victim"), PermissionError);
    });
});

describe("the account", () => {
  const all = recordings("03-admin-gdpr");

  it("is deleted with the words that the user has typed", async () => {
    const { people, sent } = recorded(all);
    const deleted = await people.account.delete({ confirm: "delete my account" });
    assert.deepEqual(deleted, named(all, "gdpr delete"));
    assert.deepEqual([sent[0].method, sent[0].body], ["DELETE", { confirm: "delete my account" }]);
    assert.equal(sent[0].headers.get("content-type"), "application/json");
    for (const input of [
      {},
      undefined,
      { confirm: "Delete my account" },
      { confirm: true },
      { confirm: "delete my account " },
    ])
      await assert.rejects(people.account.delete(input), { code: "INVALID_ARGUMENT" });
    assert.equal(sent.length, 1);
  });

  it("is deleted once: a second attempt would find no session", async () => {
    let requests = 0;
    const fetch = async () => {
      requests++;
      throw new TypeError("reset");
    };
    const { account } = createPeople(new KavachClient({ baseUrl: ORIGIN, dialect: "adapter", fetch, maxRetries: 5 }));
    await assert.rejects(account.delete({ confirm: "delete my account" }), { code: "NETWORK_ERROR" });
    assert.equal(requests, 1);
  });

  it("needs a session", async () => {
    await assert.rejects(recorded(all).people.account.export(), { name: "AuthenticationError", statusCode: 401 });
  });
});

describe("a plugin that is not mounted", () => {
  // Each way in which adapters say that there is no such route.
  const missing = [...recordings("10-adapters-matrix"), ...recordings("10-mounts-per-adapter")].filter(
    ({ request, response }) => request.path.endsWith("/auth/api-keys") && response.status === 404,
  );
  it("is recorded in several forms", () => assert.ok(new Set(missing.map(({ response }) => response.body)).size >= 3));
  for (const { name, response } of missing)
    it(`is told apart from a missing thing: ${name}`, async () => {
      const headers = Object.assign({ "content-type": "application/json" }, response.headers);
      const fetch = async () => new Response(response.body || null, { status: 404, headers });
      for (const dialect of ["auto", "adapter"]) {
        const people = createPeople(new KavachClient({ baseUrl: `${ORIGIN}/api/kavach`, dialect, fetch }));
        await assert.rejects(people.apiKeys.list(), (error) => {
          assert.equal(error.code, "NOT_SUPPORTED");
          assert.match(
            error.message,
            /the plugin apiKeys.*GET https:\/\/app\.example\/api\/kavach\/auth\/api-keys.*mount\(\).*authUrl/,
          );
          return true;
        });
      }
    });
  it("is not asked for in the sdk dialect", async () => {
    const people = createPeople(
      new KavachClient({ baseUrl: ORIGIN, dialect: "sdk", fetch: () => assert.fail("asked") }),
    );
    await assert.rejects(people.twoFactor.status(), { code: "NOT_SUPPORTED", message: /servers of the "sdk" dialect/ });
  });
});

it("numbers for dashboards are those of the client", async () => {
  const stats = named(recordings("08-dashboard-and-fields"), "stats");
  const { people } = recorded(recordings("08-dashboard-and-fields"));
  assert.deepEqual(await people.stats(), stats.data);
});
