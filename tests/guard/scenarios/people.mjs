// The guard of people: sessions of both dialects, cookies, outages, and JWTs of the host.
import { equal } from "../../suite/checks.mjs";

const URL_ = "https://tools.example/notes";
const SECRET = "throwaway-jwt-secret-0123456789abcdef";

const request = (headers, method = "GET") => new Request(URL_, { method, headers });
const bearer = (token, method) => request({ authorization: `Bearer ${token}` }, method);
const client = ({ sdk, servers }, dialect, more) =>
  new sdk.KavachClient({ baseUrl: servers[dialect].baseUrl, maxRetries: 0, ...more });
// Runtimes do not let programs set the header Cookie of a Request, but requests that come in have it.
const withCookie = (token, headers = {}, method = "GET") => {
  const all = new Map(Object.entries({ cookie: `theme=dark; kavach_session=${token}`, ...headers }));
  return { method, url: URL_, headers: { get: (name) => all.get(name) ?? null } };
};
const refusal = ({ ok, reason, response }) => [ok, reason, response?.status];

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const encoded = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
const ALGORITHMS = {
  HS256: { name: "HMAC", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};

async function sign(key, alg, claims) {
  const signed = `${encoded({ alg, typ: "JWT" })}.${encoded(claims)}`;
  const signature = await crypto.subtle.sign(ALGORITHMS[alg], key, new TextEncoder().encode(signed));
  return `${signed}.${base64url(signature)}`;
}

export const people = {
  async "a person: sessions of both dialects, by bearer token and by cookie"(fixture) {
    const { guardSession } = fixture.guard;
    for (const dialect of ["sdk", "adapter"]) {
      const { id, tokens } = fixture.servers[dialect].person;
      for (const given of [bearer(tokens[0]), bearer(tokens[0], "POST"), withCookie(tokens[0])]) {
        const checked = await guardSession(client(fixture, dialect), given);
        equal([checked.ok, checked.user?.id, checked.source, checked.token], [true, id, "server", tokens[0]], dialect);
        const shown = `${JSON.stringify(checked)} ${fixture.inspect(checked)}`;
        if (shown.includes(tokens[0])) throw new Error(`${dialect}: the token shows`);
      }
    }
  },

  async "a person: a session that was ended, an agent and a stranger are refused"(fixture) {
    const { guardSession } = fixture.guard;
    for (const dialect of ["sdk", "adapter"]) {
      const kavach = client(fixture, dialect);
      const ended = fixture.servers[dialect].person.tokens[1];
      await kavach.auth.signOut(ended);
      const { reader } = fixture.servers[dialect].tokens;
      for (const token of [ended, reader, "no-such-token", "eyJhbGciOiJub25lIn0.e30."]) {
        const refused = await guardSession(kavach, bearer(token));
        equal(refusal(refused), [false, "invalid_session", 401], `${dialect} ${token.slice(0, 3)}`);
        const challenge = refused.response.headers.get("www-authenticate");
        equal(challenge, 'Bearer realm="KavachOS", error="invalid_token"', "the challenge");
      }
      equal(refusal(await guardSession(kavach, request({}))), [false, "missing_session", 401], dialect);
    }
  },

  async "a person: pages of other sites cannot use the cookie"(fixture) {
    const { guardSession } = fixture.guard;
    const kavach = client(fixture, "adapter");
    const [token] = fixture.servers.adapter.person.tokens;
    const cases = [
      [{ "sec-fetch-site": "cross-site", origin: "https://evil.example" }, "POST", false],
      [{ "sec-fetch-site": "same-site", origin: "https://evil.tools.example" }, "DELETE", false],
      [{ origin: "null" }, "POST", false],
      [{}, "POST", false],
      [{ upgrade: "websocket", origin: "https://evil.example" }, "GET", false],
      [{ "sec-fetch-site": "same-origin" }, "POST", true],
      [{ origin: "https://tools.example" }, "POST", true],
      [{ origin: "https://app.example", "sec-fetch-site": "cross-site" }, "POST", true],
      [{ "sec-fetch-site": "cross-site" }, "GET", true],
    ];
    for (const [headers, method, isOk] of cases) {
      const options = { origins: ["https://app.example"] };
      const checked = await guardSession(kavach, withCookie(token, headers, method), options);
      equal(
        refusal(checked),
        isOk ? [true, null, null] : [false, "cross_site", 403],
        `${method} ${JSON.stringify(headers)}`,
      );
    }
  },

  async "a person: an outage refuses, and is neither a sign-in nor a sign-out"(fixture) {
    const { guardSession } = fixture.guard;
    const [token] = fixture.servers.sdk.person.tokens;
    const at = (fault) => `${fixture.faults}/${fault}/${Math.random().toString(36).slice(2)}`;
    const faults = [
      ...["reset-before-headers", "html-200", "html-502", "empty-200", "null-200", "not-an-object", "allowed-with-403"],
      ...["allowed-with-500", "failure-with-200", "redirect-302-elsewhere", "truncated-chunks", "error-with-200"],
    ];
    for (const baseUrl of ["http://127.0.0.1:9", ...faults.map(at)]) {
      const kavach = new fixture.sdk.KavachClient({ baseUrl, dialect: "sdk", maxRetries: 0 });
      const refused = await guardSession(kavach, bearer(token), { timeout: 20_000 });
      equal(refusal(refused), [false, "unavailable", 503], baseUrl);
      if (fixture.inspect(refused.error).includes(token)) throw new Error(`${baseUrl}: the token shows`);
    }
    const kavach = new fixture.sdk.KavachClient({ baseUrl: at("stalled-before-headers"), dialect: "sdk" });
    equal(
      refusal(await guardSession(kavach, bearer(token), { deadline: 100 })),
      [false, "unavailable", 503],
      "a deadline",
    );
    const limited = new fixture.sdk.KavachClient({ baseUrl: at("retry-after-61"), dialect: "sdk", maxRetries: 0 });
    const refused = await guardSession(limited, bearer(token));
    equal(
      [...refusal(refused), refused.response.headers.get("retry-after")],
      [false, "rate_limited", 429, "61"],
      "a limit",
    );
  },

  async "a person: what the server said is kept for one token of one client, and only on request"(fixture) {
    const { guardSession } = fixture.guard;
    const [token] = fixture.servers.adapter.person.tokens;
    let requests = 0;
    const counting = (url, init) => {
      requests++;
      return fetch(url, init);
    };
    const kavach = client(fixture, "adapter", { fetch: counting, dialect: "adapter" });
    const options = { cacheTtl: 5_000 };
    const sources = [];
    for (const given of [undefined, options, options, undefined, { ...options, headers: { "X-Tenant": "b" } }])
      sources.push((await guardSession(kavach, bearer(token), given)).source);
    equal([sources, requests], [["server", "server", "cache", "server", "server"], 4], "one client");
    const other = client(fixture, "adapter", { fetch: counting, dialect: "adapter" });
    equal([(await guardSession(other, bearer(token), options)).source, requests], ["server", 5], "another client");
    equal((await guardSession(kavach, bearer(`${token}x`), options)).reason, "invalid_session", "another token");
  },

  async "a person: JWTs of the host are verified without a request, with every algorithm"(fixture) {
    const { guardSession } = fixture.guard;
    const unreachable = () => {
      throw new Error("the server was asked");
    };
    const kavach = client(fixture, "adapter", { fetch: unreachable });
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: "host", aud: "tools", sub: "ada", email: "ada@people.example", iat: now, exp: now + 3600 };
    const { subtle } = crypto;
    const secret = await subtle.importKey("raw", new TextEncoder().encode(SECRET), ALGORITHMS.HS256, false, ["sign"]);
    const pairs = {};
    const keys = [];
    for (const alg of ["RS256", "ES256"]) {
      pairs[alg] = await subtle.generateKey(ALGORITHMS[alg], true, ["sign", "verify"]);
      keys.push(await subtle.exportKey("jwk", pairs[alg].publicKey));
    }
    const jwt = { issuer: "host", audience: "tools", secrets: [SECRET], keys };
    const tokens = [await sign(secret, "HS256", claims)];
    for (const alg in pairs) tokens.push(await sign(pairs[alg].privateKey, alg, claims));
    for (const token of tokens) {
      const checked = await guardSession(kavach, bearer(token), { jwt });
      equal(
        [checked.ok, checked.source, checked.user?.id, checked.user?.email],
        [true, "jwt", "ada", claims.email],
        "a JWT",
      );
      const strict = { ...jwt, audience: "others" };
      equal((await guardSession(kavach, bearer(token), { jwt: strict })).reason, "invalid_session", "another audience");
    }
    // Signed by the public key, as if it were a secret.
    const publicly = new TextEncoder().encode(JSON.stringify(keys[0]));
    const confused = await subtle.importKey("raw", publicly, ALGORITHMS.HS256, false, ["sign"]);
    const forged = await sign(confused, "HS256", claims);
    equal(refusal(await guardSession(kavach, bearer(forged), { jwt })), [false, "invalid_session", 401], "confusion");
    // A session of the server goes to the server.
    const [token] = fixture.servers.adapter.person.tokens;
    equal((await guardSession(client(fixture, "adapter"), bearer(token), { jwt })).source, "server", "a session");
  },

  async "a person: sessionFrom reads the token, checks nothing, and shows it to nobody"(fixture) {
    const { sessionFrom } = fixture.guard;
    const found = sessionFrom(withCookie("a.b.c"));
    equal([found.token, found.via], ["a.b.c", "cookie"], "a cookie");
    equal(sessionFrom(bearer("x")).token, "x", "a bearer token");
    if (`${JSON.stringify(found)} ${fixture.inspect(found)}`.includes("a.b.c")) throw new Error("the token shows");
    equal([sessionFrom(request({})), sessionFrom(bearer("a b"))], [null, null], "none");
  },

  async "an agent: its id is there where the server's decision says it"(fixture) {
    const rule = { action: "read", resource: "mcp:github:repos" };
    const decision = { allowed: true, auditId: "d1", agentId: "agent-1" };
    const saying = (body) =>
      new fixture.sdk.KavachClient({
        baseUrl: "https://kavach.example",
        dialect: "sdk",
        fetch: async () => Response.json(body),
      });
    const { guard } = fixture.guard;
    equal((await guard(saying(decision), bearer("kv_1"), rule)).agentId, "agent-1", "said");
    const { agentId: _, ...silent } = decision;
    equal("agentId" in (await guard(saying(silent), bearer("kv_1"), rule)), false, "not said");
  },
};
