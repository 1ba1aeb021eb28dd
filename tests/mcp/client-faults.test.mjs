// The client of MCP servers at hostile servers, over real connections: what it reports, and that no secret goes where it does not belong.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";

const { KavachError } = await import(process.env.KAVACHOS_PACKAGE);
const { createMcpClient } = await import(new URL("./mcp-client.js", process.env.KAVACHOS_PACKAGE));
const redirectUrl = "http://127.0.0.1:9/callback";
const CANARIES = ["code-canary", "access-canary", "refresh-canary"];
const json = (body, status = 200, headers = {}) => ({ status, headers, body: JSON.stringify(body) });
const endless = (response) => {
  response.on("error", () => {});
  const fill = () => {
    if (!response.destroyed) response.write(" ".repeat(16_384), () => setImmediate(fill));
  };
  fill();
};

/** A server that answers by path, and remembers what it was sent. */
async function serve(routes) {
  const seen = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
    const route = routes[request.url.split("?")[0]];
    const answer = typeof route === "function" ? await route({ request, response, body }) : route;
    if (response.writableEnded || answer === undefined) return route ? undefined : response.writeHead(404).end();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, seen, stop, routes };
}

describe("a hostile authorization server", () => {
  let thief;
  before(async () => {
    thief = await serve({});
    for (const path of ["/token", "/register", "/stolen"])
      thief.routes[path] = json({ access_token: "x", token_type: "Bearer" });
  });
  after(() => thief.stop());

  /** An MCP server and its authorization server on one origin. What is given stands in for what would be right. */
  async function world(context, given = {}) {
    const routes = {};
    const server = await serve(routes);
    context.after(server.stop);
    const { origin } = server;
    const tokens = (number) => ({
      ...{ access_token: `access-canary-${number}`, token_type: "Bearer", expires_in: 1 },
      ...{ refresh_token: `refresh-canary-${number}`, scope: "offline_access" },
    });
    Object.assign(routes, {
      "/mcp": { status: 401, headers: {}, body: "" },
      "/.well-known/oauth-protected-resource/mcp": json({ resource: `${origin}/mcp`, authorization_servers: [origin] }),
      "/.well-known/oauth-authorization-server": json({
        issuer: origin,
        ...{ authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` },
        ...{ registration_endpoint: `${origin}/register`, scopes_supported: ["offline_access"] },
        ...{ response_types_supported: ["code"], code_challenge_methods_supported: ["S256"] },
        ...given.document?.(origin),
      }),
      "/register": json({ client_id: "client", redirect_uris: [redirectUrl] }, 201),
      "/token": ({ body }) => json(tokens(new URLSearchParams(body).get("grant_type") === "refresh_token" ? 2 : 1)),
      ...given.routes?.(origin),
    });
    const client = createMcpClient({ url: `${origin}/mcp`, redirectUrl, timeout: given.timeout ?? 10_000 });
    return { ...server, routes, client };
  }

  async function answered({ client }, more = {}) {
    const { url } = await client.connect();
    const back = new URL(redirectUrl);
    back.search = new URLSearchParams({ code: "code-canary", state: url.searchParams.get("state"), ...more });
    return client.complete(back);
  }

  /** The error of a promise, which holds no secret, in whatever way it is looked at. */
  async function failing(promise, { seen }) {
    const error = await promise.then(
      (value) => assert.fail(`it resolved to ${inspect(value)}`),
      (problem) => problem,
    );
    assert.ok(error instanceof KavachError, inspect(error));
    const shown = inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error) + error.stack;
    const verifiers = seen.flatMap((sent) => /code_verifier=([\w-]+)/.exec(sent)?.[1] ?? []);
    for (const secret of [...CANARIES, ...verifiers]) assert.ok(!shown.includes(secret), shown);
    return error.code;
  }
  const nothingStolen = () => {
    for (const sent of thief.seen)
      assert.ok(!/canary|code_verifier|authorization/.test(sent), `it was sent to another origin: ${sent}`);
  };

  it("is none if it does as it should: the way works", async (context) => {
    const right = await world(context);
    assert.equal(await answered(right), true);
    assert.match(await right.client.token(), /^access-canary/);
  });

  const elsewhere = (path = "/stolen") => ({ status: 307, headers: { location: `${thief.origin}${path}` }, body: "" });
  const cases = {
    "redirects the token request to another origin": [{ "/token": () => elsewhere() }, "REDIRECTED"],
    "redirects the token request on its own origin": [
      { "/token": () => ({ status: 308, headers: { location: "/token2" }, body: "" }), "/token2": () => json({}) },
      "REDIRECTED",
    ],
    "redirects the registration": [{ "/register": () => elsewhere("/register") }, "REDIRECTED"],
    "redirects its document": [{ "/.well-known/oauth-authorization-server": () => elsewhere() }, "DISCOVERY_FAILED"],
    "redirects the metadata of the resource": [
      { "/.well-known/oauth-protected-resource/mcp": () => elsewhere() },
      "DISCOVERY_FAILED",
    ],
    "never ends its answer": [
      { "/token": ({ response }) => void endless(response.writeHead(200)) },
      "RESPONSE_TOO_LARGE",
    ],
    "never ends its document": [
      { "/.well-known/oauth-authorization-server": ({ response }) => void endless(response.writeHead(200)) },
      "DISCOVERY_FAILED",
    ],
    "answers nothing": [{ "/token": () => new Promise(() => {}) }, "DEADLINE_EXCEEDED", 300],
    "stops in its answer": [
      { "/token": ({ response }) => void response.writeHead(200).write('{"access_token":"access-canary') },
      "DEADLINE_EXCEEDED",
      300,
    ],
    "breaks the connection": [{ "/token": ({ request }) => void request.socket.destroy() }, "NETWORK_ERROR"],
    "says that an answer is longer than it is": [
      {
        "/token": ({ response, request }) =>
          void response.writeHead(200, { "content-length": "99" }).write("{}", () => request.socket.destroy()),
      },
      "NETWORK_ERROR",
    ],
    "answers a page": [
      { "/token": () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<html>" }) },
      "DECODE_ERROR",
    ],
    "repeats what it was sent": [
      { "/token": ({ body }) => json({ error: body, error_description: body, error_uri: body }, 400) },
      "AUTHORIZATION_FAILED",
    ],
    "repeats the code as its error": [{ "/token": () => json({ error: "code-canary" }, 400) }, "AUTHORIZATION_FAILED"],
    "gives a token of another type": [
      { "/token": () => json({ access_token: "access-canary", token_type: "DPoP" }) },
      "DECODE_ERROR",
    ],
    "gives a token that is a header": [
      { "/token": () => json({ access_token: "access-canary\r\nx: y", token_type: "Bearer" }) },
      "DECODE_ERROR",
    ],
    "registers a secret": [
      { "/register": () => json({ client_id: "a", client_secret: "hush" }, 201) },
      "REGISTRATION_FAILED",
    ],
    "registers another address": [
      { "/register": () => json({ client_id: "a", redirect_uris: ["https://hostile.example/"] }, 201) },
      "REGISTRATION_FAILED",
    ],
    "says odd things of itself": [
      {
        "/.well-known/oauth-authorization-server": () => ({
          status: 200,
          headers: {},
          body: '{"issuer":1,"issuer":2}',
        }),
      },
      "DISCOVERY_FAILED",
    ],
  };
  for (const [what, [routes, code, timeout]] of Object.entries(cases))
    it(`${what}: ${code}`, async (context) => {
      const hostile = await world(context, { routes: () => routes, timeout });
      assert.equal(await failing(answered(hostile), hostile), code);
      assert.equal(await hostile.client.token(), undefined);
      nothingStolen();
    });

  const documents = {
    "has its token endpoint elsewhere": [() => ({ token_endpoint: `${thief.origin}/token` }), "DISCOVERY_FAILED"],
    "has its registration elsewhere": [
      () => ({ registration_endpoint: `${thief.origin}/register` }),
      "DISCOVERY_FAILED",
    ],
    "sends users elsewhere": [() => ({ authorization_endpoint: `${thief.origin}/authorize` }), "DISCOVERY_FAILED"],
    "sends users to a script": [() => ({ authorization_endpoint: "javascript:alert(1)" }), "DISCOVERY_FAILED"],
    "says that it is another one": [() => ({ issuer: thief.origin }), "ISSUER_MISMATCH"],
    "says that it is another one, by a slash": [(origin) => ({ issuer: `${origin}/` }), "ISSUER_MISMATCH"],
    "offers plain challenges alone": [() => ({ code_challenge_methods_supported: ["plain"] }), "NOT_SUPPORTED"],
  };
  for (const [what, [document, code]] of Object.entries(documents))
    it(`${what}: ${code}`, async (context) => {
      const hostile = await world(context, { document });
      assert.equal(await failing(hostile.client.connect(), hostile), code);
      assert.ok(!hostile.seen.some((sent) => sent.startsWith("POST")), "nothing but documents was asked for");
      nothingStolen();
    });

  it("mixes up its answers with those of another one: ISSUER_MISMATCH", async (context) => {
    const honest = await world(context, { document: () => ({ authorization_response_iss_parameter_supported: true }) });
    for (const more of [
      { iss: thief.origin },
      {},
      { iss: `${honest.origin}/` },
      { iss: thief.origin, error: "access_denied" },
    ])
      assert.equal(await failing(answered(honest, more), honest), "ISSUER_MISMATCH");
    assert.ok(!honest.seen.some((sent) => sent.startsWith("POST /token")));
    assert.equal(await answered(honest, { iss: honest.origin }), true);
  });

  it("redirects a refresh, or repeats the refresh token: no token, and nothing elsewhere", async (context) => {
    for (const route of [() => elsewhere(), ({ body }) => json({ error: body }, 503)]) {
      const hostile = await world(context);
      await answered(hostile);
      await hostile.client.token();
      hostile.routes["/token"] = route;
      let code;
      while (!code) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        code = await hostile.client.token().then(
          () => undefined,
          () => failing(hostile.client.token(), hostile),
        );
      }
      assert.ok(["REDIRECTED", "AUTHORIZATION_FAILED"].includes(code), code);
    }
    nothingStolen();
  });

  it("is behind an MCP server that redirects: the token does not go along", async (context) => {
    const hostile = await world(context);
    await answered(hostile);
    hostile.routes["/mcp"] = () => elsewhere();
    assert.equal(await failing(hostile.client.fetch(`${hostile.origin}/mcp`), hostile), "REDIRECTED");
    assert.equal((await hostile.client.fetch(`${hostile.origin}/mcp`, { redirect: "manual" })).status, 307);
    nothingStolen();
  });

  it("is named by metadata on another origin: DISCOVERY_FAILED", async (context) => {
    const headers = { "www-authenticate": `Bearer resource_metadata="${thief.origin}/metadata"` };
    const hostile = await world(context, { routes: () => ({ "/mcp": { status: 401, headers, body: "" } }) });
    assert.equal(await failing(hostile.client.connect(), hostile), "DISCOVERY_FAILED");
    assert.ok(!thief.seen.some((sent) => sent.includes("/metadata")));
  });
});
