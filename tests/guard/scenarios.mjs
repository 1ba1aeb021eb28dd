// What takes more than one request: many decisions at once, decisions that are kept, and handlers of every shape. All of it
// against the local server, whose audit log says what has been asked.
import { equal, ok, rejects } from "../suite/checks.mjs";

const READ = { action: "read", resource: "mcp:github:repos" };
const free = () => [{ resource: "mcp:github:*", actions: ["read"] }];
const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

// A client that counts what it sends, and an agent of its own.
async function alone({ sdk, servers }, permissions = [sdk.read("mcp:github:*")], dialect = "sdk") {
  const sent = [];
  const kavach = new sdk.KavachClient({
    ...{ baseUrl: servers[dialect].baseUrl, dialect },
    onRequest: ({ operation }) => sent.push(operation),
  });
  const agent = await kavach.agents.create({ ownerId: "user-123", name: "alone", type: "service", permissions });
  const asked = () => sent.filter((operation) => operation.includes("uthorize")).length;
  return { kavach, agent, asked };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// A fetch whose first answer is held back until it is let go.
class Hold {
  #calls = 0;
  #arrive;
  reached = new Promise((resolve) => {
    this.#arrive = resolve;
  });
  #opened = new Promise((resolve) => {
    this.open = resolve;
  });
  fetch = async (url, init) => {
    const isFirst = this.#calls++ === 0;
    const response = await globalThis.fetch(url, init);
    if (isFirst) {
      this.#arrive();
      await this.#opened;
    }
    return response;
  };
}

const many = {
  async "authorizeMany: order is kept, and denials are decisions"(world) {
    const { kavach, agent } = await alone(world);
    const names = Array.from({ length: 20 }, (_, index) => index);
    const requests = names.map((index) => ({ action: index % 3 ? "read" : "write", resource: `mcp:github:${index}` }));
    const outcomes = await world.guard.authorizeMany(kavach, agent.id, requests);
    const got = outcomes.map(({ decision }) => `${decision.allowed} ${decision.source}`);
    equal(
      got,
      names.map((index) => `${index % 3 > 0} server`),
    );
    for (const index of [0, 3, 18]) ok(outcomes[index].decision.reason.includes(`mcp:github:${index}"`), "its reason");
  },

  async "authorizeMany: by token, in the adapter's dialect"(world) {
    const { kavach, agent } = await alone(world, undefined, "adapter");
    const [yes, no] = await world.guard.authorizeMany(kavach, { token: agent.token }, [
      READ,
      { ...READ, action: "write" },
    ]);
    equal([yes.decision.allowed, no.decision.allowed], [true, false]);
  },

  async "authorizeMany: the same is asked once, whatever the order of its members"(world) {
    const { kavach, agent, asked } = await alone(world);
    const one = { ...READ, arguments: { a: 1, b: { c: [2], d: 3 } } };
    const other = { arguments: { b: { d: 3, c: [2] }, a: 1 }, resource: READ.resource, action: READ.action };
    const outcomes = await world.guard.authorizeMany(kavach, agent.id, [
      one,
      other,
      READ,
      one,
      { ...one, arguments: {} },
    ]);
    equal(asked(), 3);
    const ids = outcomes.map(({ decision }) => decision.auditId);
    equal([ids[0] === ids[1], ids[0] === ids[3], new Set(ids).size], [true, true, 3]);
    ok(outcomes[0].decision !== outcomes[1].decision, "each has its own");
    const audited = await kavach.audit.query({ agentId: agent.id });
    equal(audited.length, 3);
  },

  async "authorizeMany: dedupe: false asks each"(world) {
    const { kavach, agent, asked } = await alone(world);
    await world.guard.authorizeMany(kavach, agent.id, [READ, READ, READ], { dedupe: false });
    equal(asked(), 3);
  },

  async "authorizeMany: at most so many at once"({ sdk, servers, guard }) {
    for (const [concurrency, most] of [
      [undefined, 6],
      [2, 2],
      [Number.POSITIVE_INFINITY, 15],
    ]) {
      let [now, highest] = [0, 0];
      const fetch = async (url, init) => {
        highest = Math.max(highest, ++now);
        await pause(5);
        const response = await globalThis.fetch(url, init);
        now--;
        return response;
      };
      const kavach = new sdk.KavachClient({ baseUrl: servers.sdk.baseUrl, dialect: "sdk", fetch });
      const requests = Array.from({ length: 15 }, (_, index) => ({ action: "read", resource: `r:${index}` }));
      await guard.authorizeMany(kavach, { token: servers.sdk.tokens.spare }, requests, { concurrency });
      equal(highest, most);
    }
  },

  async "authorizeMany: what cannot be asked is an error in its place"(world) {
    const { kavach, agent, asked } = await alone(world);
    const circular = { ...READ, arguments: {} };
    circular.arguments.self = circular.arguments;
    const requests = [READ, undefined, { action: "read" }, circular, null, { ...READ, arguments: { big: 1n } }];
    const outcomes = await world.guard.authorizeMany(kavach, agent.id, requests);
    equal(outcomes[0].decision.allowed, true);
    for (const { error, decision } of outcomes.slice(1))
      equal([error instanceof world.sdk.KavachError, error.code, decision], [true, "INVALID_ARGUMENT", undefined]);
    equal(asked(), 1);
  },

  async "authorizeMany: an outage is an error in each place"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9", dialect: "sdk", maxRetries: 0 });
    const outcomes = await guard.authorizeMany(kavach, "a", [READ, { ...READ, action: "write" }]);
    equal(
      outcomes.map(({ error }) => error.code),
      ["NETWORK_ERROR", "NETWORK_ERROR"],
    );
  },

  async "authorizeMany: one abort stops all"({ sdk, guard, faults }) {
    let asked = 0;
    const kavach = new sdk.KavachClient({
      ...{ baseUrl: `${faults}/stalled-before-headers/many`, dialect: "sdk", onRequest: () => asked++ },
    });
    const controller = new AbortController();
    const requests = Array.from({ length: 30 }, (_, index) => ({ action: "read", resource: `r:${index}` }));
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 50);
    const caught = await guard.authorizeMany(kavach, "a", requests, { signal: controller.signal }).catch((e) => e);
    ok(caught === reason, `${caught}`);
    await pause(30);
    equal(asked, 6);
  },

  async "authorizeMany: aborted before, nothing is sent"(world) {
    const { kavach, agent, asked } = await alone(world);
    for (const requests of [[READ], []]) {
      const signal = AbortSignal.abort("before");
      const caught = await world.guard.authorizeMany(kavach, agent.id, requests, { signal }).catch((error) => error);
      equal(caught, "before");
    }
    equal(asked(), 0);
    equal(await world.guard.authorizeMany(kavach, agent.id, []), []);
  },

  async "authorizeMany: arguments are checked"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9" });
    const wrong = [
      [kavach, "", []],
      [kavach, {}, []],
      [kavach, "a", READ],
      [kavach, "a", [], { concurrency: 0 }],
      [kavach, "a", [], { concurrency: 1.5 }],
      [kavach, "a", [], { dedupe: "no" }],
      [kavach, "a", [], { signal: {} }],
      [{}, "a", []],
    ];
    for (const given of wrong) await rejects(guard.authorizeMany(...given), sdk.KavachError, "INVALID_ARGUMENT");
  },
};

const cache = {
  async "decisionCache: what no constraint has a say in is asked once, and says so"(world) {
    const { kavach, agent, asked } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
    const check = () => world.guard.guard(cached, new Request("https://a.example", bearer(agent.token)), READ);
    const sources = [await check(), await check(), await check()].map(({ decision }) => decision.source);
    equal(sources, ["server", "cache", "cache"]);
    equal([asked(), cached.size], [1, 1]);
    const [byId] = await world.guard.authorizeMany(cached, agent.id, [READ]);
    equal([byId.decision.source, asked(), cached.size], ["server", 2, 2]);
    const [again] = await world.guard.authorizeMany(cached, agent.id, [READ]);
    equal([again.decision.source, again.decision.auditId === byId.decision.auditId], ["cache", true]);
  },

  async "decisionCache: what is allowed is not kept if permissions are unknown or have constraints"(world) {
    const constrained = () => [{ ...free()[0], constraints: { maxCallsPerHour: 100 } }];
    const broken = () => {
      throw new Error("unknown");
    };
    for (const permissions of [undefined, () => undefined, async () => null, constrained, () => "all", broken]) {
      const { kavach, agent, asked } = await alone(world);
      const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, permissions });
      for (let call = 0; call < 2; call++)
        equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
      equal([asked(), cached.size], [2, 0]);
    }
  },

  async "decisionCache: an hourly limit is counted by the server alone"(world) {
    const { kavach, agent } = await alone(world, [world.sdk.rateLimited(world.sdk.read("mcp:github:*"), 2)]);
    const cached = world.guard.decisionCache(kavach, {
      permissions: async () => (await kavach.agents.get(agent.id)).permissions,
    });
    const allowed = [];
    for (let call = 0; call < 4; call++) allowed.push((await cached.auth.authorizeByToken(agent.token, READ)).allowed);
    equal(allowed, [true, true, false, false]);
    equal(cached.size, 0);
  },

  async "decisionCache: denials that come before constraints are kept, others are not"(world) {
    const { kavach, agent, asked } = await alone(world, [world.sdk.withApproval(world.sdk.execute("mcp:deploy:*"))]);
    const cached = world.guard.decisionCache(kavach, {});
    const twice = async (token, request) => {
      const before = asked();
      for (let call = 0; call < 2; call++) equal((await cached.auth.authorizeByToken(token, request)).allowed, false);
      return asked() - before;
    };
    equal(await twice(agent.token, READ), 1);
    equal(await twice("kv_nobody", READ), 1);
    equal(await twice(agent.token, { action: "execute", resource: "mcp:deploy:production" }), 2);
  },

  async "decisionCache: tokens, agents, requests and arguments are told apart"(world) {
    const { kavach, agent, asked } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { permissions: free });
    const { spare } = world.servers.sdk.tokens;
    const asks = [
      () => cached.auth.authorizeByToken(agent.token, READ),
      () => cached.auth.authorizeByToken(spare, READ),
      () => cached.auth.authorizeByToken(agent.token, { ...READ, resource: "mcp:github:issues" }),
      () => cached.auth.authorizeByToken(agent.token, { ...READ, arguments: { a: 1 } }),
      () => cached.auth.authorizeByToken(agent.token, { ...READ, arguments: { a: "1" } }),
      () => cached.authorize(agent.id, READ),
    ];
    for (const ask of asks) equal((await ask()).source, "server");
    equal(asked(), asks.length);
    for (const ask of asks) equal((await ask()).source, "cache");
    equal(asked(), asks.length);
  },

  async "decisionCache: calls with headers or a token of their own go past it"(world) {
    const { kavach, agent, asked } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { permissions: free });
    for (let call = 0; call < 2; call++) {
      await cached.authorize(agent.id, READ, { headers: { "X-Tenant": "a" } });
      await cached.authorize(agent.id, READ, { token: "kv_other" });
    }
    equal([asked(), cached.size], [4, 0]);
  },

  async "decisionCache: is emptied by each change that this client makes"(world) {
    const { kavach, agent } = await alone(world);
    const other = await alone(world);
    const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, denyTtl: 60_000, permissions: free });
    const loan = {
      ...{ fromAgent: agent.id, toAgent: other.agent.id, permissions: [world.sdk.read("mcp:github:repos")] },
      expiresAt: "2099-01-01T00:00:00Z",
    };
    let chain;
    const changes = {
      update: () => kavach.agents.update(agent.id, { name: "renamed" }),
      create: async () => {
        chain = await kavach.delegation.create(loan);
      },
      "revoke a loan": () => kavach.delegation.revoke(chain.id),
      rotate: () => kavach.agents.rotate(other.agent.id),
      "a failing rotate": () => kavach.agents.rotate("nobody").catch(() => {}),
      revoke: () => kavach.agents.revoke(other.agent.id),
    };
    for (const [name, change] of Object.entries(changes)) {
      await cached.auth.authorizeByToken(agent.token, READ);
      equal([name, (await cached.auth.authorizeByToken(agent.token, READ)).source], [name, "cache"]);
      await change();
      equal([name, cached.size], [name, 0]);
      equal([name, (await cached.auth.authorizeByToken(agent.token, READ)).source], [name, "server"]);
    }
    equal(await kavach.agents.get("nobody"), null);
    ok(cached.size > 0, "reading empties nothing");
  },

  async "decisionCache: a revoked agent is denied at once"(world) {
    const { kavach, agent } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
    const check = async () => (await cached.auth.authorizeByToken(agent.token, READ)).allowed;
    equal([await check(), await check()], [true, true]);
    await kavach.agents.revoke(agent.id);
    equal(await check(), false);
  },

  async "decisionCache: a decision that was on its way during a change is not kept"(world) {
    const { agent } = await alone(world);
    for (const change of [
      (kavach) => kavach.agents.update(agent.id, { name: "renamed" }),
      (_kavach, cached) => cached.clear(),
    ]) {
      const held = new Hold();
      const kavach = new world.sdk.KavachClient({
        baseUrl: world.servers.sdk.baseUrl,
        dialect: "sdk",
        fetch: held.fetch,
      });
      const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
      const early = cached.auth.authorizeByToken(agent.token, READ);
      await held.reached; // The server has decided.
      await change(kavach, cached);
      held.open();
      equal([(await early).source, cached.size], ["server", 0]);
      equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
      equal(cached.size, 1);
    }
  },

  async "decisionCache: decisions end"(world) {
    const { kavach, agent, asked } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { allowTtl: 40, denyTtl: 0, permissions: free });
    await cached.auth.authorizeByToken(agent.token, READ);
    await pause(80);
    equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
    equal(asked(), 2);
    for (let call = 0; call < 2; call++) await cached.auth.authorizeByToken(agent.token, { ...READ, action: "write" });
    equal(asked(), 4);
  },

  async "decisionCache: the one that was not used for longest goes first"(world) {
    const { kavach, agent } = await alone(world);
    const cached = world.guard.decisionCache(kavach, { allowTtl: 5_000, max: 2, permissions: free });
    const source = async (name) =>
      (await cached.auth.authorizeByToken(agent.token, { action: "read", resource: `mcp:github:${name}` })).source;
    equal(
      [await source("a"), await source("b"), await source("a"), await source("c")].join(),
      "server,server,cache,server",
    );
    equal(cached.size, 2);
    equal([await source("a"), await source("b")].join(), "cache,server");
  },

  async "decisionCache: failures are not kept"({ sdk, guard, faults }) {
    const kavach = new sdk.KavachClient({ baseUrl: `${faults}/html-502/cached`, dialect: "sdk", maxRetries: 0 });
    const cached = guard.decisionCache(kavach, {});
    for (let call = 0; call < 2; call++) await rejects(cached.auth.authorizeByToken("kv_x", READ), sdk.ServerError);
    equal(cached.size, 0);
  },

  async "decisionCache: what cannot be asked is refused by the client"(world) {
    const { kavach } = await alone(world);
    const cached = world.guard.decisionCache(kavach, {});
    for (const given of [
      [5, READ],
      ["kv_x", {}],
      ["kv_x", undefined],
      ["kv_x", READ, { timeout: -1 }],
    ])
      await rejects(cached.auth.authorizeByToken(...given), world.sdk.KavachError, "INVALID_ARGUMENT");
    await rejects(cached.authorize(undefined, READ), world.sdk.KavachError, "INVALID_ARGUMENT");
    const signal = AbortSignal.abort("enough");
    equal(await cached.authorize("a", READ, { signal }).catch((error) => error), "enough");
  },

  async "decisionCache: arguments are checked"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9" });
    const wrong = [
      { allowTtl: 5_001 },
      { allowTtl: -1 },
      { denyTtl: 0.5 },
      { max: Number.NaN },
      { permissions: [] },
      [],
    ];
    for (const options of wrong)
      await rejects((async () => guard.decisionCache(kavach, options))(), sdk.KavachError, "INVALID_ARGUMENT");
    await rejects((async () => guard.decisionCache({}))(), sdk.KavachError, "INVALID_ARGUMENT");
  },
};

const handlers = {
  async "protect: passes on what the runtime gives, after what was granted"({ sdk, servers, guard }) {
    const { reader } = servers.sdk.tokens;
    let made = 0;
    let kavach;
    const client = (_request, env) => {
      made++;
      kavach ??= new sdk.KavachClient({ baseUrl: env.url });
      return kavach;
    };
    const handler = (request, { decision, token }, env, ctx) =>
      Response.json([request.method, decision.allowed, token === reader, env.url === servers.sdk.baseUrl, ctx]);
    const fetch = guard.protect(client, READ, handler);
    const response = await fetch(new Request("https://a.example", bearer(reader)), { url: servers.sdk.baseUrl }, "ctx");
    equal(await response.json(), ["GET", true, true, true, "ctx"]);
    equal(made, 1);
  },

  async "protect: a client that cannot be made refuses"({ sdk, guard }) {
    let ran = 0;
    const handler = () => {
      ran++;
      return new Response("ran");
    };
    const seen = [];
    const onRefusal = ({ error }) => {
      seen.push(error.code ?? error.message);
    };
    const none = [
      () => undefined,
      (_request, env) => new sdk.KavachClient({ baseUrl: env.url }),
      () => Promise.reject(new Error("no environment")),
    ];
    for (const client of none) {
      const fetch = guard.protect(client, READ, handler, { onRefusal });
      equal((await fetch(new Request("https://a.example", bearer("kv_x")), {})).status, 503);
    }
    equal([ran, seen], [0, ["INVALID_ARGUMENT", "INVALID_ARGUMENT", "no environment"]]);
  },

  async "protect: onRefusal may answer in another way, and may fail"({ sdk, servers, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: servers.sdk.baseUrl });
    const handler = () => new Response("ran");
    const answers = [
      [({ reason }) => new Response(reason, { status: 418 }), 418],
      [async () => undefined, 401],
      [
        () => {
          throw new Error("broken");
        },
        401,
      ],
      [() => Promise.reject(new Error("broken")), 401],
    ];
    for (const [onRefusal, status] of answers) {
      const response = await guard.protect(kavach, READ, handler, { onRefusal })(new Request("https://a.example"));
      equal(response.status, status);
    }
  },

  async "protect: what the handler throws is its own affair"({ sdk, servers, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: servers.sdk.baseUrl });
    const fetch = guard.protect(kavach, READ, async () => {
      throw new RangeError("mine");
    });
    const caught = await fetch(new Request("https://a.example", bearer(servers.sdk.tokens.reader))).catch((e) => e);
    equal([caught.name, caught.message], ["RangeError", "mine"]);
  },

  async "protect: arguments are checked at once"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9" });
    const handler = () => new Response("ran");
    const wrong = [
      [{}, READ, handler],
      [kavach, {}, handler],
      [kavach, READ, undefined],
      [kavach, READ, handler, { onRefusal: "log" }],
      [kavach, READ, handler, { onUnavailable: "allow" }],
    ];
    for (const given of wrong)
      await rejects((async () => guard.protect(...given))(), sdk.KavachError, "INVALID_ARGUMENT");
  },

  async "guard: one abort rejects with its reason"({ sdk, guard, faults }) {
    const kavach = new sdk.KavachClient({ baseUrl: `${faults}/stalled-before-headers/abort`, dialect: "sdk" });
    const controller = new AbortController();
    setTimeout(() => controller.abort("gone"), 30);
    const options = {
      ...{ signal: controller.signal, onUnavailable: "local", permissions: free },
      evaluate: () => ({ allowed: true }),
    };
    const request = new Request("https://a.example", bearer("kv_x"));
    equal(await guard.guard(kavach, request, READ, options).catch((error) => error), "gone");
  },

  async "guard: 50 requests share one client"({ sdk, servers, guard }) {
    for (const dialect of ["sdk", "adapter"]) {
      const kavach = new sdk.KavachClient({ baseUrl: servers[dialect].baseUrl });
      const { reader, unknown } = servers[dialect].tokens;
      const checked = await Promise.all(
        Array.from({ length: 50 }, (_, index) => {
          const request = new Request("https://a.example", bearer(index % 2 ? reader : unknown));
          return guard.guard(kavach, request, READ);
        }),
      );
      equal(
        checked.map(({ ok }) => ok),
        checked.map((_, index) => index % 2 === 1),
      );
    }
  },

  async "guard: knows no client and no request where there is none"({ sdk, guard }) {
    const kavach = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9" });
    for (const given of [
      [undefined, new Request("https://a.example"), READ],
      [kavach, {}, READ],
      [kavach, null, READ],
    ])
      await rejects(guard.guard(...given), sdk.KavachError, "INVALID_ARGUMENT");
  },
};

export const scenarios = { ...many, ...cache, ...handlers };
