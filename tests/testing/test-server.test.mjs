// The server of `kavachos-wasm/testing`, as a program that installs the package has it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

const entry = process.env.KAVACHOS_PACKAGE;
const { read, NetworkError, ServerError, TimeoutError } = await import(entry);
const { createTestServer } = await import(new URL("./testing.js", entry));
const { verifyWebhook } = await import(new URL("./webhooks.js", entry));

const AGENT = { ownerId: "user-123", name: "a", type: "service", permissions: [read("mcp:github:*")] };
const NOON = "2026-01-01T12:00:00.000Z";

describe("a test server", () => {
  for (const dialect of ["adapter", "sdk"])
    it(`decides and keeps an audit log (${dialect})`, async () => {
      const kavach = createTestServer({ dialect }).client();
      const agent = await kavach.agents.create(AGENT);
      assert.equal((await kavach.authorize(agent.id, { action: "read", resource: "mcp:github:repos" })).allowed, true);
      const denied = await kavach.authorize(agent.id, { action: "write", resource: "mcp:github:repos" });
      assert.equal(denied.allowed, false);
      assert.match(denied.reason, /^No permission grants agent "a"/);
      assert.deepEqual((await kavach.audit.query()).map(({ result }) => result).sort(), ["allowed", "denied"]);
    });

  it("gives the same ids and times with the same seed and clock", async () => {
    const options = { seed: 1, clock: NOON };
    const [one, two] = [createTestServer(options), createTestServer(options)];
    const first = await one.client().agents.create(AGENT);
    assert.deepEqual(await two.client().agents.create(AGENT), first);
    assert.equal(first.createdAt, NOON);
    one.reset();
    assert.deepEqual(await one.client().agents.create(AGENT), first);
    const other = await createTestServer({ ...options, seed: 2 })
      .client()
      .agents.create(AGENT);
    assert.notEqual(other.id, first.id);
    assert.notEqual((await createTestServer().client().agents.create(AGENT)).id, first.id);
  });

  it("shares nothing with others, and forgets all when it is reset", async () => {
    const [one, two] = [createTestServer({ data: "examples" }), createTestServer()];
    await two.client().agents.create(AGENT);
    assert.equal((await one.client().agents.list()).length, 3);
    await one.client().agents.create(AGENT);
    one.reset();
    assert.equal((await one.client().agents.list()).length, 3);
    assert.equal((await two.client().agents.list()).length, 1);
    two.close();
    await assert.rejects(two.client({ maxRetries: 0 }).agents.list());
    assert.equal((await one.client().agents.list()).length, 3);
  });

  it("continues from a snapshot, with its sessions", async () => {
    const server = createTestServer();
    const { token } = await server.client().auth.signUp({ email: "ann@x.test", password: "long enough" });
    const snapshot = JSON.parse(JSON.stringify(server.snapshot()));
    const restored = createTestServer({ data: snapshot });
    assert.notEqual(await restored.client().auth.getSession(token), null);
    assert.equal(await createTestServer().client().auth.getSession(token), null);
    assert.throws(() => createTestServer({ data: { users: [[1, ["cut"]]] } }), { code: "INVALID_ARGUMENT" });
  });

  it("puts its clock forward", async () => {
    const server = createTestServer({ clock: NOON });
    const kavach = server.client();
    const agent = await kavach.agents.create({ ...AGENT, expiresAt: new Date("2026-01-01T13:00:00Z") });
    const asked = () => kavach.auth.authorizeByToken(agent.token, { action: "read", resource: "mcp:github:x" });
    assert.equal((await asked()).allowed, true);
    server.advance(2 * 60 * 60 * 1000);
    assert.equal((await asked()).allowed, false);
  });

  it("keeps the mails that it would send", async () => {
    const server = createTestServer();
    const post = (path, body) =>
      server.fetch(`${server.url}${path}`, {
        ...{ method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
      });
    await post("/auth/email-otp/send", { email: "ann@x.test" });
    await post("/auth/magic-link/send", { email: "bob@x.test" });
    const [mail, ...more] = server.outbox.mails({ to: "ann@x.test" });
    assert.deepEqual([mail.kind, more.length, server.outbox.mails().length], ["email-otp", 0, 2]);
    const verified = await post("/auth/email-otp/verify", { email: "ann@x.test", code: mail.code });
    assert.equal(verified.status, 200);
    server.outbox.clear();
    assert.deepEqual(server.outbox.mails(), []);
  });

  it("has users, administrators, and the options of the program", async () => {
    const users = [{ id: "ann", email: "ann@x.test", name: "Ann" }];
    const server = createTestServer({ users, admins: ["ann"], options: ["--max-agents", "1"] });
    const kavach = server.client({ maxRetries: 0 });
    await kavach.agents.create({ ...AGENT, ownerId: "ann" });
    await assert.rejects(kavach.agents.create({ ...AGENT, ownerId: "ann" }), ServerError);
    assert.throws(() => createTestServer({ options: ["--no-such"] }), {
      code: "INVALID_ARGUMENT",
      message: /--no-such/,
    });
  });

  it("has the origin that it is given, and no other", async () => {
    const server = createTestServer({ url: "https://auth.test/anything" });
    assert.equal(server.url, "https://auth.test/api/kavach");
    assert.deepEqual(await server.client().agents.list(), []);
    await assert.rejects(server.fetch("https://other.test/api/kavach/agents"), TypeError);
    assert.equal(createTestServer({ options: ["--mount", "root"] }).url, "http://localhost");
  });

  it("is a service binding: it takes requests, and streams", async () => {
    const { fetch, url } = createTestServer();
    const body = new Blob([JSON.stringify(AGENT)]).stream();
    const headers = { "content-type": "application/json" };
    const made = await fetch(new Request(`${url}/agents`, { method: "POST", body, headers, duplex: "half" }));
    assert.equal(made.status, 201);
    const { data } = await made.json();
    assert.equal((await fetch(`${url}/agents/${data.id}`, { method: "DELETE" })).status, 204);
    const head = await fetch(`${url}/agents`, { method: "HEAD" });
    assert.deepEqual([head.status, await head.text()], [200, ""]);
  });

  it("delivers webhooks before the response", async () => {
    const secret = "whsec_throwaway_0123456789";
    const events = [];
    const deliver = async (request) => events.push(await verifyWebhook(request, { secrets: secret }));
    const kavach = createTestServer({ webhook: { secret, deliver } }).client();
    const agent = await kavach.agents.create(AGENT);
    await kavach.agents.revoke(agent.id);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["agent.created", "agent.revoked"],
    );
    const failing = createTestServer({ webhook: { secret, deliver: () => Promise.reject(new Error("no")) } });
    assert.equal((await failing.client().agents.create(AGENT)).name, "a");
  });

  it("answers 404 where the plugins are not there that it lacks", async () => {
    const { fetch, url } = createTestServer({ options: ["--events"] });
    for (const path of ["/auth/passkey/credentials", "/events/stream"])
      assert.equal((await fetch(url + path)).status, 404);
  });

  it("is the same for require()", async () => {
    const required = createRequire(import.meta.url)(new URL("./testing.cjs", entry).pathname);
    assert.deepEqual(await required.createTestServer().client().agents.list(), []);
  });
});

describe("a fault", () => {
  it("is a status, with a body, for so many requests", async () => {
    const server = createTestServer();
    const kavach = server.client({ maxRetries: 2 });
    server.setFault({
      path: "/agents",
      status: 503,
      body: { error: "busy" },
      headers: { "retry-after": "0" },
      times: 2,
    });
    assert.deepEqual(await kavach.agents.list(), []);
    server.setFault({ method: "GET", status: 500, body: "no" });
    await assert.rejects(server.client({ maxRetries: 0 }).agents.list(), ServerError);
    server.clearFaults();
    assert.deepEqual(await kavach.agents.list(), []);
  });

  it("is a delay, a lost connection, or a body that breaks off", async () => {
    const server = createTestServer({ data: "examples" });
    const kavach = server.client({ maxRetries: 0 });
    const late = server.setFault({ delay: 2 ** 31 - 1 });
    await assert.rejects(kavach.agents.list({}, { timeout: 20 }), TimeoutError);
    const signal = AbortSignal.abort("enough");
    await assert.rejects(kavach.agents.list({}, { signal }), (reason) => reason === "enough");
    late();
    const lost = server.setFault({ network: true });
    await assert.rejects(kavach.agents.list(), NetworkError);
    lost();
    server.setFault({ cut: 10 });
    await assert.rejects(kavach.agents.list(), NetworkError);
    server.reset();
    assert.equal((await kavach.agents.list()).length, 3);
  });
});
