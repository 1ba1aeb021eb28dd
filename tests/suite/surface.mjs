// The behavioural suite: the whole public surface against a real server, in any runtime.
//
// Each case is a function of the kit { sdk, baseUrl, dialect }, where `sdk` is the imported package.
import { equal, ok, rejects } from "./checks.mjs";

const NEVER = "2099-01-01T00:00:00.000Z";

export function connect({ sdk, baseUrl }, options = {}) {
  return new sdk.KavachClient({ baseUrl, ...options });
}

// Servers allow ten agents per owner, so each case signs up its own owner.
async function owner(kit) {
  const email = `${Math.random().toString(36).slice(2)}@example.com`;
  const password = "correct horse battery";
  const account = await connect(kit).auth.signUp({ email, password, name: "Ada" });
  return { email, password, ...account };
}

async function newAgent(kit, input = {}) {
  const { user } = await owner(kit);
  return connect(kit).agents.create({
    ownerId: user.id,
    name: "reader",
    type: "autonomous",
    permissions: [kit.sdk.read("mcp:github:*")],
    ...input,
  });
}

export const cases = {
  async "an agent's life: create, get, list, update, rotate, revoke"(kit) {
    const kavach = connect(kit);
    const agent = await newAgent(kit, { metadata: { team: "x" }, expiresAt: new Date(NEVER) });
    ok(/^kv_[\w-]{43}$/.test(agent.token), "the token comes with the new agent");
    equal(agent.expiresAt, NEVER);
    const found = await kavach.agents.get(agent.id);
    equal([found.id, found.name, found.token], [agent.id, "reader", ""]);
    if (kit.dialect === "sdk") equal(found.metadata, { team: "x" });
    equal(
      (await kavach.agents.list({ userId: agent.ownerId })).map(({ id }) => id),
      [agent.id],
    );
    equal(await kavach.agents.list({ userId: agent.ownerId, status: "revoked", type: null }), []);
    const renamed = await kavach.agents.update(agent.id, { name: "writer", permissions: null });
    equal([renamed.name, renamed.permissions], ["writer", [{ resource: "mcp:github:*", actions: ["read"] }]]);
    const rotated = await kavach.agents.rotate(agent.id);
    ok(rotated.token.startsWith("kv_") && rotated.token !== agent.token, "a new token");
    equal(await kavach.agents.revoke(agent.id), undefined);
    equal((await kavach.agents.get(agent.id)).status, "revoked");
  },

  async "decisions: allowed, denied, needs approval, unknown agent"(kit) {
    const { read, withApproval, execute } = kit.sdk;
    const kavach = connect(kit);
    const agent = await newAgent(kit, { permissions: [read("mcp:github:*"), withApproval(execute("mcp:deploy:*"))] });
    const allowed = await kavach.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
    equal([allowed.allowed, typeof allowed.auditId], [true, "string"]);
    const denied = await kavach.agents.authorize(agent.id, { action: "write", resource: "mcp:github:repos" });
    equal(denied.allowed, false);
    equal(denied.reason, 'No permission grants agent "reader" access to "write" on "mcp:github:repos"');
    const request = { action: "execute", resource: "mcp:deploy:production", arguments: { version: "1.2.3" } };
    equal((await kavach.authorize(agent.id, request)).reason, "This action requires human approval before execution");
    const unknown = await kavach.authorize("no/such agent", { action: "read", resource: "r" }).catch((error) => error);
    ok(unknown.allowed === false || unknown instanceof kit.sdk.NotFoundError, "a denial or a NotFoundError");
  },

  async "decisions by token: the old token stops working, an unknown one is denied"(kit) {
    const kavach = connect(kit);
    const agent = await newAgent(kit);
    const request = { action: "read", resource: "mcp:github:repos" };
    equal((await kavach.auth.authorizeByToken(agent.token, request)).allowed, true);
    const { token } = await kavach.agents.rotate(agent.id);
    const stale = await kavach.auth.authorizeByToken(agent.token, request);
    equal([stale.allowed, stale.reason], [false, "Invalid or expired agent token"]);
    equal((await kavach.auth.authorizeByToken(token, request)).allowed, true);
    equal((await kavach.auth.authorizeByToken("kv_unknown", request)).allowed, false);
  },

  async "people: sign up, sign in, session, sign out"(kit) {
    const kavach = connect(kit);
    const { email, password, user, session } = await owner(kit);
    equal([user.email, user.name, session.userId], [email, "Ada", user.id]);
    const signedIn = await kavach.auth.signIn({ email, password });
    const { token } = signedIn.session;
    ok(typeof token === "string" && token.length > 20, "a session has a token");
    const found = await kavach.auth.getSession(token);
    equal([found.userId, found.token], [user.id, token]);
    equal((await connect(kit, { token }).auth.getSession()).userId, user.id);
    equal(await kavach.auth.signOut(token), undefined);
    equal(await kavach.auth.getSession(token), null);
    equal(await kavach.auth.getSession("not-a-session"), null);
    await rejects(kavach.auth.signIn({ email, password: "wrong password" }), kit.sdk.AuthenticationError);
    await rejects(kavach.auth.signUp({ email, password }), kit.sdk.KavachError);
  },

  async "delegation: delegate, list, use, revoke"(kit) {
    const kavach = connect(kit);
    const lender = await newAgent(kit);
    const borrower = await newAgent(kit, { name: "borrower", permissions: [kit.sdk.read("own:*")] });
    const request = { action: "read", resource: "mcp:github:repos" };
    equal((await kavach.authorize(borrower.id, request)).allowed, false);
    const chain = await kavach.delegation.create({
      fromAgent: lender.id,
      toAgent: borrower.id,
      permissions: [kit.sdk.read("mcp:github:repos")],
      expiresAt: NEVER,
      maxDepth: 2,
    });
    equal([chain.fromAgent, chain.toAgent, chain.depth], [lender.id, borrower.id, 1]);
    equal(
      (await kavach.delegation.listChains(lender.id)).map(({ id }) => id),
      [chain.id],
    );
    equal((await kavach.authorize(borrower.id, request)).allowed, true);
    await kavach.delegation.revoke(chain.id);
    equal((await kavach.authorize(borrower.id, request)).allowed, false);
    await rejects(kavach.delegation.revoke("no-such-chain"), kit.sdk.NotFoundError);
    const tooMuch = { fromAgent: lender.id, toAgent: borrower.id, permissions: [kit.sdk.write("x")], expiresAt: NEVER };
    await rejects(kavach.delegation.create(tooMuch), kit.sdk.KavachError);
  },

  async "the audit log: filters, pages, exports"(kit) {
    const kavach = connect(kit);
    const agent = await newAgent(kit);
    for (const [action, resource] of [
      ["read", "mcp:github:1"],
      ["write", "mcp:github:2"],
      ["read", "mcp:github:3"],
    ]) {
      await kavach.authorize(agent.id, { action, resource, arguments: { note: 'a "quoted" note' } });
    }
    const entries = await kavach.audit.query({ agentId: agent.id });
    equal(entries.length, 3);
    equal(entries[0].parameters, { note: 'a "quoted" note' });
    const denied = await kavach.audit.query({ agentId: agent.id, result: "denied", actions: ["write"], limit: 5 });
    equal(
      denied.map(({ resource }) => resource),
      ["mcp:github:2"],
    );
    const page = await kavach.audit.queryPaginated({ agentId: agent.id, limit: 2, offset: 2 });
    equal(page.entries.length, 1);
    if (kit.dialect === "sdk") equal(page.total, 3);
    equal(await kavach.audit.query({ agentId: agent.id, since: new Date(NEVER) }), []);
    const rows = JSON.parse(await kavach.audit.export());
    ok(
      rows.some(({ agentId }) => agentId === agent.id),
      "the export holds the entries",
    );
    const csv = await kavach.audit.export({ format: "csv", since: "2020-01-01T00:00:00Z" });
    ok(csv.startsWith("id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp"), csv);
  },

  async "the audit log at any size: iterated, and exported as a stream"(kit) {
    const kavach = connect(kit);
    const agent = await newAgent(kit);
    const resources = Array.from({ length: 7 }, (_, index) => `mcp:github:${index}`);
    for (const resource of resources) await kavach.authorize(agent.id, { action: "read", resource });
    const filters = { agentId: agent.id, actions: ["read"] };
    const found = [];
    for await (const { resource } of kavach.audit.iterate(filters, { pageSize: 3 })) found.push(resource);
    equal([...found].sort(), resources);
    equal((await kavach.audit.iterate(filters, { pageSize: 2 }).toArray({ limit: 5 })).length, 5);
    equal((await kavach.audit.iterate({ ...filters, offset: 6 }).toArray()).length, 1);
    for await (const _ of kavach.audit.iterate(filters, { pageSize: 1 })) break;
    const refused = kavach.audit.iterate({ limit: -1 });
    await rejects(refused.next(), kit.sdk.KavachError, "INVALID_ARGUMENT");
    equal((await refused.next()).done, true);
    const reader = (await kavach.audit.exportStream({ format: "csv" })).getReader();
    const { value } = await reader.read();
    equal(new TextDecoder().decode(value.subarray(0, 11)), "id,agentId,");
    await reader.cancel();
    const page = new TextDecoder().decode(await kavach.audit.queryBytes({ agentId: agent.id, limit: 2 }));
    ok(page.includes(agent.id), page);
  },

  async "what servers have no route for: one entry, all delegations, pages that go on later"(kit) {
    const kavach = connect(kit);
    const [agent, other] = [await newAgent(kit), await newAgent(kit)];
    const request = { action: "read", resource: "mcp:github:repos" };
    for (let index = 0; index < 5; index++) await kavach.authorize(agent.id, request);
    const ids = (await kavach.audit.query({ agentId: agent.id, limit: 100 })).map(({ id }) => id);
    const found = [];
    for (let cursor = null, isEnd = false; !isEnd; ) {
      isEnd = true;
      for await (const page of kavach.audit.iterate({ agentId: agent.id }, { pageSize: 2, cursor }).pages()) {
        found.push(...page.entries.map(({ id }) => id));
        cursor = page.cursor;
        isEnd = false;
        break;
      }
    }
    equal(found, ids);
    equal((await kavach.audit.get(ids.at(-1), { agentId: agent.id })).action, "read");
    equal(await kavach.audit.get("no-such-entry", { agentId: agent.id }), null);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const permissions = [{ resource: "mcp:github:*", actions: ["read"] }];
    const chain = await kavach.delegation.create({ fromAgent: agent.id, toAgent: other.id, permissions, expiresAt });
    equal((await kavach.delegation.listAll()).filter(({ id }) => id === chain.id).length, 1);
  },

  async "what is known of a call and of a server"(kit) {
    const ends = [];
    const kavach = connect(kit, { onCallEnd: (event) => ends.push(event) });
    equal(kavach.supports("mcp"), kavach.dialect === "auto" ? null : kavach.dialect === "sdk");
    const { data, status, headers, attempts } = await kavach.withResponse((options) => kavach.agents.list({}, options));
    ok(Array.isArray(data) && status === 200 && attempts > 0, `${status}`);
    ok(headers.get("content-type").includes("json"), "headers");
    equal([ends.length, ends[0].operation, ends[0].status, "headers" in ends[0]], [1, "agents.list", 200, false]);
    equal(kavach.supports("mcp"), kit.dialect === "sdk");
  },

  async "what only the sdk dialect has: effective permissions, MCP servers"(kit) {
    const kavach = connect(kit);
    const agent = await newAgent(kit);
    const server = { name: "github", endpoint: "https://mcp.example", tools: ["search"], rateLimit: { rpm: 60 } };
    if (kit.dialect === "adapter") {
      await rejects(kavach.delegation.getEffectivePermissions(agent.id), kit.sdk.KavachError, "NOT_SUPPORTED");
      await rejects(kavach.agents.getEffectivePermissions(agent.id), kit.sdk.KavachError, "NOT_SUPPORTED");
      await rejects(kavach.mcp.register(server), kit.sdk.KavachError, "NOT_SUPPORTED");
      await rejects(kavach.mcp.list(), kit.sdk.KavachError, "NOT_SUPPORTED");
      await rejects(kavach.mcp.get("x"), kit.sdk.KavachError, "NOT_SUPPORTED");
      return;
    }
    equal(await kavach.delegation.getEffectivePermissions(agent.id), [{ resource: "mcp:github:*", actions: ["read"] }]);
    equal(await kavach.agents.getEffectivePermissions(agent.id), [{ resource: "mcp:github:*", actions: ["read"] }]);
    const registered = await kavach.mcp.register(server);
    equal([registered.name, registered.tools, registered.authRequired], ["github", ["search"], true]);
    ok(
      (await kavach.mcp.list()).some(({ id }) => id === registered.id),
      "it is listed",
    );
    equal((await kavach.mcp.get(registered.id)).endpoint, "https://mcp.example");
    equal(await kavach.mcp.get("no-such-server"), null);
  },

  async "statistics for dashboards, where the dialect has them"(kit) {
    const kavach = connect(kit);
    if (kit.dialect === "sdk") {
      for (const dialectIsKnown of [false, true]) {
        if (dialectIsKnown) await kavach.agents.list();
        const error = await rejects(kavach.dashboard.stats(), kit.sdk.KavachError, "NOT_SUPPORTED");
        ok(error.message.startsWith("The dashboard summary is not available"), error.message);
      }
      return;
    }
    const before = await kavach.dashboard.stats();
    const agent = await newAgent(kit);
    await kavach.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
    await kavach.authorize(agent.id, { action: "write", resource: "mcp:github:repos" });
    const { agents, users, audit } = await kavach.dashboard.stats();
    ok(agents.total > before.agents.total && agents.active > before.agents.active, "it counts agents");
    ok(users.total > before.users.total, "it counts owners");
    ok(audit.allowed > before.audit.allowed && audit.denied > before.audit.denied, "it counts decisions");
    equal(audit.last24h, audit.allowed + audit.denied);
  },

  async "a route that the client has no method for"(kit) {
    const kavach = connect(kit, { token: "kv_s3cret" });
    const agent = await newAgent(kit);
    const body = await kavach.request({ path: "/agents/:id", params: { id: agent.id } });
    equal((kit.dialect === "adapter" ? body.data : body).id, agent.id);
    const list = await kavach.request({ path: "/agents", query: { userId: agent.ownerId, none: null } });
    equal((kit.dialect === "adapter" ? list.data : list).length, 1);
    const text = await kavach.request({ path: "/audit/export", query: { format: "csv" }, responseType: "text" });
    ok(text.startsWith("id,agentId,"), text.slice(0, 40));
    const before = kavach.mutations.count;
    const path = "/agents/:id";
    await kavach.request({ method: "PATCH", path, params: { id: agent.id }, body: { name: "renamed" } });
    equal([(await kavach.agents.get(agent.id)).name, kavach.mutations.count - before], ["renamed", 2]);
    const missing = await rejects(kavach.request({ path: "/nowhere" }), kit.sdk.NotFoundError, "ROUTE_NOT_FOUND");
    ok(missing.operation === "request" && !JSON.stringify(missing).includes("s3cret"), "a redacted error");
    for (const input of [
      undefined,
      {},
      { path: "agents" },
      { path: "//elsewhere.example/x" },
      { path: "/agents/../x" },
      { path: "/agents/%2e%2E/x" },
      { path: "/agents?x=1" },
      { path: "/agents/:id" },
      { path: "/agents/:id", params: { id: ".." } },
      { path: "/agents", params: { id: "a" } },
      { path: "/agents", method: "TRACE" },
      { path: "/agents", body: {} },
      { path: "/agents", query: { a: { b: 1 } } },
      { path: "/agents", methud: "GET" },
    ])
      await rejects(kavach.request(input), kit.sdk.KavachError, "INVALID_ARGUMENT");
  },

  async "what is not there: null for lookups, NotFoundError elsewhere"(kit) {
    const kavach = connect(kit);
    for (const id of ["missing", "a/../b", "ü ✓ %zz?#", "a b"]) {
      equal(await kavach.agents.get(id), null, id);
      const error = await rejects(kavach.agents.revoke(id), kit.sdk.NotFoundError, "NOT_FOUND");
      equal(error.statusCode, 404);
    }
  },

  async "wrong arguments are refused before anything is sent"(kit) {
    const sent = [];
    const fetch = (url, init) => {
      sent.push(url);
      return globalThis.fetch(url, init);
    };
    const kavach = connect(kit, { fetch, token: "kv_s3cret" });
    const { KavachError } = kit.sdk;
    const wrong = { ownerId: "u", name: "n", type: "service", permissions: [{ resource: "r", actions: "read" }] };
    const error = await rejects(kavach.agents.create(wrong), KavachError, "INVALID_ARGUMENT");
    equal(error.message, "input.permissions[0].actions must be an array of strings");
    await rejects(kavach.agents.get(""), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.agents.get(".."), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.agents.get("half a pair: \ud800"), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.agents.get(), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.audit.query({ since: "yesterday" }), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.agents.list({}, { headers: { "X-A": "a\nb" } }), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.agents.list({}, { signal: "now" }), KavachError, "INVALID_ARGUMENT");
    await rejects(kavach.auth.authorizeByToken("two words", { action: "a", resource: "r" }), KavachError);
    equal(sent, []);
  },

  async "a path as baseUrl is on the page's own server, and means nothing where there is no page"(kit) {
    const sent = [];
    const fetch = async (url) => {
      sent.push(url);
      return Response.json([]);
    };
    const make = () => new kit.sdk.KavachClient({ baseUrl: "/api/kavach/", fetch });
    const origin = globalThis.location?.origin;
    if (origin?.startsWith("http")) {
      await make().agents.list();
      equal(new URL(sent[0], origin).href, `${origin}/api/kavach/agents`);
    } else {
      const error = await rejects((async () => make())(), kit.sdk.KavachError, "INVALID_ARGUMENT");
      ok(error.message.startsWith("options.baseUrl "), error.message);
    }
  },

  async "authUrl says where the e-mail routes are, and only those"(kit) {
    const sent = [];
    const fetch = (url, init) => {
      sent.push(new URL(url).pathname);
      return globalThis.fetch(url, init);
    };
    const { session } = await owner(kit);
    const elsewhere = new URL("/nowhere", kit.baseUrl).href;
    const split = new kit.sdk.KavachClient({ baseUrl: elsewhere, authUrl: kit.baseUrl, fetch });
    equal((await split.auth.getSession(session.token)).userId, session.userId);
    const { pathname } = new URL(kit.baseUrl);
    ok(sent.length > 0 && sent.every((path) => path.startsWith(`${pathname}/`)), sent.join());
    sent.length = 0;
    await rejects(split.agents.list(), kit.sdk.NotFoundError, "ROUTE_NOT_FOUND");
    ok(sent.length > 0 && sent.every((path) => path.startsWith("/nowhere/")), sent.join());
    const lost = new kit.sdk.KavachClient({ baseUrl: elsewhere });
    const error = await rejects(lost.auth.getSession(session.token), kit.sdk.NotFoundError, "ROUTE_NOT_FOUND");
    ok(error.message.includes("/nowhere") && error.message.includes("authUrl"), error.message);
    ok(!error.message.includes(session.token), "no secret");
  },

  async "a timeout and an abort are distinguished"(kit) {
    const slow = (url, init) => new Promise((resolve) => setTimeout(() => resolve(globalThis.fetch(url, init)), 200));
    const kavach = connect(kit, { fetch: slow });
    const timeout = await rejects(kavach.agents.list({}, { timeout: 20 }), kit.sdk.TimeoutError, "TIMEOUT");
    ok(timeout instanceof kit.sdk.NetworkError && timeout instanceof Error, "a TimeoutError is a NetworkError");
    const controller = new AbortController();
    const reason = { why: "the user left" };
    setTimeout(() => controller.abort(reason), 20);
    const thrown = await kavach.agents.list({}, { signal: controller.signal }).catch((caught) => caught);
    ok(thrown === reason, "an abort rejects with signal.reason");
    await rejects(kavach.agents.list({}, { signal: AbortSignal.abort(new TypeError("early")) }), TypeError);
  },

  async "an unreachable server is a NetworkError with its cause"(kit) {
    const kavach = new kit.sdk.KavachClient({ baseUrl: "http://127.0.0.1:9/api/kavach", token: "kv_s3cret" });
    const error = await rejects(kavach.agents.list(), kit.sdk.NetworkError, "NETWORK_ERROR");
    ok(error.cause !== undefined && error.statusCode === undefined, "it has a cause and no status");
    ok(!JSON.stringify(error).includes("s3cret") && !error.message.includes("s3cret"), "no secret");
  },

  async "permission functions make plain objects"({ sdk }) {
    equal(sdk.readWrite("r"), { resource: "r", actions: ["read", "write"] });
    equal(sdk.fullAccess("r"), { resource: "r", actions: ["read", "write", "execute", "delete"] });
    const limited = sdk.rateLimited(sdk.withApproval(sdk.execute("r")), 5);
    equal(limited.constraints, { requireApproval: true, maxCallsPerHour: 5 });
    equal(sdk.parsePermissions([limited]), [limited]);
  },

  async "a client can be disposed of"(kit) {
    const kavach = connect(kit);
    const pending = kavach.agents.list({ status: "active" });
    kavach[Symbol.dispose]?.();
    ok(Array.isArray(await pending), "a call in flight goes on");
  },
};
