// The guard, in front of a server that notes what reaches it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ACCESS, call, errorOf, fakeKavach, guarded, message, post } from "./guarding.mjs";
import { mcpGuard } from "./mcp-guard.js";
import { ISSUER, RESOURCE, tokenWith } from "./signing.mjs";

const METADATA = "https://tools.test/.well-known/oauth-protected-resource/mcp";
const CHALLENGE = `resource_metadata="${METADATA}"`;
const now = () => Math.floor(Date.now() / 1000);
const access = (claims) => tokenWith({ iat: now(), exp: now() + 60, ...claims });

describe("a call", () => {
  it("that is granted reaches the server, as it came", async () => {
    const { asked, reached, send } = guarded();
    const text =
      ' {"jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": {"name": "echo", "arguments": {"b": 1.0, "a": "é"}}}\n';
    const response = await send(post(text, { "mcp-session-id": "s", "x-more": "1" }));
    assert.equal(response.status, 200);
    assert.deepEqual(asked, [
      { who: "kv_good", action: "execute", resource: "mcp:t:echo", arguments: { b: 1, a: "é" } },
    ]);
    const [{ request, text: arrived, granted }] = reached;
    assert.equal(arrived, text);
    assert.deepEqual([request.method, request.url], ["POST", RESOURCE]);
    assert.deepEqual(
      ["authorization", "x-more", "mcp-session-id"].map((name) => request.headers.get(name)),
      [null, "1", "s"],
    );
    assert.deepEqual(granted.parsedBody, JSON.parse(text));
  });

  it("comes with its decision and its caller", async () => {
    const { reached, send } = guarded();
    await send(post(call("echo", {})));
    const { authInfo } = reached[0].granted;
    assert.equal(authInfo.token, "kv_good");
    assert.match(authInfo.clientId, /^agent:[\da-f]{64}$/);
    assert.deepEqual([authInfo.scopes, authInfo.resource.href, "expiresAt" in authInfo], [[], RESOURCE, false]);
    const decision = { allowed: true, auditId: "audit-1", source: "server" };
    assert.deepEqual(authInfo.extra.decision, decision);
    assert.deepEqual(authInfo.extra.decisions, [{ id: 1, tool: "echo", decision }]);
    assert.ok(!JSON.stringify(authInfo).includes("kv_good"));
  });

  for (const [tool, kind, text, code, status, retryAfter] of [
    [
      "other",
      "insufficient-scope",
      /^No permission grants agent "a" access to "execute" on "mcp:t:other"\. /,
      -32010,
      403,
    ],
    ["deploy", "approval-required", /^This action requires human approval before execution\. .*approval/, -32011, 403],
    ["limited", "rate-limited", /^Rate limit exceeded: 2\/2 .* in 3600 seconds\.$/, -32012, 429, 3600],
    ["night", "outside-time-window", /^Action is only allowed between 22:00 and 23:00 UTC\. /, -32010, 403],
    ["strict", "arguments-not-allowed", /^Argument "text" .* Other arguments may be allowed\.$/, -32010, 403],
    ["elsewhere", "address-not-allowed", /^IP_NOT_ALLOWED/, -32010, 403],
    ["odd", "denied", /^The moon is full\. /, -32010, 403],
  ]) {
    it(`that is denied is a result for the model: ${kind}`, async () => {
      const { reached, send } = guarded();
      const response = await send(post(call(tool, {}, "x")));
      const { jsonrpc, id, result } = await response.json();
      assert.deepEqual(
        [response.status, response.headers.get("www-authenticate"), jsonrpc, id],
        [200, null, "2.0", "x"],
      );
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, text);
      const denial = result._meta["kavachos/denial"];
      assert.deepEqual([denial.kind, denial.retryAfter], [kind, retryAfter]);
      assert.deepEqual(reached, []);
    });

    it(`or an error: ${kind}`, async () => {
      const response = await guarded({ denials: "error" }).send(post(call(tool, {}, "x")));
      const { id, error } = await response.json();
      assert.deepEqual([response.status, id, error.code, error.data.kind], [200, "x", code, kind]);
    });

    it(`or an HTTP status: ${kind}`, async () => {
      const response = await guarded({ denials: "status" }).send(post(call(tool, {}, "x")));
      const { id, error } = await response.json();
      assert.deepEqual([response.status, id, error.code], [status, "x", code]);
      assert.equal(response.headers.get("www-authenticate"), null);
      assert.equal(response.headers.get("retry-after"), retryAfter ? `${retryAfter}` : null);
    });
  }

  it("with a token that is unknown asks for another one", async () => {
    const { reached, send } = guarded();
    const response = await send(post(call("echo", {}), { token: "kv_bad" }));
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("www-authenticate"), `Bearer error="invalid_token", ${CHALLENGE}`);
    assert.deepEqual(reached, []);
  });

  it("of which the arguments are too large is not asked about", async () => {
    const { asked, send } = guarded({ argumentsLimit: 20 });
    const response = await send(post(call("echo", { text: "0123456789" })));
    assert.equal((await response.json()).result._meta["kavachos/denial"].kind, "arguments-too-large");
    assert.deepEqual(
      asked.map(({ resource }) => resource),
      ["kavachos:token"],
    );
  });

  const failures = {
    "network failure": errorOf("NetworkError", { code: "NETWORK_ERROR" }),
    "server error": errorOf("ServerError", { code: "SERVER_ERROR", statusCode: 500 }),
    "refusal of the client's own arguments": errorOf("KavachError", { code: "INVALID_ARGUMENT" }),
    "403 without a decision": errorOf("PermissionError", { statusCode: 403 }),
  };
  for (const [name, failure] of Object.entries(failures))
    it(`during a ${name} is not executed, and the model can read why`, async () => {
      const seen = [];
      const kavach = fakeKavach({ fails: () => failure });
      const { reached, send } = guarded({ onRefusal: (refusal) => seen.push(refusal) }, kavach);
      const response = await send(post(call("echo", {})));
      const text = await response.text();
      const { isError, _meta } = JSON.parse(text).result;
      assert.deepEqual([response.status, isError, _meta["kavachos/denial"].kind], [200, true, "unavailable"]);
      assert.ok(!text.includes("canary"));
      assert.deepEqual(
        [reached, seen.map(({ kind, tool, error }) => [kind, tool, error])],
        [[], [["unavailable", "echo", failure]]],
      );
    });

  it("during an outage has the status 503, if statuses are wanted", async () => {
    const kavach = fakeKavach({ fails: () => failures["network failure"] });
    assert.equal((await guarded({ denials: "status" }, kavach).send(post(call("echo", {})))).status, 503);
    assert.equal((await guarded({}, kavach).send(post(message("tools/list")))).status, 503);
  });

  it("that the server's own limit refuses says when to come back", async () => {
    const kavach = fakeKavach({ fails: () => errorOf("RateLimitError", { statusCode: 429, retryAfter: 6.5 }) });
    const { result } = await (await guarded({}, kavach).send(post(call("echo", {})))).json();
    assert.match(result.content[0].text, /Try again in 7 seconds\.$/);
    assert.equal(
      (await guarded({ denials: "status" }, kavach).send(post(call("echo", {})))).headers.get("retry-after"),
      "7",
    );
  });

  it("of which nothing comes in time is not executed", async () => {
    const kavach = { ...fakeKavach(), auth: { authorizeByToken: () => new Promise(() => {}) } };
    const { result } = await (await guarded({ deadline: 20 }, kavach).send(post(call("echo", {})))).json();
    assert.equal(result._meta["kavachos/denial"].kind, "unavailable");
  });

  it("of which the reason repeats the token is answered without it", async () => {
    const kavach = fakeKavach();
    kavach.auth.authorizeByToken = async (token) => ({ allowed: false, auditId: "", reason: `no ${token}` });
    const response = await guarded({}, kavach).send(post(call("echo", {})));
    assert.ok(!(await response.text()).includes("kv_good"));
  });
});

describe("tools", () => {
  const tools = {
    echo: {},
    release: { resource: "mcp:t:deploy" },
    look: { action: "read", resource: "mcp:t:echo" },
    version: null,
    late: ({ arguments: given }) => (given?.isLate ? { resource: "mcp:t:add" } : undefined),
  };
  const asksFor = async (name, given, options = { tools }) => {
    const { asked, reached, send } = guarded(options);
    const response = await send(post(call(name, given)));
    const { result } = await response.json();
    const questions = asked
      .filter(({ action }) => action !== "validate")
      .map(({ action, resource }) => `${action} ${resource}`);
    return [questions.join(), result._meta?.["kavachos/denial"].kind, reached.length];
  };

  it("have separate rules", async () => {
    assert.deepEqual(await asksFor("echo"), ["execute mcp:t:echo", undefined, 1]);
    assert.deepEqual(await asksFor("release"), ["execute mcp:t:deploy", "approval-required", 0]);
    assert.deepEqual(await asksFor("look"), ["read mcp:t:echo", "insufficient-scope", 0]);
    assert.deepEqual(await asksFor("version"), ["", undefined, 1]);
    assert.deepEqual(await asksFor("late", { isLate: true }), ["execute mcp:t:add", undefined, 1]);
  });

  it("without a rule are unknown, whatever they are called", async () => {
    for (const name of [
      "add",
      "ECHO",
      "Echo",
      "echo ",
      "ech\u00f6",
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
    ])
      assert.deepEqual(await asksFor(name), ["", "unknown-tool", 0]);
    assert.deepEqual(await asksFor("late", {}), ["", "unknown-tool", 0]);
  });

  it("whose names would be resources of another kind are unknown", async () => {
    for (const name of ["*", "echo:admin", "a b", "mcp:t:echo", "ech\u00f6", "\u0130", "echo\n", "echo\u0000"])
      assert.deepEqual(await asksFor(name, {}, {}), ["", "unknown-tool", 0]);
    assert.deepEqual(await asksFor("echo", {}, {}), ["execute mcp:t:echo", undefined, 1]);
  });

  it("may have one function as their rule", async () => {
    const rule = async ({ name, arguments: given }) => ({ resource: `mcp:t:${given.on}`, action: name });
    assert.deepEqual(await asksFor("execute", { on: "echo" }, { tools: rule }), ["execute mcp:t:echo", undefined, 1]);
  });

  it("of which the rule fails are not called", async () => {
    const fail = () => {
      throw new Error("canary");
    };
    for (const rule of [fail, async () => fail(), () => 5, () => ({ resource: 5 }), () => ({ ressource: "x" })])
      assert.deepEqual(await asksFor("echo", {}, { tools: { echo: rule } }), ["", "unavailable", 0]);
  });

  it("tell nobody without a valid token which of them there are", async () => {
    for (const name of ["nothing", "version"]) {
      const { send } = guarded({ tools });
      assert.equal((await send(post(call(name), { token: "kv_bad" }))).status, 401);
    }
  });
});

describe("other messages", () => {
  it("need a valid token, which is remembered for the session", async () => {
    const { asked, reached, send } = guarded();
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "c", version: "1" } };
    await send(post(message("initialize", params, 0)));
    await send(post({ jsonrpc: "2.0", method: "notifications/initialized" }));
    await send(post(message("tools/list")));
    await send(post(message("ping")));
    await send(post({ jsonrpc: "2.0", id: 7, result: { action: "accept" } }));
    await send(new Request(RESOURCE, { headers: { authorization: "Bearer kv_good", accept: "text/event-stream" } }));
    await send(new Request(RESOURCE, { method: "DELETE", headers: { authorization: "Bearer kv_good" } }));
    assert.equal(reached.length, 7);
    assert.deepEqual(asked, [{ who: "kv_good", action: "validate", resource: "kavachos:token" }]);
  });

  it("cost no decision after a call", async () => {
    const { asked, send } = guarded();
    await send(post(call("deploy", {})));
    await send(post(message("tools/list")));
    assert.deepEqual(
      asked.map(({ resource }) => resource),
      ["mcp:t:deploy"],
    );
  });

  it("are refused for each token that is not valid, each time", async () => {
    const { asked, reached, send } = guarded();
    await send(post(message("ping")));
    for (let round = 0; round < 2; round++)
      assert.equal((await send(post(message("ping"), { token: "kv_bad" }))).status, 401);
    assert.equal(asked.length, 3);
    assert.equal(reached.length, 1);
  });

  it("are refused again when the client has changed an agent", async () => {
    const mutations = { count: 0 };
    const kavach = Object.assign(fakeKavach(), { [Symbol.for("kavachos.client")]: { mutations } });
    const { asked, send } = guarded({}, kavach);
    await send(post(message("ping")));
    mutations.count++;
    await send(post(message("ping")));
    assert.equal(asked.length, 2);
  });

  it("are refused for a reason that is not known", async () => {
    const kavach = fakeKavach();
    kavach.auth.authorizeByToken = async () => ({ allowed: false, auditId: "", reason: "Agent is suspended" });
    const { reached, send } = guarded({}, kavach);
    assert.equal((await send(post(message("ping")))).status, 403);
    assert.deepEqual(reached, []);
  });

  it("may be added", async () => {
    const { reached, send } = guarded({ methods: ["example/status", "notifications/example"] });
    await send(post(message("example/status")));
    await send(post({ jsonrpc: "2.0", method: "notifications/example" }));
    assert.equal(reached.length, 2);
  });
});

describe("access tokens", () => {
  const auth = { accessTokens: ACCESS };
  it("are verified here, and cost no decision", async () => {
    const { asked, reached, send } = guarded({ auth });
    assert.equal((await send(post(message("tools/list"), { token: access() }))).status, 200);
    assert.deepEqual(asked, []);
    const { authInfo } = reached[0].granted;
    assert.deepEqual([authInfo.clientId, authInfo.scopes], ["client-1", ["mcp:read", "offline_access"]]);
    assert.ok(authInfo.expiresAt > now());
    assert.deepEqual([authInfo.extra.userId, authInfo.extra.tokenId], ["user-1", "token-1"]);
  });

  it("act by an agent, about which the server decides", async () => {
    const { asked, send } = guarded({ auth });
    const { result } = await (await send(post(call("echo", {}), { token: access() }))).json();
    assert.equal(result.isError, undefined);
    assert.deepEqual(asked, [{ who: "kv_good", action: "execute", resource: "mcp:t:echo", arguments: {} }]);
  });

  it("without an agent are denied, and no other token would help", async () => {
    for (const agent of [() => undefined, async () => null, () => "", () => "kv_revoked"]) {
      const { reached, send } = guarded({ auth: { accessTokens: { ...ACCESS, agent } } });
      const response = await send(post(call("echo", {}), { token: access() }));
      const { result } = await response.json();
      assert.deepEqual([response.status, result._meta["kavachos/denial"].kind, reached.length], [200, "denied", 0]);
    }
  });

  for (const [name, token] of Object.entries({
    "for another resource": access({ aud: "https://other.test" }),
    "that have expired": access({ exp: now() - 60 }),
    "of another issuer": access({ iss: "https://evil.test" }),
    "that are no tokens": "nonsense",
    "of agents": "kv_good",
  }))
    it(`${name} are refused`, async () => {
      const { asked, reached, send } = guarded({ auth });
      const response = await send(post(call("echo", {}), { token }));
      assert.equal(response.status, 401);
      assert.equal(response.headers.get("www-authenticate"), `Bearer error="invalid_token", ${CHALLENGE}`);
      assert.deepEqual([asked, reached], [[], []]);
    });

  it("and those of agents may both be accepted, each as what it is", async () => {
    const { asked, reached, send } = guarded({ auth: { accessTokens: ACCESS, agentTokens: true } });
    await send(post(message("ping"), { token: access() }));
    await send(post(message("ping"), { token: "kv_good" }));
    assert.equal(reached.length, 2);
    assert.equal((await send(post(message("ping"), { token: "kv_bad" }))).status, 401);
    assert.equal((await send(post(message("ping"), { token: `${access()}x` }))).status, 401);
    assert.deepEqual(
      asked.map(({ who }) => who),
      ["kv_good", "kv_bad"],
    );
  });

  it("that lack a scope are sent for it, with those that they have", async () => {
    const tools = { echo: {}, add: { scopes: ["mcp:execute"] } };
    const { reached, send } = guarded({ auth: { accessTokens: { ...ACCESS, scopes: ["mcp:read"] } }, tools });
    const response = await send(post(call("add", {}), { token: access() }));
    assert.equal(response.status, 403);
    assert.equal(
      response.headers.get("www-authenticate"),
      `Bearer error="insufficient_scope", ${CHALLENGE}, scope="mcp:read offline_access mcp:execute"`,
    );
    assert.equal((await send(post(call("echo", {}), { token: access() }))).status, 200);
    assert.equal((await send(post(call("add", {}), { token: access({ scope: "mcp:read mcp:execute" }) }))).status, 200);
    const bare = await send(post(message("ping"), { token: access({ scope: "other" }) }));
    assert.deepEqual(
      [bare.status, bare.headers.get("www-authenticate")],
      [403, `Bearer error="insufficient_scope", ${CHALLENGE}, scope="other mcp:read"`],
    );
    assert.equal(reached.length, 2);
  });

  it("are neither valid nor invalid while the keys of the issuer cannot be had", async () => {
    const jwks = () => Promise.reject(new Error("no"));
    const { secrets: _, ...rest } = ACCESS;
    const { send } = guarded({ auth: { accessTokens: { ...rest, jwks } } });
    const [head, ...parts] = access().split(".");
    const token = [Buffer.from('{"alg":"RS256","typ":"at+jwt"}').toString("base64url"), ...parts].join(".");
    assert.ok(head);
    assert.equal((await send(post(message("ping"), { token }))).status, 503);
  });
});

describe("requests", () => {
  it("without a token learn where to read about it", async () => {
    const { send } = guarded({ auth: { accessTokens: { ...ACCESS, scopes: ["mcp:read"] } } });
    for (const request of [post(message("initialize"), { token: "" }), new Request(RESOURCE)]) {
      const response = await send(request);
      assert.equal(response.status, 401);
      assert.equal(response.headers.get("www-authenticate"), `Bearer ${CHALLENGE}, scope="mcp:read"`);
      const { jsonrpc, id, error } = await response.json();
      assert.deepEqual([jsonrpc, id, error.code], ["2.0", null, -32000]);
    }
  });

  it("with a token in another place have none", async () => {
    const { reached, send } = guarded();
    for (const headers of [
      { authorization: "Basic a3ZfZ29vZA==" },
      { "x-api-key": "kv_good" },
      { cookie: "token=kv_good" },
    ])
      assert.equal((await send(post(message("ping"), { token: "", ...headers }))).status, 401);
    assert.equal((await send(post(message("ping"), { token: "" }, `${RESOURCE}?access_token=kv_good`))).status, 401);
    assert.equal((await send(post(message("ping"), { token: "kv_good, Bearer kv_other" }))).status, 401);
    assert.deepEqual(reached, []);
  });

  it("of another method are refused", async () => {
    for (const method of ["PUT", "PATCH", "HEAD", "OPTIONS"]) {
      const response = await guarded().send(new Request(RESOURCE, { method }));
      assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, POST, DELETE"]);
    }
  });

  it("of another encoding are refused: a server may read other bytes", async () => {
    const { reached, send } = guarded();
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "" },
      { "content-type": "application/json; charset=utf-16" },
      { "content-type": "application/json; charset=utf-7" },
      { "content-type": "application/json;charset=utf-8;charset=utf-16" },
      { "content-type": "application/json, text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
      { "content-encoding": "gzip" },
    ])
      assert.equal((await send(post(message("ping"), headers))).status, 415, JSON.stringify(headers));
    for (const type of ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json "])
      assert.equal((await send(post(message("ping"), { "content-type": type }))).status, 200, type);
    assert.equal(reached.length, 3);
  });

  it("that are too large are refused, by what arrives", async () => {
    const { reached, send } = guarded({ maxBodyBytes: 100 });
    assert.equal((await send(post(call("echo", { text: "x".repeat(100) })))).status, 413);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64).fill(32)) });
    const { headers } = post(message("ping"));
    const request = new Request(RESOURCE, { method: "POST", headers, body: endless, duplex: "half" });
    assert.equal((await send(request)).status, 413);
    assert.deepEqual(reached, []);
  });

  it("without a token are not read", async () => {
    let pulled = 0;
    const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
    const { headers } = post(message("ping"), { token: "" });
    const request = new Request(RESOURCE, { method: "POST", headers, body, duplex: "half" });
    assert.equal((await guarded().send(request)).status, 401);
    assert.equal(pulled, 0);
  });

  it("that were read before are a mistake of the host", async () => {
    const request = post(message("ping"));
    await request.text();
    await assert.rejects(guarded().send(request), { code: "INVALID_ARGUMENT" });
    await assert.rejects(
      guarded().guard({}, () => {}),
      { code: "INVALID_ARGUMENT" },
    );
    await assert.rejects(guarded().guard(post(message("ping"))), { code: "INVALID_ARGUMENT" });
  });

  it("pass on what the handler throws", async () => {
    const failure = new Error("of the handler");
    await assert.rejects(
      guarded().send(post(message("ping")), () => {
        throw failure;
      }),
      failure,
    );
  });

  it("to this machine must name it (DNS rebinding)", async () => {
    const resource = "http://127.0.0.1:8000/mcp";
    for (const [url, status] of [
      [resource, 200],
      ["http://localhost:8000/mcp", 200],
      ["http://[::1]:8000/mcp", 200],
      ["http://rebound.evil.test:8000/mcp", 403],
      ["http://127.0.0.1.evil.test:8000/mcp", 403],
      ["http://localhost.evil.test/mcp", 403],
    ])
      assert.equal((await guarded({ resource }).send(post(message("ping"), {}, url))).status, status, url);
  });

  it("behind a proxy do not change what is advertised", async () => {
    const response = await guarded().send(
      post(
        message("ping"),
        { token: "", "x-forwarded-host": "evil.test", "x-forwarded-proto": "http" },
        "http://10.0.0.1:3000/mcp",
      ),
    );
    assert.equal(response.headers.get("www-authenticate"), `Bearer ${CHALLENGE}`);
  });
});

describe("pages", () => {
  const origin = "https://app.test";
  const preflight = (url = RESOURCE) =>
    new Request(url, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers":
          "authorization,content-type,mcp-protocol-version,mcp-session-id,last-event-id",
      },
    });

  it("may ask before they have a token", async () => {
    const { status, headers } = await guarded().send(preflight());
    assert.deepEqual([status, headers.get("access-control-allow-origin")], [204, "*"]);
    assert.match(
      headers.get("access-control-allow-headers"),
      /authorization.*mcp-protocol-version.*mcp-session-id.*last-event-id/,
    );
  });

  it("may read refusals and answers, with the headers that clients need", async () => {
    for (const [request, status] of [
      [post(message("ping"), { origin }), 200],
      [post(message("ping"), { origin, token: "" }), 401],
      [post(message("ping"), { origin, token: "kv_bad" }), 401],
      [post("{", { origin }), 400],
      [post(call("deploy", {}), { origin }), 200],
    ]) {
      const response = await guarded().send(request);
      assert.equal(response.status, status);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.match(response.headers.get("access-control-expose-headers"), /Mcp-Session-Id.*WWW-Authenticate/);
    }
  });

  it("may be limited to some origins", async () => {
    for (const cors of [origin, [origin], async (from) => from === origin]) {
      const allowed = await guarded({ cors }).send(post(message("ping"), { origin }));
      assert.equal(allowed.headers.get("access-control-allow-origin"), origin);
      const other = await guarded({ cors }).send(post(message("ping"), { origin: "https://evil.test" }));
      assert.equal(other.headers.get("access-control-allow-origin"), null);
    }
  });
});

describe("sessions", () => {
  const open = async ({ send }, token, id) => {
    const made = () => Response.json({ jsonrpc: "2.0", id: 0, result: {} }, { headers: { "mcp-session-id": id } });
    assert.equal((await send(post(message("initialize", {}, 0), { token }), made)).status, 200);
  };
  const use = async ({ send }, token, id) =>
    (await send(post(message("ping"), { token, "mcp-session-id": id }))).status;

  it("are of no use to another caller", async () => {
    const one = guarded();
    await open(one, "kv_good", "s1");
    assert.equal(await use(one, "kv_good", "s1"), 200);
    assert.equal(await use(one, "kv_other", "s1"), 404);
    assert.equal(await use(one, "kv_other", "s2"), 200); // Not known here: another instance may have made it.
    const stolen = await one.send(post(call("echo", {}), { token: "kv_other", "mcp-session-id": "s1" }));
    assert.equal((await stolen.json()).error.code, -32001);
    assert.ok(one.asked.every(({ resource }) => resource !== "mcp:t:echo"));
  });

  it("outlive the token of a user, but are not of another client", async () => {
    const one = guarded({ auth: { accessTokens: ACCESS } });
    await open(one, access(), "s1");
    assert.equal(await use(one, access({ jti: "next" }), "s1"), 200);
    assert.equal(await use(one, access({ client_id: "other" }), "s1"), 404);
    assert.equal(await use(one, access({ sub: "user-2" }), "s1"), 404);
  });

  it("do not change hands when a server repeats an id", async () => {
    const one = guarded();
    await open(one, "kv_good", "s1");
    await open(one, "kv_other", "s1");
    assert.equal(await use(one, "kv_other", "s1"), 404);
  });

  it("are forgotten when they end", async () => {
    const one = guarded();
    await open(one, "kv_good", "s1");
    const headers = { authorization: "Bearer kv_good", "mcp-session-id": "s1" };
    await one.send(new Request(RESOURCE, { method: "DELETE", headers }));
    assert.equal(await use(one, "kv_other", "s1"), 200);
  });
});

describe("metadata", () => {
  it("is where the challenge says, and names the resource as the host does", async () => {
    const { send } = guarded({
      auth: { accessTokens: { ...ACCESS, scopes: ["mcp:read"] } },
      tools: { echo: { scopes: ["mcp:execute"] } },
      metadata: { name: "Tools" },
    });
    const challenge = (await send(post(message("ping"), { token: "" }))).headers.get("www-authenticate");
    const [, url] = /resource_metadata="([^"]+)"/.exec(challenge);
    const response = await send(new Request(url));
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.deepEqual(await response.json(), {
      resource: RESOURCE,
      authorization_servers: [ISSUER],
      scopes_supported: ["mcp:read", "mcp:execute"],
      bearer_methods_supported: ["header"],
      resource_name: "Tools",
    });
  });
});

describe("options that are refused", () => {
  const options = {
    resource: ["/mcp", undefined, "https://tools.test/mcp#a", new URL(RESOURCE)],
    server: ["", undefined, "a:b", "*", 5],
    denials: ["hide"],
    methods: ["ping", ["tools/call"], [5]],
    filterTools: ["yes"],
    cors: ["https://tools.test/path", 5],
    maxBodyBytes: [0, "1"],
    argumentsLimit: [-1],
    deadline: [0],
    onRefusal: [5],
    "auth.agentTokens": [{ agentTokens: "yes" }],
    "auth.accessTokens.agent": [{ accessTokens: { ...ACCESS, agent: "a" } }],
    "auth.accessTokens.secrets": [
      { accessTokens: { ...ACCESS, secrets: ["short"] } },
      { accessTokens: { ...ACCESS, secrets: [] } },
    ],
    "auth.accessTokens.resource": [{ accessTokens: { ...ACCESS, resource: RESOURCE } }],
    auth: [{ agentTokens: false }, "kv_good"],
    tools: ["echo", ["echo"]],
    "tools.echo.resource": [{ echo: { resource: 5 } }],
    "tools.echo.scopes": [{ echo: { scopes: "a b" } }],
    "tools.echo.ressource": [{ echo: { ressource: "a" } }],
    metadata: [{ resource: RESOURCE }, { proxy: true }],
    tool: [{}],
    token: ["kv_good"],
  };
  for (const [name, values] of Object.entries(options))
    it(name, () => {
      for (const value of values)
        assert.throws(
          () => mcpGuard(fakeKavach(), { resource: RESOURCE, server: "t", [name.split(".")[0]]: value }),
          ({ code, message }) => code === "INVALID_ARGUMENT" && !message.includes("short"),
          `${name}: ${JSON.stringify(value)}`,
        );
    });
  it("the client", () =>
    assert.throws(() => mcpGuard({}, { resource: RESOURCE, server: "t" }), { code: "INVALID_ARGUMENT" }));
});
