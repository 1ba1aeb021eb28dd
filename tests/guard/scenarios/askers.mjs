// A cache in front of a client whose token depends on who calls.
import { equal } from "../../suite/checks.mjs";
import { free, pause, READ } from "./alone.mjs";
import { ALLOWED, authorizer } from "./authorizer.mjs";

const CLIENT = Symbol.for("kavachos.client");

// What a KavachClient is to the cache, with a token source of one's own.
function client(source, answer) {
  const made = authorizer(
    answer ?? (async (_kind, _id, _request, options) => ({ ...ALLOWED, by: await tokenOf(options) })),
  );
  const sourceOf = (options) => options?.token ?? source;
  const tokenOf = async (options, context) => {
    const found = sourceOf(options);
    return typeof found === "function" ? found(context) : found;
  };
  const token = (options) => tokenOf(options, { reason: "initial", operation: "authorize" });
  return Object.assign(made, { tokenOf, [CLIENT]: { token, tokenSource: sourceOf, mutations: { count: 0 } } });
}

export const askers = {
  async "decisionCache: what one caller may see receives no other"({ guard }) {
    let who = "outsider";
    const kavach = client(
      () => who,
      async (_kind, _id, _request, options) => {
        if ((await kavach.tokenOf(options)) !== "admin") throw new Error("not yours");
        return ALLOWED;
      },
    );
    const cached = guard.decisionCache(kavach, { permissions: free });
    const ask = () =>
      cached.authorize("agent-1", READ).then(
        (decision) => decision.source,
        (error) => error.message,
      );
    const found = [];
    for (who of ["outsider", "admin", "admin", "outsider"]) found.push(await ask());
    equal(found, ["not yours", "server", "cache", "not yours"]);
    who = "admin";
    const own = (token) =>
      cached.authorize("agent-1", READ, { token }).then(
        ({ source }) => source,
        () => "not yours",
      );
    equal(
      [await own("outsider"), await own("admin"), await own(() => "admin"), await own(() => "other")],
      ["not yours", "cache", "cache", "not yours"],
    );
  },

  async "decisionCache: the token that makes the key is the one that is sent"({ guard }) {
    let calls = 0;
    const kavach = client(() => `t${++calls}`);
    const cached = guard.decisionCache(kavach, { permissions: free });
    equal((await cached.authorize("a", READ)).by, "t1");
    const held = [];
    const slow = client(
      () => held[0],
      async (_kind, _id, _request, options) => {
        held[0] = "other"; // The caller's context has changed while the call was on its way.
        return { ...ALLOWED, by: await slow.tokenOf(options) };
      },
    );
    held[0] = "mine";
    equal((await guard.decisionCache(slow, { permissions: free }).authorize("a", READ)).by, "mine");
  },

  async "decisionCache: a decision with a refreshed token is not kept"({ guard }) {
    let refreshed = 0;
    const kavach = client(
      (context) => (context.reason === "unauthorized" ? `new${++refreshed}` : "old"),
      async (_kind, _id, _request, { token }) => {
        const by = [await token({ reason: "initial" }), await token({ reason: "unauthorized", previousToken: "old" })];
        return { ...ALLOWED, by: [...by, await token({ reason: "initial" })] };
      },
    );
    const cached = guard.decisionCache(kavach, { permissions: free });
    equal((await cached.authorize("a", READ)).by, ["old", "new1", "old"]);
    equal([cached.size, (await cached.authorize("a", READ)).source], [0, "server"]);
  },

  async "decisionCache: calls by token do not ask for the caller's own"({ guard }) {
    const kavach = client(() => {
      throw new Error("nobody is signed in");
    });
    const cached = guard.decisionCache(kavach, { permissions: free });
    kavach.tokenOf = () => "none";
    const stub = authorizer();
    kavach.auth = stub.auth;
    equal((await cached.auth.authorizeByToken("kv_x", READ)).source, "server");
    equal((await cached.auth.authorizeByToken("kv_x", READ)).source, "cache");
  },

  async "decisionCache: an abort ends the wait for a token"({ guard }) {
    const cached = guard.decisionCache(client(() => new Promise(() => {})));
    const controller = new AbortController();
    setTimeout(() => controller.abort("gone"), 20);
    const found = await cached.authorize("a", READ, { signal: controller.signal }).catch((error) => error);
    equal(found, "gone");
    const late = await cached.authorize("a", READ, { deadline: 20 }).catch((error) => error);
    equal([late.name, late.code], ["TimeoutError", "DEADLINE_EXCEEDED"]);
  },

  async "decisionCache: a change by any client that shares the count empties it"({ guard }) {
    const kavach = client("t");
    const { mutations } = kavach[CLIENT];
    const cached = guard.decisionCache(guard.decisionCache(kavach, { permissions: free }), { permissions: free });
    await cached.authorize("a", READ);
    equal([cached.size, (await cached.authorize("a", READ)).source], [1, "cache"]);
    mutations.count++;
    equal([cached.size, (await cached.authorize("a", READ)).source], [0, "server"]);
  },

  async "decisionCache: permissions that are invalid never count as unconstrained"({ guard }) {
    const valid = { resource: "mcp:*", actions: ["read"] };
    const none = [
      ...[[], [null], [undefined], [{}], [[]], ["all"], {}, "all", 5, true, null, undefined, new Set([valid])],
      ...[[valid, null], [valid, {}], [{ ...valid, actions: "read" }], [{ ...valid, actions: [5] }]],
      ...[[{ ...valid, resource: 5 }], [{ resource: "x" }], [{ ...valid, constraint: { requireApproval: true } }]],
      ...[
        [{ ...valid, constraints: [] }],
        [{ ...valid, constraints: "none" }],
        [{ ...valid, constraints: { newOne: 1 } }],
      ],
      ...[[{ ...valid, constraints: { require_approval: true } }], [{ ...valid, constraints: { maxCallsPerHour: 0 } }]],
      [Object.create(valid)],
      [
        new (class {
          resource = "mcp:*";
          actions = ["read"];
          get constraints() {
            return { requireApproval: true };
          }
        })(),
      ],
      [{ ...valid, constraints: Object.create({ requireApproval: true }) }],
    ];
    for (const known of none) {
      const cached = guard.decisionCache(authorizer(), { permissions: () => known });
      await cached.authorize("a", READ);
      await pause(0);
      equal([JSON.stringify(known), cached.size], [JSON.stringify(known), 0]);
    }
    for (const known of [
      [valid],
      [{ ...valid, constraints: {} }],
      [{ ...valid, constraints: { ipAllowlist: null } }],
    ]) {
      const cached = guard.decisionCache(authorizer(), { permissions: () => known });
      await cached.authorize("a", READ);
      await pause(0);
      equal(cached.size, 1);
    }
  },

  async "decisionCache: a clock that is put back keeps nothing for longer"({ guard }) {
    const kavach = authorizer(async () => {
      await pause(60); // The server decides at once; its answer is on its way.
      return ALLOWED;
    });
    const cached = guard.decisionCache(kavach, { allowTtl: 100, permissions: free });
    await cached.authorize("a", READ);
    await pause(60);
    equal((await cached.authorize("a", READ)).source, "server", "its age begins with the question");
    const { now } = Date;
    try {
      Date.now = () => now.call(Date) - 3_600_000;
      await pause(110);
      equal((await cached.authorize("a", READ)).source, "server", "put back");
      Date.now = () => now.call(Date) + 3_600_000;
      equal((await cached.authorize("a", READ)).source, "server", "put forward, as after a sleep");
    } finally {
      Date.now = now;
    }
  },

  async "decisionCache: what is kept of a valid token lets through no longer than what allows"({ guard }) {
    const reason = 'No permission grants agent "a" access to "validate" on "kavachos:token"';
    const kavach = authorizer(() => ({ allowed: false, auditId: "a", reason }));
    const cached = guard.decisionCache(kavach, { allowTtl: 40, denyTtl: 60_000 });
    const request = new Request("https://a.example", { headers: { Authorization: "Bearer kv_x" } });
    const check = async () => (await guard.guard(cached, request, null)).decision.source;
    equal([await check(), await check()], ["server", "cache"]);
    await pause(60);
    equal(await check(), "server");
  },

  async "decisionCache: nobody can change what another receives"({ guard }) {
    const kavach = authorizer(() => ({ ...ALLOWED, more: { list: [1] } }));
    const cached = guard.decisionCache(kavach, { permissions: free });
    const first = await cached.authorize("a", READ);
    first.more.list.push(2);
    first.allowed = false;
    const second = await cached.authorize("a", READ);
    second.more.list.push(3);
    const third = await cached.authorize("a", READ);
    equal([third.allowed, third.source, third.more.list], [true, "cache", [1]]);
  },

  async "decisionCache: calls with init or other options go past it"({ guard }) {
    for (const options of [{ init: { dispatcher: {} } }, { headers: {} }, { somethingNew: 1 }]) {
      const kavach = authorizer();
      const cached = guard.decisionCache(kavach, { permissions: free });
      for (let call = 0; call < 2; call++) await cached.authorize("a", READ, options);
      equal([kavach.asked, cached.size], [2, 0]);
    }
    const kavach = authorizer();
    const cached = guard.decisionCache(kavach, { permissions: free });
    const options = { timeout: 5, deadline: 5_000, maxRetries: 0, cache: "no-store", headers: undefined };
    for (let call = 0; call < 2; call++) await cached.authorize("a", READ, options);
    equal(kavach.asked, 1);
  },
};
