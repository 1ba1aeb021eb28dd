// The local server as a program: its one line, its options, its database, and what pages may ask of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../suite/server.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const connect = ({ baseUrl }, options) => new sdk.KavachClient({ baseUrl, ...options });
const run = (...options) => spawnSync(process.env.KAVACHOS_SERVER, options, { encoding: "utf8", timeout: 10_000 });
const READER = { ownerId: "user-123", name: "reader", type: "autonomous", permissions: [sdk.read("mcp:github:*")] };
const ASK = { action: "read", resource: "mcp:github:repos" };

// A separate server for each test that asks for one.
async function serving(context, ...options) {
  const server = await startServer(...options);
  context.after(() => server.stop());
  return server;
}

describe("the command line", () => {
  it("is explained", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    const options = ["--port", "--dialect", "--db", "--seed", "--allow-host", "--allow-origin", "--read-timeout"];
    for (const option of options) assert.ok(stdout.includes(option), option);
  });

  it("is refused in a sentence where it is wrong", () => {
    for (const options of [["--port", "x"], ["--clock", "noon"], ["--dialect", "rest"], ["--what"], ["extra"]]) {
      const { status, stdout, stderr } = run(...options);
      assert.deepEqual([status, stdout], [2, ""], options.join(" "));
      assert.match(stderr, /^kavachos-server: .+ Try --help\.\n$/);
    }
  });

  it("says what to do where the port or the database cannot be had", async (context) => {
    const { baseUrl } = await serving(context);
    const taken = run("--port", new URL(baseUrl).port);
    assert.equal(taken.status, 1);
    assert.match(taken.stderr, /try --port 0/);
    const nowhere = run("--port", "0", "--db", "/no/such/directory/kavach.sqlite");
    assert.equal(nowhere.status, 1);
    assert.match(nowhere.stderr, /\/no\/such\/directory\/kavach\.sqlite cannot be used/);
  });

  it("fills an empty database with examples, and only an empty one", async (context) => {
    const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
    context.after(() => rmSync(directory, { recursive: true }));
    const options = ["--seed", "--db", join(directory, "seeded.sqlite"), "--dialect", "sdk"];
    for (const round of [1, 2]) {
      const server = await startServer(...options);
      const kavach = connect(server);
      assert.equal((await kavach.agents.list()).length, 3, `round ${round}`);
      assert.equal((await kavach.audit.queryPaginated({ limit: 1 })).total, 200, `round ${round}`);
      await server.stop();
    }
  });
});

describe("the database", () => {
  for (const dialect of ["sdk", "adapter"]) {
    it(`loses nothing when the server is killed (${dialect})`, async (context) => {
      const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
      context.after(() => rmSync(directory, { recursive: true }));
      const options = ["--dialect", dialect, "--db", join(directory, "kavach.sqlite")];
      const first = await startServer(...options);
      const kavach = connect(first);
      const account = await kavach.auth.signUp({ email: "a@example.com", password: "long enough" });
      const lender = await kavach.agents.create(READER);
      const borrower = await kavach.agents.create({ ...READER, permissions: [sdk.rateLimited(sdk.write("notes"), 1)] });
      const loan = { fromAgent: lender.id, toAgent: borrower.id, permissions: [sdk.read("mcp:github:repos")] };
      await kavach.delegation.create({ ...loan, expiresAt: "2099-01-01T00:00:00Z" });
      const once = { action: "write", resource: "notes" };
      assert.equal((await kavach.auth.authorizeByToken(borrower.token, once)).allowed, true);
      await first.stop("SIGKILL");

      const second = await serving(context, ...options);
      const again = connect(second);
      assert.equal((await again.auth.getSession(account.session.token)).userId, account.user.id);
      assert.equal((await again.auth.authorizeByToken(lender.token, ASK)).allowed, true);
      assert.equal((await again.authorize(borrower.id, ASK)).allowed, true, "the delegation is kept");
      const limited = await again.auth.authorizeByToken(borrower.token, once);
      assert.equal(
        limited.reason,
        'Rate limit exceeded: 1/1 calls per hour for resource "notes"',
        "the counter is kept",
      );
      assert.equal((await again.audit.query({ agentId: borrower.id, result: "allowed" })).length, 2);
    });
  }

  it("holds no token and no password", async (context) => {
    const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
    context.after(() => rmSync(directory, { recursive: true }));
    const server = await startServer("--db", join(directory, "kavach.sqlite"));
    const { session } = await connect(server).auth.signUp({ email: "a@example.com", password: "a canary password" });
    const { token } = await connect(server).agents.create(READER);
    await server.stop();
    const { stdout } = spawnSync("grep", ["-rlaE", `a canary password|${token}|${session.token}`, directory], {
      encoding: "utf8",
    });
    assert.equal(stdout, "");
  });
});

describe("sessions and limits", () => {
  it("a session ends", async (context) => {
    const server = await serving(context, "--session-ttl", "1");
    const { session } = await connect(server).auth.signUp({ email: "a@example.com", password: "long enough" });
    assert.notEqual(await connect(server).auth.getSession(session.token), null);
    await sleep(1100);
    assert.equal(await connect(server).auth.getSession(session.token), null);
  });

  it("sign-ins are limited where that is asked for", async (context) => {
    const kavach = connect(await serving(context, "--auth-rate-limit", "2"));
    const signIn = () => kavach.auth.signIn({ email: "nobody@example.com", password: "wrong password" });
    for (const ErrorClass of [sdk.AuthenticationError, sdk.AuthenticationError, sdk.RateLimitError]) {
      await assert.rejects(signIn(), ErrorClass);
    }
  });

  for (const [dialect, status] of [
    ["sdk", 409],
    ["adapter", 500],
  ]) {
    it(`an owner may have ten agents (${dialect})`, async (context) => {
      const kavach = connect(await serving(context, "--dialect", dialect));
      for (let count = 0; count < 10; count += 1) await kavach.agents.create(READER);
      await assert.rejects(kavach.agents.create(READER), { statusCode: status });
      await kavach.agents.create({ ...READER, ownerId: "user-456" });
    });
  }
});

describe("the sdk dialect", () => {
  let server;
  let kavach;
  before(async () => {
    server = await startServer("--dialect", "sdk");
    kavach = connect(server, { dialect: "sdk" });
  });
  after(() => server.stop());

  it("answers mistakes of the caller with 4xx and bare errors", async () => {
    const lender = await kavach.agents.create(READER);
    const loan = { fromAgent: lender.id, toAgent: lender.id, expiresAt: "2099-01-01T00:00:00Z" };
    await assert.rejects(kavach.agents.create({ ...READER, ownerId: "nobody" }), {
      statusCode: 400,
      code: "BAD_REQUEST",
    });
    const more = { ...loan, permissions: [sdk.write("mcp:github:x")] };
    await assert.rejects(kavach.delegation.create(more), { statusCode: 403, code: "INSUFFICIENT_PERMISSIONS" });
    const nobody = { ...loan, toAgent: "nobody", permissions: [sdk.read("mcp:github:x")] };
    await assert.rejects(kavach.delegation.create(nobody), sdk.NotFoundError);
    await kavach.agents.revoke(lender.id);
    await assert.rejects(kavach.agents.rotate(lender.id), { statusCode: 409, code: "CONFLICT" });
  });

  it("filters the audit log before it cuts the page, and counts", async () => {
    const agent = await kavach.agents.create(READER);
    for (const action of ["read", "write", "read", "write", "read"])
      await kavach.authorize(agent.id, { ...ASK, action });
    const page = await kavach.audit.queryPaginated({ agentId: agent.id, actions: ["write"], limit: 1, offset: 1 });
    assert.deepEqual([page.entries.length, page.total, page.entries[0].action], [1, 2, "write"]);
    assert.equal((await kavach.audit.query({ agentId: agent.id, offset: 3 })).length, 2);
  });

  it("knows where a call comes from", async () => {
    const permissions = [
      sdk.read("a", { ipAllowlist: ["127.0.0.0/8"] }),
      sdk.read("b", { ipAllowlist: ["10.0.0.0/8"] }),
    ];
    const agent = await kavach.agents.create({ ...READER, permissions });
    assert.equal((await kavach.authorize(agent.id, { action: "read", resource: "a" })).allowed, true);
    const far = await kavach.authorize(agent.id, { action: "read", resource: "b" });
    assert.equal(far.reason, 'IP_NOT_ALLOWED: IP "127.0.0.1" is not in the allowlist for this resource');
  });

  it("exports CSV that quotes what needs it", async () => {
    const agent = await kavach.agents.create({ ...READER, name: 'a "quoted", name' });
    await kavach.authorize(agent.id, { action: "write", resource: "r" });
    const line = (await kavach.audit.export({ format: "csv" })).split("\n").find((row) => row.includes(agent.id));
    assert.ok(line.includes('"No permission grants agent ""a ""quoted"", name"" access to ""write"" on ""r"""'), line);
    assert.equal((await fetch(`${server.baseUrl}/audit/export?format=xml`)).status, 400);
  });

  it("delegates further, and takes all of it back", async () => {
    const agents = [];
    for (const name of ["a", "b", "c"]) {
      agents.push(
        await kavach.agents.create({ ...READER, ownerId: "user-456", name, permissions: [sdk.read(`own:${name}`)] }),
      );
    }
    const [a, b, c] = agents;
    const lend = (from, to, resource, extra) =>
      kavach.delegation.create({
        ...{ fromAgent: from.id, toAgent: to.id, permissions: [sdk.read(resource)], expiresAt: "2099-01-01T00:00:00Z" },
        ...extra,
      });
    const first = await lend(a, b, "own:a");
    assert.equal((await lend(b, c, "own:b")).depth, 2);
    await assert.rejects(lend(c, a, "own:c", { maxDepth: 2 }), { statusCode: 400 });
    await lend(c, b, "own:c", { expiresAt: "2020-01-01T00:00:00Z" });
    const effective = await kavach.delegation.getEffectivePermissions(b.id);
    assert.deepEqual(
      effective.map(({ resource }) => resource),
      ["own:b", "own:a"],
      "what has ended does not count",
    );
    await kavach.delegation.revoke(first.id);
    const denied = await kavach.authorize(c.id, { action: "read", resource: "own:b" });
    assert.equal(denied.allowed, false, "the chain behind the link is revoked too");
  });
});

describe("pages of allowed origins", () => {
  it("may use it with the two headers that KavachOS allows", async (context) => {
    const { baseUrl } = await serving(context, "--allow-origin", "https://app.example");
    const preflight = await fetch(`${baseUrl}/agents`, {
      method: "OPTIONS",
      headers: {
        ...{ origin: "https://app.example", "access-control-request-method": "PATCH" },
        "access-control-request-headers": "authorization,content-type",
      },
    });
    assert.equal(preflight.status, 200);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "https://app.example");
    assert.equal(preflight.headers.get("access-control-allow-headers").toLowerCase(), "content-type,authorization");
    const missing = await fetch(`${baseUrl}/nothing`, { headers: { origin: "https://app.example" } });
    assert.equal(missing.status, 404);
    assert.equal(missing.headers.get("access-control-allow-origin"), "https://app.example", "errors too");
  });

  it("may read that a route is missing, also beside routes that write their CORS headers themselves", async (context) => {
    const { baseUrl } = await serving(context, "--dialect", "adapter", "--allow-origin", "https://app.example");
    for (const [method, path] of [
      ["POST", "/mcp/servers"],
      ["GET", "/mcp/servers"],
      ["PUT", "/mcp/token"],
    ]) {
      const missing = await fetch(baseUrl + path, { method, headers: { origin: "https://app.example" } });
      assert.deepEqual(
        [missing.status, missing.headers.get("access-control-allow-origin")],
        [404, "https://app.example"],
        `${method} ${path}`,
      );
    }
  });

  it("may not send more than a mebibyte", async (context) => {
    const { baseUrl } = await serving(context);
    const body = JSON.stringify({ ...READER, name: "x".repeat(1024 * 1024) });
    assert.equal((await fetch(`${baseUrl}/agents`, { method: "POST", body })).status, 413);
  });
});
