// Decisions that are kept: which, how long, and what empties the cache.
import { equal, ok, rejects } from "../../suite/checks.mjs";
import { alone, bearer, free, pause, READ } from "./alone.mjs";

// A fetch whose first answer is held back until it is released.
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

export const cache = {
  async "decisionCache: a decision without constraints is asked for once, and says so"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
    const check = () => fixture.guard.guard(cached, new Request("https://a.example", bearer(agent.token)), READ);
    const sources = [await check(), await check(), await check()].map(({ decision }) => decision.source);
    equal(sources, ["server", "cache", "cache"]);
    equal([asked(), cached.size], [1, 1]);
    const [byId] = await fixture.guard.authorizeMany(cached, agent.id, [READ]);
    equal([byId.decision.source, asked(), cached.size], ["server", 2, 2]);
    const [again] = await fixture.guard.authorizeMany(cached, agent.id, [READ]);
    equal([again.decision.source, again.decision.auditId === byId.decision.auditId], ["cache", true]);
  },

  async "decisionCache: what is allowed is not kept if permissions are unknown or have constraints"(fixture) {
    const constrained = () => [{ ...free()[0], constraints: { maxCallsPerHour: 100 } }];
    const broken = () => {
      throw new Error("unknown");
    };
    for (const permissions of [undefined, () => undefined, async () => null, constrained, () => "all", broken]) {
      const { kavach, agent, asked } = await alone(fixture);
      const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, permissions });
      for (let call = 0; call < 2; call++)
        equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
      equal([asked(), cached.size], [2, 0]);
    }
  },

  async "decisionCache: an hourly limit is counted by the server alone"(fixture) {
    const { kavach, agent } = await alone(fixture, [fixture.sdk.rateLimited(fixture.sdk.read("mcp:github:*"), 2)]);
    const cached = fixture.guard.decisionCache(kavach, {
      permissions: async () => (await kavach.agents.get(agent.id)).permissions,
    });
    const allowed = [];
    for (let call = 0; call < 4; call++) allowed.push((await cached.auth.authorizeByToken(agent.token, READ)).allowed);
    equal(allowed, [true, true, false, false]);
    equal(cached.size, 0);
  },

  async "decisionCache: denials that come before constraints are kept, others are not"(fixture) {
    const { kavach, agent, asked } = await alone(fixture, [
      fixture.sdk.withApproval(fixture.sdk.execute("mcp:deploy:*")),
    ]);
    const cached = fixture.guard.decisionCache(kavach, {});
    const twice = async (token, request) => {
      const before = asked();
      for (let call = 0; call < 2; call++) equal((await cached.auth.authorizeByToken(token, request)).allowed, false);
      return asked() - before;
    };
    equal(await twice(agent.token, READ), 1);
    equal(await twice("kv_nobody", READ), 1);
    equal(await twice(agent.token, { action: "execute", resource: "mcp:deploy:production" }), 2);
  },

  async "decisionCache: tokens, agents, requests and arguments are distinguished"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { permissions: free });
    const { spare } = fixture.servers.sdk.tokens;
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

  async "decisionCache: calls with their own headers go past it, those with a token are kept for that token"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { permissions: free });
    for (let call = 0; call < 2; call++) {
      await cached.authorize(agent.id, READ, { headers: { "X-Tenant": "a" } });
      await cached.authorize(agent.id, READ, { token: "kv_other" });
    }
    equal([asked(), cached.size], [3, 1]);
  },

  async "decisionCache: is emptied by each change that this client makes"(fixture) {
    const { kavach, agent } = await alone(fixture);
    const other = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, denyTtl: 60_000, permissions: free });
    const loan = {
      ...{ fromAgent: agent.id, toAgent: other.agent.id, permissions: [fixture.sdk.read("mcp:github:repos")] },
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

  async "decisionCache: a revoked agent is denied at once"(fixture) {
    const { kavach, agent } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
    const check = async () => (await cached.auth.authorizeByToken(agent.token, READ)).allowed;
    equal([await check(), await check()], [true, true]);
    await kavach.agents.revoke(agent.id);
    equal(await check(), false);
  },

  async "decisionCache: a decision that was on its way during a change is not kept"(fixture) {
    const { agent } = await alone(fixture);
    for (const change of [
      (kavach) => kavach.agents.update(agent.id, { name: "renamed" }),
      (_kavach, cached) => cached.clear(),
    ]) {
      const held = new Hold();
      const kavach = new fixture.sdk.KavachClient({
        baseUrl: fixture.servers.sdk.baseUrl,
        dialect: "sdk",
        fetch: held.fetch,
      });
      const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, permissions: free });
      const early = cached.auth.authorizeByToken(agent.token, READ);
      await held.reached; // The server has decided.
      await change(kavach, cached);
      held.open();
      equal([(await early).source, cached.size], ["server", 0]);
      equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
      equal(cached.size, 1);
    }
  },

  async "decisionCache: decisions end"(fixture) {
    const { kavach, agent, asked } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { allowTtl: 40, denyTtl: 0, permissions: free });
    await cached.auth.authorizeByToken(agent.token, READ);
    await pause(80);
    equal((await cached.auth.authorizeByToken(agent.token, READ)).source, "server");
    equal(asked(), 2);
    for (let call = 0; call < 2; call++) await cached.auth.authorizeByToken(agent.token, { ...READ, action: "write" });
    equal(asked(), 4);
  },

  async "decisionCache: the one that was not used for longest goes first"(fixture) {
    const { kavach, agent } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, { allowTtl: 5_000, max: 2, permissions: free });
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

  async "decisionCache: what cannot be asked is refused by the client"(fixture) {
    const { kavach } = await alone(fixture);
    const cached = fixture.guard.decisionCache(kavach, {});
    for (const given of [
      [5, READ],
      ["kv_x", {}],
      ["kv_x", undefined],
      ["kv_x", READ, { timeout: -1 }],
    ])
      await rejects(cached.auth.authorizeByToken(...given), fixture.sdk.KavachError, "INVALID_ARGUMENT");
    await rejects(cached.authorize(undefined, READ), fixture.sdk.KavachError, "INVALID_ARGUMENT");
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
