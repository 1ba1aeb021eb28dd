// Handlers of every shape behind a guard, and guards that many requests share.
import { equal, rejects } from "../../suite/checks.mjs";
import { bearer, free, READ } from "./alone.mjs";

export const handlers = {
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

  async "protect: what the handler throws is rethrown"({ sdk, servers, guard }) {
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
