// The guards in Hono, Express 5 and 4, Fastify, Koa, HTTP/2 and Next.js' route handlers: they answer as `protect` and `guardSession` do.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect, createServer as createServer2 } from "node:http2";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";
import { startFixture } from "./fixture.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const sdk = await import(entry);
const load = (name) => import(new URL(`./${name}.js`, entry));
const plain = await load("guard");
const [hono, node, next] = await Promise.all(["hono", "express", "next"].map(load));
const PAGE = "https://page.example";
const RULE = { action: "read", resource: "mcp:github:repos" };
const OPTIONS = { cors: PAGE, resourceMetadata: "https://tools.example/metadata", maxRetries: 0 };
const packages = { hono: "4.13.19", express: "5.3.0", express4: "npm:express@4.21.2", fastify: "5.12.8", koa: "3.3.0" };

let fixture;
let modules;
before(async () => {
  const source = fileURLToPath(new URL("./consumer/", import.meta.url));
  const project = new Project({ name: "guard-adapters", source, packages }, {});
  await project.prepare();
  modules = createRequire(join(project.directory, "package.json"));
  fixture = await startFixture(sdk);
});
after(() => fixture?.stop());

// Serves with a framework, and resolves to a `fetch` of paths of it, and a way to stop it.
async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections?.();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, fetch: (path, init) => fetch(origin + path, init), stop };
}

function express(name) {
  return async (guards) => {
    const make = modules(name);
    const app = make();
    app.use((_req, res, go) => {
      res.vary("Accept-Encoding");
      go();
    });
    for (const [path, guard] of Object.entries(guards(node)))
      app.all(path, guard, (_req, res) => res.json(summary(res.locals.kavach)));
    app.use((error, _req, res, _next) => res.status(500).json({ error: error.message }));
    return listening(createServer(app));
  };
}

const frameworks = {
  async Hono(guards) {
    const app = new (modules("hono").Hono)();
    for (const [path, guard] of Object.entries(guards(hono)))
      app.all(path, guard, (c) => c.json(summary(c.var.kavach)));
    app.onError((error, c) => c.json({ error: error.message }, 500));
    return { fetch: async (path, init) => app.request(path, init), stop() {}, origin: "http://localhost" };
  },
  "Express 5": express("express"),
  "Express 4": express("express4"),
  async Fastify(guards) {
    const app = modules("fastify")();
    for (const [url, guard] of Object.entries(guards(node)))
      app.route({
        url,
        method: ["GET", "POST", "HEAD", "OPTIONS"],
        async onRequest(request, reply) {
          request.kavach = await guard(request.raw, reply.raw);
          if (!request.kavach) reply.hijack();
        },
        async handler(request, reply) {
          for (const [name, value] of Object.entries(reply.raw.getHeaders())) reply.header(name, value);
          return summary(request.kavach);
        },
      });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const origin = `http://127.0.0.1:${app.server.address().port}`;
    return { origin, fetch: (path, init) => fetch(origin + path, init), stop: () => app.close() };
  },
  async Koa(guards) {
    const app = new (modules("koa"))();
    const all = guards(node);
    app.use(async (ctx) => {
      const granted = await all[ctx.path](ctx.req, ctx.res);
      if (granted) ctx.body = summary(granted);
      else ctx.respond = false;
    });
    return listening(createServer(app.callback()));
  },
  async "HTTP/2"(guards) {
    const all = guards(node);
    const server = createServer2(async (req, res) => {
      const granted = await all[req.url.split("?")[0]](req, res);
      if (!granted) return;
      res.setHeader("content-type", "application/json");
      res.end(JSON.stringify(summary(granted)));
    });
    const made = await listening(server);
    const session = connect(made.origin);
    const send = (path, { method = "GET", headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const sent = {};
        for (const [name, value] of [...new Headers(headers)]) sent[name] = value;
        const stream = session.request({ ":method": method, ":path": path, ...sent });
        stream.on("error", reject);
        stream.on("response", async ({ ":status": status, ...found }) => {
          const text = (await stream.toArray()).join("");
          const kept = Object.entries(found).filter(([name]) => name[0] !== ":");
          resolve(new Response(status === 204 ? null : text, { status, headers: kept }));
        });
        stream.end();
      });
    return {
      ...made,
      fetch: send,
      stop() {
        session.close();
        return made.stop();
      },
    };
  },
  async "Next.js"(guards) {
    const all = guards({
      guard: (kavach, rule, options) => next.guard(kavach, rule, handled, options),
      guardSession: (kavach, options) => next.guardSession(kavach, handled, options),
    });
    return {
      fetch: (path, init) => all[path.split("?")[0]](new Request(`http://localhost${path}`, init), { params: {} }),
      stop() {},
      origin: "http://localhost",
    };
  },
};

// What the guard granted, without what differs from call to call.
function summary({ ok, decision, user, token, via }) {
  return { ok, allowed: decision?.allowed, id: user?.id, via, hasToken: token.length > 0 };
}
const handled = (_request, granted) => Response.json(summary(granted));

// What frameworks add by themselves.
const ADDED = /^(?:date|connection|keep-alive|transfer-encoding|content-length|x-powered-by|etag|allow)$/;
async function shown(response) {
  const headers = {};
  for (const [name, value] of response.headers) if (!ADDED.test(name)) headers[name] = value;
  headers["content-type"] = headers["content-type"]?.split(";")[0];
  headers.vary &&= headers.vary.replace("Accept-Encoding, ", "");
  if (headers.vary === "Accept-Encoding") delete headers.vary;
  const text = await response.text();
  return { status: response.status, headers, body: text && JSON.parse(text) };
}

const preflight = (origin) => ({
  method: "OPTIONS",
  headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
});
const bearer = (token, more) => ({ headers: { authorization: `Bearer ${token}`, ...more } });

describe("the guard of agents", () => {
  for (const [framework, serve] of Object.entries(frameworks)) {
    describe(`in ${framework}`, () => {
      let app;
      let expected;
      let tokens;
      const seen = [];
      before(async () => {
        const { baseUrl, tokens: known } = fixture.given.servers.sdk;
        tokens = known;
        const kavach = new sdk.KavachClient({ baseUrl, dialect: "sdk" });
        const away = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9", dialect: "sdk" });
        const deploy = { action: "execute", resource: "mcp:deploy:production" };
        const throwing = () => {
          throw new Error("canary of a rule");
        };
        const all = ({ guard }) => ({
          "/plain": guard(kavach, RULE),
          "/cors": guard(kavach, RULE, OPTIONS),
          "/deploy": guard(kavach, deploy, OPTIONS),
          "/away": guard(away, RULE, {
            ...OPTIONS,
            onRefusal: ({ reason, error }) => void seen.push([reason, error.code]),
          }),
          "/rule": guard(() => kavach, throwing),
          "/own": guard(kavach, RULE, { onRefusal: () => new Response('"own"', { status: 418 }) }),
        });
        app = await serve(all);
        const routes = all({
          guard: (client, rule, options) => plain.protect(client, rule, handled, options),
        });
        expected = (path, init) => routes[path](new Request(`http://localhost${path}`, init));
      });
      after(() => app?.stop());

      for (const [name, path, init] of [
        ["no token", "/plain", () => ({})],
        ["no token, from a page", "/cors", () => ({ headers: { origin: PAGE } })],
        ["another scheme", "/plain", () => ({ headers: { authorization: "Basic a2V5" } })],
        ["two tokens", "/plain", () => ({ headers: { authorization: "Bearer kv_a, Bearer kv_b" } })],
        ["a token that is unknown", "/cors", () => bearer("kv_nobody")],
        ["a token that may", "/plain", () => bearer(tokens.reader)],
        [
          "a token that may, in lower case and from a page",
          "/cors",
          () => ({ headers: { authorization: `bearer ${tokens.reader}`, origin: PAGE } }),
        ],
        [
          "a token that may, from another page",
          "/cors",
          () => bearer(tokens.reader, { origin: "https://evil.example" }),
        ],
        ["a token that may not", "/deploy", () => bearer(tokens.reader, { origin: PAGE })],
        ["a token that must wait for approval", "/deploy", () => bearer(tokens.waiting)],
        ["a token that has used up its rate", "/cors", () => bearer(tokens.limited)],
        ["an outage", "/away", () => bearer(tokens.reader, { origin: PAGE })],
        ["a rule that throws", "/rule", () => bearer(tokens.reader)],
        ["a refusal of the program", "/own", () => ({})],
        ["a preflight", "/cors", () => preflight(PAGE)],
        ["a preflight of another page", "/cors", () => preflight("https://evil.example")],
        ["a preflight that no option allows", "/plain", () => preflight(PAGE)],
        ["OPTIONS that is no preflight", "/cors", () => ({ method: "OPTIONS" })],
        ["HEAD without a token", "/plain", () => ({ method: "HEAD" })],
      ])
        it(`answers as protect does: ${name}`, async () => {
          const got = await shown(await app.fetch(path, init()));
          const wanted = await shown(await expected(path, init()));
          // Next.js drops the body of a route handler's response to HEAD.
          if (init().method === "HEAD") for (const one of [got, wanted]) one.body = "";
          assert.deepEqual(got, wanted);
        });

      it("calls onRefusal, with the cause", () => {
        assert.ok(seen.length > 0);
        for (const one of seen) assert.deepEqual(one, ["unavailable", "NETWORK_ERROR"]);
      });

      it("says that a setting is wrong when it is made", () => {
        for (const { guard } of [hono, node, next])
          assert.throws(() => guard(fixture, RULE), { code: "INVALID_ARGUMENT", message: /^kavach must be/ });
      });
    });
  }

  it("gives rules what handlers of the framework receive", async () => {
    const { baseUrl, tokens } = fixture.given.servers.sdk;
    const kavach = new sdk.KavachClient({ baseUrl, dialect: "sdk" });
    const init = bearer(tokens.reader);
    const app = new (modules("hono").Hono)();
    const rule = { action: "read", resource: (c) => `mcp:github:${c.req.param("name")}` };
    app.get("/repos/:name", hono.guard(kavach, rule), (c) => c.json(c.var.kavach.decision.allowed));
    app.get(
      "/notes/:name",
      hono.guard(kavach, (c) => ({ action: "read", resource: c.req.param("name") })),
      (c) => c.json(0),
    );
    assert.equal(await (await app.request("/repos/x", init)).json(), true);
    assert.equal((await app.request("/notes/x", init)).status, 403);

    const server = modules("express")();
    const byBody = {
      action: "execute",
      resource: (req) => `mcp:tools:${req.params.tool}`,
      arguments: (req) => req.body,
    };
    server.post("/tools/:tool", modules("express").json(), node.guard(kavach, byBody), (req, res) =>
      res.json(req.body),
    );
    const { fetch: ask, stop } = await listening(createServer(server));
    try {
      const post = (text) =>
        ask("/tools/echo", {
          method: "POST",
          body: JSON.stringify({ text }),
          headers: { "content-type": "application/json", authorization: `Bearer ${tokens.strict}` },
        });
      assert.deepEqual(await (await post("abc")).json(), { text: "abc" });
      assert.equal((await post("123")).status, 403);
    } finally {
      await stop();
    }
  });

  it("leaves the body to the handler", async () => {
    const { baseUrl, tokens } = fixture.given.servers.sdk;
    const kavach = new sdk.KavachClient({ baseUrl, dialect: "sdk" });
    const init = { method: "POST", body: "the body", ...bearer(tokens.reader) };
    const app = new (modules("hono").Hono)();
    app.post("/", hono.guard(kavach, RULE), async (c) => c.text(await c.req.text()));
    assert.equal(await (await app.request("/", init)).text(), "the body");
    const server = modules("express")();
    server.post("/", node.guard(kavach, RULE), modules("express").text({ type: "*/*" }), (req, res) =>
      res.send(req.body),
    );
    const { fetch: ask, stop } = await listening(createServer(server));
    assert.equal(await (await ask("/", init)).text(), "the body");
    await stop();
  });

  it("lets a proxy of Next.js go on, with the headers for pages", async () => {
    const { baseUrl, tokens } = fixture.given.servers.sdk;
    const kavach = new sdk.KavachClient({ baseUrl, dialect: "sdk" });
    const proxy = next.guard(kavach, RULE, { cors: PAGE });
    const response = await proxy(new Request("http://localhost/", bearer(tokens.reader, { origin: PAGE })));
    const { "x-middleware-next": goesOn, "access-control-allow-origin": origin } = Object.fromEntries(response.headers);
    assert.deepEqual([goesOn, origin], ["1", PAGE]);
    const refused = await proxy(new Request("http://localhost/"));
    assert.deepEqual([refused.status, refused.headers.has("x-middleware-next")], [401, false]);
  });

  it("names the adapter for a request of Node.js", async () => {
    const req = { headers: { authorization: "Bearer kv_a" }, method: "GET", url: "/" };
    const kavach = new sdk.KavachClient({ baseUrl: fixture.given.servers.sdk.baseUrl });
    const { mcpGuard } = await load("mcp");
    const guarded = mcpGuard(kavach, { resource: "https://tools.example/mcp", server: "t" });
    for (const call of [
      () => plain.guard(kavach, req, RULE),
      () => plain.guardSession(kavach, req),
      () => guarded(req, () => {}),
    ])
      await assert.rejects(call, {
        code: "INVALID_ARGUMENT",
        message: /^request must be a Request.*kavachos-wasm\/express/,
      });
  });
});

describe("the guard of people", () => {
  for (const [framework, serve] of Object.entries(frameworks)) {
    describe(`in ${framework}`, () => {
      let app;
      let expected;
      let token;
      before(async () => {
        const { baseUrl, person } = fixture.given.servers.adapter;
        [token] = person.tokens;
        const kavach = new sdk.KavachClient({ baseUrl, dialect: "adapter" });
        const away = new sdk.KavachClient({ baseUrl: "http://127.0.0.1:9", dialect: "adapter", maxRetries: 0 });
        const redirected = () => new Response('"sign in"', { status: 303, headers: { location: "/sign-in" } });
        const all = ({ guardSession }) => ({
          "/me": guardSession(() => kavach),
          "/away": guardSession(away),
          "/page": guardSession(kavach, { onRefusal: redirected }),
          "/broken": guardSession(kavach, { onRefusal: () => Promise.reject(new Error("broken")) }),
        });
        app = await serve(all);
        const routes = all({
          guardSession: (client, options) => async (request) => {
            const found = await plain.guardSession(typeof client === "function" ? client() : client, request, options);
            return found.ok ? handled(request, found) : found.response;
          },
        });
        expected = (path, init) => routes[path](new Request(app.origin + path, init));
      });
      after(() => app?.stop());

      for (const [name, path, init] of [
        ["nobody", "/me", () => ({})],
        ["a bearer token", "/me", () => bearer(token)],
        ["a bearer token that is unknown", "/me", () => bearer("nobody")],
        ["a cookie", "/me", () => ({ headers: { cookie: `kavach_session=${token}` } })],
        ["two cookies", "/me", () => ({ headers: { cookie: "kavach_session=a; kavach_session=b" } })],
        [
          "a cookie and a page of another site",
          "/me",
          () => ({ method: "POST", headers: { cookie: `kavach_session=${token}`, origin: "https://evil.example" } }),
        ],
        [
          "a cookie and a page of this site",
          "/me",
          () => ({ method: "POST", headers: { cookie: `kavach_session=${token}`, origin: app.origin } }),
        ],
        ["an outage", "/away", () => bearer(token)],
        ["a redirect of the program", "/page", () => ({ redirect: "manual" })],
        ["a program that fails", "/broken", () => ({})],
      ])
        it(`answers as guardSession does: ${name}`, async () => {
          const got = await shown(await app.fetch(path, init()));
          assert.deepEqual(got, await shown(await expected(path, init())));
        });
    });
  }

  it("finds the person for a component, whatever page led there", async () => {
    const { baseUrl, person } = fixture.given.servers.adapter;
    const kavach = new sdk.KavachClient({ baseUrl, dialect: "adapter" });
    const headers = new Headers({ cookie: `kavach_session=${person.tokens[0]}`, "sec-fetch-site": "cross-site" });
    const found = await next.checkSession(kavach, headers);
    assert.deepEqual([found.ok, found.user.id], [true, person.id]);
    assert.equal((await next.checkSession(kavach, new Headers())).reason, "missing_session");
  });
});
