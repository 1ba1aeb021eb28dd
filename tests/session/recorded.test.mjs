// `kavachos-wasm/session` against what the real server has answered: each way to sign in, what it refuses, and what adapters lack.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordings } from "../server/replay.mjs";
import { createSession, KavachClient } from "./package.mjs";

const ORIGIN = "https://app.example";
const parsed = (value) => {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return value;
  }
};
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

/**
 * A session whose server answers as recorded: by method, path and body, and by the token or the cookie that came with them. A request
 * with credentials that were not recorded finds no server.
 */
function recorded(exchanges, { prefix = "", mode = "bearer", options, dialect = "adapter" } = {}) {
  const sent = [];
  const fetch = async (url, { method, headers, body }) => {
    const path = url.slice(ORIGIN.length);
    const given = { method, path, body: parsed(body ?? null), token: new Headers(headers).get("authorization") };
    sent.push(given);
    const found = exchanges.find(({ request }) => {
      const { Authorization: bearer = null, Cookie, cookie = Cookie } = request.headers;
      const credentials = mode === "cookie" ? cookie !== undefined || bearer === null : bearer === given.token;
      return (
        request.method === method && request.path === path && same(parsed(request.body), given.body) && credentials
      );
    });
    if (!found) throw new TypeError(`${method} ${path} is not recorded with these credentials`);
    const { status, headers: replied, body: answer } = found.response;
    const text = typeof answer === "string" ? answer : JSON.stringify(answer);
    return new Response(text || null, { status, headers: { "content-type": "application/json", ...replied } });
  };
  const credentials = mode === "cookie" ? { credentials: "include" } : {};
  const client = { baseUrl: ORIGIN + prefix, dialect, maxRetries: 0, fetch, ...credentials };
  return { session: createSession(new KavachClient(client), { mode, storage: "memory", ...options }), sent };
}

/** An exchange whose request came with a token. */
const withToken = (exchange, token) => ({
  ...exchange,
  request: { ...exchange.request, headers: { Authorization: `Bearer ${token}` } },
});
const named = (exchanges, name) => exchanges.find((exchange) => exchange.name === name);
const only = (exchanges, ...names) => names.map((name) => named(exchanges, name));
const tokenOf = ({ request }) => request.headers.Authorization.slice("Bearer ".length);

describe("a session, as recorded,", () => {
  const all = recordings("01-session");
  const bearer = named(all, "session with JWT bearer");

  it("is the person whom the server names, and is over when it says so", async () => {
    const initial = { user: { id: "?" }, token: tokenOf(bearer) };
    const { session, sent } = recorded(all, { options: { initial } });
    const { user, session: found } = bearer.response.body;
    const state = await session.refresh();
    assert.deepEqual([state.user, state.expiresAt], [user, found.expiresAt]);
    assert.deepEqual(await session.signOut(), { confirmed: true });
    assert.deepEqual(
      sent.map(({ method, path }) => `${method} ${path}`),
      ["GET /auth/session", "POST /auth/sign-out"],
    );
  });

  it("is none with another token, though a good cookie lies beside it", async () => {
    const { session } = recorded(all, { options: { initial: { user: { id: "a" }, token: "nope" } } });
    assert.deepEqual(await session.refresh(), { status: "signedOut", reason: "revoked" });
  });

  it("is that of the cookie, in mode cookie", async () => {
    const { session, sent } = recorded(only(all, "session with JWT cookie"), { mode: "cookie" });
    const state = await session.ready();
    assert.deepEqual([state.status, state.user.email], ["signedIn", "a@x.test"]);
    assert.equal(sent[0].token, null);
    const { session: nobody } = recorded(only(all, "session: none"), { mode: "cookie" });
    assert.deepEqual(await nobody.ready(), { status: "signedOut", reason: "none" });
  });

  it("of a password opens nothing, which is said", async () => {
    const up = named(all, "sign-up");
    const [{ user, token }, refused] = [up.response.body, named(all, "session: none")];
    const { session, sent } = recorded([up, withToken(refused, token)]);
    const result = await session.signUp(up.request.body);
    assert.deepEqual([result.user.id, result.session.usable], [user.id, false]);
    assert.equal(sent[1].token, `Bearer ${token}`);
    assert.deepEqual(session.state, { status: "signedOut", reason: "unusable" });
    const signIn = named(all, "sign-in");
    const again = recorded([signIn, withToken(refused, signIn.response.body.session.token)]).session;
    assert.equal((await again.signIn(signIn.request.body)).session.usable, false);
  });

  it("is found under a prefix where the adapter is mounted, and named as missing where it is routed", async () => {
    const mounted = named(all, "mounted under /api/kavach: session");
    const initial = { user: { id: "?" }, token: tokenOf(mounted) };
    const options = { prefix: "/api/kavach", options: { initial } };
    assert.equal((await recorded([mounted], options).session.refresh()).user.email, "a@x.test");
    const routed = recorded(only(all, "routed under /api/kavach: session"), options).session;
    assert.equal((await routed.refresh()).status, "signedIn", "a route that is missing refuses nobody");
    await assert.rejects(routed.magicLink.send("a@x.test"), { code: "NOT_SUPPORTED" });
  });
});

describe("the ways to sign in, as recorded:", () => {
  const all = recordings("02-sign-in-methods");

  it("a link, once", async () => {
    const verify = named(all, "magic link: verify");
    const { searchParams } = new URL(verify.request.path, ORIGIN);
    const { session } = recorded([verify]);
    const { user, session: found } = verify.response.body;
    const result = await session.magicLink.verify(searchParams.get("token"));
    assert.deepEqual(result, { user, session: { usable: true, expiresAt: found.expiresAt } });
    assert.equal(await session.token(), found.token);
    assert.deepEqual([session.state.status, session.state.method], ["signedIn", "magicLink"]);
    const replay = recorded(only(all, "magic link: replay")).session;
    await assert.rejects(replay.magicLink.verify(searchParams.get("token")), {
      name: "AuthenticationError",
      message: /Invalid or expired magic link/,
    });
    assert.notEqual(replay.state.status, "signedIn");
  });

  it("a link that is asked for too often", async () => {
    const [sent, limited] = only(all, "magic link: rate limit 0", "magic link: rate limit 3");
    await recorded([sent]).session.magicLink.send("n@x.test");
    await assert.rejects(recorded([limited]).session.magicLink.send("n@x.test"), { name: "RateLimitError" });
  });

  it("a code, with the spaces that people type", async () => {
    const verify = named(all, "otp verify");
    const { session } = recorded(only(all, "otp send", "otp verify"));
    await session.emailOtp.send("o@x.test");
    assert.deepEqual((await session.emailOtp.verify("o@x.test", " 797 107 ")).user, verify.response.body.user);
    const replay = recorded(only(all, "otp replay")).session;
    await assert.rejects(replay.emailOtp.verify("o@x.test", "797107"), { message: /Invalid or expired OTP code/ });
  });

  it("without a name, and with one later", async () => {
    const anonymous = named(all, "anonymous");
    const { userId, sessionToken } = anonymous.response.body;
    const { session } = recorded(only(all, "anonymous", "anonymous upgrade taken email", "anonymous upgrade twice"));
    assert.deepEqual((await session.anonymous()).user, { id: userId });
    assert.equal(await session.token(), sessionToken);
    await assert.rejects(session.upgrade({ email: "o@x.test" }), { statusCode: 500 });
    await assert.rejects(session.upgrade({ email: "up2@x.test" }), { statusCode: 400, message: /is not/ });
    assert.equal(session.state.status, "signedIn");
  });

  it("a password that is refused, in the words of the server", async () => {
    const cases = {
      "sign-up duplicate": ["signUp", "DUPLICATE_EMAIL"],
      "sign-up short": ["signUp", "INVALID_PASSWORD"],
      "sign-in after core reset": ["signIn", "INVALID_CREDENTIALS"],
    };
    for (const [name, [method, code]] of Object.entries(cases)) {
      const exchange = named(all, name);
      const { session } = recorded([exchange]);
      await assert.rejects(session[method](exchange.request.body), { code }, name);
      assert.notEqual(session.state.status, "signedIn");
    }
    const [unverified, limited] = only(recordings("10-rate-limits-cors"), "sign-in before verification", "sign-in 9");
    await assert.rejects(recorded([unverified]).session.signIn(unverified.request.body), {
      code: "EMAIL_NOT_VERIFIED",
    });
    await assert.rejects(recorded([limited]).session.signIn(limited.request.body), { name: "RateLimitError" });
  });

  it("another password, for somebody who has signed in by a code", async () => {
    const otp = named(all, "otp verify p");
    const wrong = named(all, "change-password wrong");
    const { session, sent } = recorded(only(all, "otp verify p", "change-password wrong", "change-password"));
    await session.emailOtp.verify("p@x.test", otp.request.body.code);
    await assert.rejects(session.changePassword(wrong.request.body), { code: "WRONG_PASSWORD" });
    assert.equal(await session.changePassword(named(all, "change-password").request.body), undefined);
    assert.equal(sent.at(-1).token, `Bearer ${otp.response.body.session.token}`);
    assert.equal(session.state.status, "signedIn");
  });

  it("a forgotten password, where Hono's own route is in the way", async () => {
    const { session } = recorded(all);
    assert.equal(await session.requestPasswordReset("p@x.test"), undefined);
    for (const shadowed of [
      named(all, "reset-password (plugin body {token,newPassword}; adapter route wins)"),
      named(recordings("02-reset-without-core"), "reset-password with a valid token, core module off"),
    ])
      await assert.rejects(recorded([shadowed]).session.resetPassword(shadowed.request.body), {
        code: "NOT_SUPPORTED",
        message: /Hono/,
      });
    await assert.rejects(session.verifyEmail("x"), { code: "INVALID_TOKEN" });
  });

  it("as somebody else, and back", async () => {
    const admin = recordings("03-admin-gdpr");
    const [impersonate, seen] = only(admin, "impersonate", "session while impersonating");
    const initial = { user: { id: "admin-fixed" }, token: tokenOf(impersonate) };
    const { session, sent } = recorded([impersonate, seen], { options: { initial } });
    const userId = impersonate.request.path.split("/").at(-2);
    const { user } = await session.impersonate(userId);
    assert.deepEqual(user, seen.response.body.user);
    assert.deepEqual([session.state.user.id, session.state.impersonator.id], [userId, "admin-fixed"]);
    assert.equal(await session.token(), impersonate.response.body.session.token);
    await session.signOut();
    assert.deepEqual([session.state.user.id, await session.token()], ["admin-fixed", tokenOf(impersonate)]);
    const ended = sent.find(({ path }) => path === "/auth/sign-out");
    assert.equal(ended.token, `Bearer ${impersonate.response.body.session.token}`);
  });

  it("a provider that is known", async () => {
    const { session } = recorded(only(all, "oauth providers"), { mode: "cookie" });
    assert.deepEqual(await session.oauth.providers(), [{ id: "github", name: "GitHub" }]);
    const callback = recordings("02-oauth-callback");
    const back = recorded(callback, { mode: "cookie" }).session;
    const { state } = await back.oauth.complete();
    assert.deepEqual([state.user.name, state.method], ["Idp", "oauth"]);
  });
});

describe("passkeys, as recorded in Chromium:", () => {
  const browser = recordings("02-browser-passkey-oauth");
  const prefix = "/api/kavach";
  const bytes = (text) => Buffer.from(text, "base64url");
  const recordedVerify = (path) => browser.find(({ request }) => request.path.endsWith(path));
  const responseOf = (path) => parsed(recordedVerify(path).request.body).response;

  /** What the authenticator of the recording answered. */
  function authenticator(context, path) {
    const { id, rawId, type, transports, response } = responseOf(path);
    const asked = [];
    const answer = async (options) => {
      asked.push(options);
      const buffers = Object.entries(response).map(([name, text]) => [name, new Uint8Array(bytes(text)).buffer]);
      const credential = { id, rawId: new Uint8Array(bytes(rawId)).buffer, type };
      return { ...credential, response: { ...Object.fromEntries(buffers), getTransports: () => transports } };
    };
    const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
    const value = { credentials: { create: answer, get: answer } };
    Object.defineProperty(globalThis, "navigator", { value, configurable: true });
    context.after(() =>
      before ? Object.defineProperty(globalThis, "navigator", before) : delete globalThis.navigator,
    );
    return asked;
  }

  it("what is registered is what the browser sent then", async (context) => {
    const asked = authenticator(context, "/register/verify");
    const { session, sent } = recorded(
      browser.map((exchange) => withToken(exchange, "t")),
      { prefix, options: { initial: { user: { id: "usr_0123456789abcdef" }, token: "t" } } },
    );
    const made = await session.passkey.register({ deviceName: "Chromium" });
    assert.equal(made.credentialId, responseOf("/register/verify").id);
    const [{ publicKey }] = asked;
    const options = parsed(recordedVerify("/register/options").response.body);
    assert.deepEqual(Buffer.from(publicKey.challenge), bytes(options.challenge));
    assert.equal(Buffer.from(publicKey.user.id).toString(), options.user.id);
    const { clientDataJSON } = responseOf("/register/verify").response;
    assert.equal(JSON.parse(bytes(clientDataJSON)).challenge, options.challenge, "of one ceremony");
    assert.deepEqual(sent.at(-1).body, { response: responseOf("/register/verify") });
  });

  it("what signs in is what the browser sent then", async (context) => {
    authenticator(context, "/authenticate/verify");
    const { session, sent } = recorded(browser, { prefix });
    const { user, session: found } = await session.passkey.signIn();
    assert.deepEqual([user, found.usable], [{ id: "usr_0123456789abcdef" }, true]);
    const verify = sent.find(({ path }) => path.endsWith("/authenticate/verify"));
    assert.deepEqual(verify.body, { response: responseOf("/authenticate/verify") });
    assert.equal(await session.token(), parsed(recordedVerify("/authenticate/verify").response.body).session.token);
  });

  it("what is listed and removed, and what is only said to be removed", async () => {
    const all = recordings("02-sign-in-methods");
    const [listed, removed] = only(all, "passkey credentials", "passkey delete by credentialId");
    const [{ credentialId }] = listed.response.body.credentials;
    const token = tokenOf(listed);
    const initial = { user: { id: "?" }, token };
    const empty = { ...listed, response: { ...listed.response, body: { credentials: [] } } };
    const { session } = recorded([listed], { options: { initial } });
    assert.equal((await session.passkey.list())[0].credentialId, credentialId);
    await recorded([removed, empty], { options: { initial } }).session.passkey.remove(credentialId);
    // Next.js says that it has removed whatever it is asked to.
    const next = named(recordings("10-next-silent-failures"), "next DELETE /api/kavach/auth/passkey/credentials/abc");
    const said = {
      ...withToken(next, token),
      request: { ...removed.request, headers: { Authorization: `Bearer ${token}` } },
    };
    await assert.rejects(recorded([said, listed], { options: { initial } }).session.passkey.remove(credentialId), {
      code: "NOT_APPLIED",
    });
  });
});

describe("another token, as the refresh route of the server was recorded:", () => {
  const all = recordings("01-refresh-in-process-module");
  const initial = { user: { id: "user-1" }, token: "t" };
  // Those that come with a cookie have no body. A session sends an empty object, as some servers want one.
  const answering = (name) => {
    const exchange = named(all, name);
    const request = { ...exchange.request, headers: {}, body: {} };
    return recorded([{ ...exchange, request }], { options: { refreshUrl: `${ORIGIN}/auth/refresh`, initial } });
  };

  it("is taken, with its time by the clock of the server", async () => {
    const { session, sent } = answering("refresh (cookie)");
    const { accessToken, accessTokenExpiresAt } = named(all, "refresh (cookie)").response.body;
    await session.refresh();
    assert.equal(await session.token(), accessToken);
    assert.deepEqual([session.state.user.id, session.state.expiresAt], ["user-1", accessTokenExpiresAt]);
    assert.ok(
      sent.every(({ token }) => token === null),
      "it is asked for by the cookie alone",
    );
  });

  for (const name of ["refresh: reuse of the old one", "refresh: family revoked", "refresh: none", "refresh: unknown"])
    it(`is refused, and the session is over: ${name}`, async () => {
      const { session } = answering(name);
      assert.equal(await session.token(), "t");
      assert.deepEqual(await session.refresh(), { status: "signedOut", reason: "revoked" });
      assert.equal(await session.token(), undefined);
    });
});

describe("a server without these routes, as recorded,", () => {
  const missing = [...recordings("10-adapters-matrix"), ...recordings("10-mounts-per-adapter")].filter(
    ({ request, response }) => request.path.endsWith("/auth/session") && response.status === 404,
  );
  it("is recorded in several forms", () => assert.ok(new Set(missing.map(({ response }) => response.body)).size >= 3));
  for (const { name, response } of missing)
    it(`is known by its answer, and refuses nobody: ${name}`, async () => {
      const headers = { "content-type": "application/json", ...response.headers };
      let requests = 0;
      const fetch = async () => {
        requests++;
        return new Response(response.body || null, { status: 404, headers });
      };
      const client = new KavachClient({ baseUrl: `${ORIGIN}/api/kavach`, dialect: "adapter", maxRetries: 0, fetch });
      const session = createSession(client, { initial: { user: { id: "a" }, token: "t" } });
      assert.equal((await session.refresh()).status, "signedIn");
      await assert.rejects(session.magicLink.send("a@x.test"), (error) => {
        assert.equal(error.code, "NOT_SUPPORTED");
        assert.match(error.message, /app\.example\/api\/kavach\/auth\/.*mount\(\)/s);
        return true;
      });
      const asked = requests;
      await assert.rejects(session.anonymous(), { code: "NOT_SUPPORTED" });
      await assert.rejects(session.passkey.list(), { code: "NOT_SUPPORTED" });
      assert.equal(requests, asked, "it is not asked for the rest");
    });
});
