// The guard of people: every failure refuses.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { guardSession } from "./guard-session.js";
import { SECRET, secretKey, sign } from "./tokens.mjs";

const CLIENT = Symbol.for("kavachos.client");
const ADA = {
  user: { id: "ada", email: "ada@x.test", name: null, role: "admin" },
  session: { id: "s1", expiresAt: "2999-01-01T00:00:00Z" },
};

/** A client that answers by a function; `calls` are what it is asked. */
function client(answer) {
  const calls = [];
  const call = async ({ name }, values, options) => {
    calls.push([name, ...values, options]);
    return answer(...values, options);
  };
  return { [CLIENT]: { call }, calls };
}
const request = (headers, init) => new Request("https://app.example/x", { headers, ...init });
const bearer = (token = "a.b.c") => request({ authorization: `Bearer ${token}` });
const cookie = (headers, init) => request({ cookie: "kavach_session=a.b.c", ...headers }, init);

describe("a request", () => {
  it("of a signed-in person is let through, and shows no token", async () => {
    const kavach = client(() => ADA);
    const checked = await guardSession(kavach, bearer());
    assert.deepEqual({ ...checked }, { ok: true, ...ADA, via: "bearer", source: "server" });
    assert.equal(checked.token, "a.b.c");
    assert.ok(!`${JSON.stringify(checked)} ${inspect(checked)}`.includes("a.b.c"));
    assert.deepEqual(
      kavach.calls.map(([name, token]) => [name, token]),
      [["guardSession", "a.b.c"]],
    );
    assert.equal((await guardSession(kavach, cookie())).via, "cookie");
  });

  it("gets the session alone of servers that send no user, without the token that they repeat", async () => {
    const session = { id: "s1", userId: "ada", token: "a.b.c", expiresAt: "2999-01-01T00:00:00Z" };
    const checked = await guardSession(
      client(() => session),
      bearer(),
    );
    assert.deepEqual([checked.user, checked.session], [{ id: "ada" }, { id: "s1", expiresAt: session.expiresAt }]);
    const byAdapter = await guardSession(
      client(() => ({ user: { id: "ada" }, session: null })),
      bearer(),
    );
    assert.deepEqual([byAdapter.ok, byAdapter.session], [true, null]);
  });

  const limited = Object.assign(new Error("slow down"), { retryAfter: 1.2 });
  limited[Symbol.for("kavachos.error.lineage")] = ["RateLimitError", "KavachError"];
  const refusals = [
    ["without a token", () => ADA, request({}), "missing_session", 401, 'Bearer realm="KavachOS"'],
    [
      "with two tokens",
      () => ADA,
      bearer("a b"),
      "malformed_session",
      401,
      'Bearer realm="KavachOS", error="invalid_token"',
    ],
    [
      "with an unknown token",
      () => null,
      bearer(),
      "invalid_session",
      401,
      'Bearer realm="KavachOS", error="invalid_token"',
    ],
    [
      "with a session that has ended",
      () => ({ ...ADA, session: { expiresAt: "2020-01-01T00:00:00Z" } }),
      bearer(),
      "invalid_session",
      401,
      'Bearer realm="KavachOS", error="invalid_token"',
    ],
    [
      "of another site",
      () => ADA,
      cookie({ "sec-fetch-site": "cross-site" }, { method: "POST" }),
      "cross_site",
      403,
      null,
    ],
    ["to a server that limits", () => Promise.reject(limited), bearer(), "rate_limited", 429, null],
    ["to a server that is away", () => Promise.reject(new Error("away kv_1")), bearer(), "unavailable", 503, null],
    ["to a server that names nobody", () => ({}), bearer(), "unavailable", 503, null],
    [
      "to a server that never answers",
      () => new Promise(() => {}),
      bearer(),
      "unavailable",
      503,
      null,
      { deadline: 5 },
    ],
  ];
  for (const [name, answer, sent, reason, status, challenge, options] of refusals)
    it(`${name} is refused`, async () => {
      const refused = await guardSession(client(answer), sent, options);
      const { response } = refused;
      assert.deepEqual([refused.ok, refused.reason, response.status], [false, reason, status]);
      assert.equal(response.headers.get("www-authenticate"), challenge);
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal(response.headers.get("retry-after"), status === 429 ? "2" : null);
      const problem = await response.json();
      assert.deepEqual(Object.keys(problem), ["type", "title", "status", "detail", "code"]);
      assert.equal(problem.type, `urn:kavachos:problem:${reason.replaceAll("_", "-")}`);
      assert.ok(!JSON.stringify(problem).includes("away"));
      assert.equal(refused.error !== undefined, status > 403);
    });

  it("with a cookie may come from a page of the options, and with a bearer token from anywhere", async () => {
    const kavach = client(() => ADA);
    const headers = { "sec-fetch-site": "cross-site", origin: "https://pages.example" };
    assert.equal((await guardSession(kavach, cookie(headers, { method: "POST" }))).ok, false);
    const options = { origins: ["https://pages.example"] };
    assert.equal((await guardSession(kavach, cookie(headers, { method: "POST" }), options)).ok, true);
    const sent = request({ authorization: "Bearer a.b.c", ...headers }, { method: "POST" });
    assert.equal((await guardSession(kavach, sent)).ok, true);
  });

  it("that is aborted rejects with the reason", async () => {
    const kavach = client(
      (_token, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    const controller = new AbortController();
    const checked = guardSession(kavach, bearer(), { signal: controller.signal });
    controller.abort(new Error("enough"));
    await assert.rejects(checked, /enough/);
  });

  it("whose headers cannot be read is refused", async () => {
    const broken = {
      get headers() {
        throw new Error("no");
      },
    };
    assert.equal(
      (
        await guardSession(
          client(() => ADA),
          broken,
        )
      ).reason,
      "malformed_session",
    );
  });
});

describe("what was said of a token", () => {
  it("is asked each time unless the options say otherwise", async () => {
    const kavach = client(() => ADA);
    for (let time = 0; time < 2; time++) await guardSession(kavach, bearer());
    assert.equal(kavach.calls.length, 2);
  });

  it("is kept for a short time, for one token of one client, and as a copy", async (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    const kavach = client(() => ADA);
    const options = { cacheTtl: 5_000 };
    const first = await guardSession(kavach, bearer(), options);
    first.user.role = "changed";
    const second = await guardSession(kavach, bearer(), options);
    assert.deepEqual([second.source, second.user.role, kavach.calls.length], ["cache", "admin", 1]);
    await guardSession(kavach, bearer("other"), options);
    assert.equal(kavach.calls.length, 2);
    const other = client(() => null);
    assert.equal((await guardSession(other, bearer(), options)).ok, false);
    await guardSession(kavach, bearer(), { ...options, headers: { "X-Tenant": "b" } });
    assert.equal(kavach.calls.length, 3);
    test.mock.timers.tick(5_000);
    assert.equal((await guardSession(kavach, bearer(), options)).source, "server");
  });

  it("is not kept past the end of the session, and a refusal not at all", async (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    let answer = { ...ADA, session: { expiresAt } };
    const kavach = client(() => answer);
    const options = { cacheTtl: 5_000 };
    await guardSession(kavach, bearer(), options);
    test.mock.timers.tick(1_000);
    answer = null;
    assert.equal((await guardSession(kavach, bearer(), options)).reason, "invalid_session");
    answer = ADA;
    assert.equal((await guardSession(kavach, bearer(), options)).source, "server");
  });

  it("may be at most 5 seconds old", async () => {
    for (const cacheTtl of [5_001, -1, 1.5, "1000"])
      await assert.rejects(
        guardSession(
          client(() => ADA),
          bearer(),
          { cacheTtl },
        ),
        { code: "INVALID_ARGUMENT" },
      );
  });
});

describe("a JWT of the host", () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "host",
    aud: "app",
    sub: "ada",
    email: "ada@x.test",
    jti: "t1",
    exp: now + 3600,
    role: "admin",
  };
  const options = { jwt: { issuer: "host", audience: "app", secrets: [SECRET] } };
  const token = secretKey().then((key) => sign(key, claims));

  it("is verified without a request", async () => {
    const kavach = client(() => assert.fail("the server was asked"));
    const checked = await guardSession(kavach, bearer(await token), options);
    assert.deepEqual(
      [checked.source, checked.user.id, checked.user.email, checked.claims.role],
      ["jwt", "ada", "ada@x.test", "admin"],
    );
    assert.deepEqual(checked.session, { id: "t1", expiresAt: new Date(claims.exp * 1000).toISOString() });
  });

  it("is refused if it is not valid, and the server is not asked instead", async () => {
    const kavach = client(() => ADA);
    const forged = await sign(await secretKey("another-secret-0123456789abcdefghij"), claims);
    assert.equal((await guardSession(kavach, bearer(forged), options)).reason, "invalid_session");
    assert.equal(kavach.calls.length, 0);
  });

  it("of another issuer goes to the server", async () => {
    const kavach = client(() => ADA);
    const other = await sign(await secretKey(), { ...claims, iss: undefined });
    assert.equal((await guardSession(kavach, bearer(other), options)).source, "server");
  });
});

it("refuses wrong arguments whatever the request", async () => {
  const kavach = client(() => ADA);
  const wrong = [
    [[{}, bearer()], "kavach"],
    [[null, bearer()], "kavach"],
    [[kavach, {}], "request"],
    [[kavach, undefined], "request"],
    [[kavach, bearer(), { realm: 'a"b' }], "options.realm"],
    [[kavach, bearer(), { cookie: "a b" }], "options.cookie"],
    [[kavach, bearer(), { origins: "https://a.example" }], "options.origins"],
    [[kavach, bearer(), { origins: ["null"] }], "options.origins"],
    [[kavach, bearer(), { origins: ["https://a.example/"] }], "options.origins"],
    [[kavach, bearer(), { origins: ["*"] }], "options.origins"],
    [[kavach, bearer(), { token: "x" }], "options.token"],
    [[kavach, bearer(), { cache: 5, ttl: 1 }], "options.ttl"],
    [[kavach, bearer(), { deadline: 0 }], "options.deadline"],
    [[kavach, bearer(), { signal: {} }], "options.signal"],
    [[kavach, bearer(), { jwt: {} }], "options.jwt.issuer"],
  ];
  for (const [given, start] of wrong)
    await assert.rejects(
      guardSession(...given),
      (error) => error.code === "INVALID_ARGUMENT" && error.message.startsWith(`${start} must be`),
      start,
    );
  assert.equal(kavach.calls.length, 0);
});

it("says so where the runtime has no WebCrypto", async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    await assert.rejects(
      guardSession(
        client(() => ADA),
        bearer(),
        { cacheTtl: 1 },
      ),
      { code: "NOT_SUPPORTED" },
    );
    assert.equal(
      (
        await guardSession(
          client(() => ADA),
          bearer(),
        )
      ).ok,
      true,
    );
  } finally {
    Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
  }
});
