// Another token: once in all tabs, never twice for one cookie, and never a sign-out because a server is unreachable.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, BOB, grant, HOUR, iso, Page, REFRESH, START, settled } from "../session/fake-page.mjs";

const INPUT = { email: "ann@x.test", password: "password-1" };
const REFUSED = answer(401, { error: "Not authenticated" });
const PATH = `POST ${REFRESH}`;
const jwt = (claims) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");

/** A server whose route for tokens accepts each cookie once, as those do that rotate it. */
function rotating(page) {
  const tokens = new Map();
  let count = 0;
  let isTaken = false;
  let isBusy = false;
  const issue = (user, life = HOUR) => {
    const token = `t${++count}`;
    tokens.set(token, { user, expires: page.time + life });
    return { token, expires: page.time + life };
  };
  const server = { tokens, issue, refreshes: 0, latency: 0, isReused: false };
  page.routes[PATH] = async () => {
    server.refreshes++;
    if (isBusy) server.isReused = true;
    isBusy = true;
    if (server.latency) await new Promise((resolve) => page.host.after(server.latency, resolve));
    isBusy = false;
    if (isTaken) return REFUSED.clone();
    const { token, expires } = issue(ANN);
    return { accessToken: token, accessTokenExpiresAt: iso(expires) };
  };
  server.take = () => {
    isTaken = true;
  };
  page.routes["POST /auth/sign-in"] = () => {
    const { token, expires } = issue(ANN);
    return grant(ANN, token, expires);
  };
  page.routes["GET /auth/session"] = ({ token }) => {
    const found = tokens.get(token);
    return found && found.expires > page.time ? { user: found.user } : REFUSED.clone();
  };
  page.routes["POST /auth/sign-out"] = {};
  return server;
}

const signedIn = async (options) => {
  const page = new Page();
  const server = rotating(page);
  const session = await page.loaded({ refreshUrl: REFRESH, ...options });
  await session.signIn(INPUT);
  return { page, server, session };
};

it("comes before the one that is held expires", async () => {
  const { page, server, session } = await signedIn();
  await page.pass(HOUR - 125_000);
  assert.equal(server.refreshes, 0);
  await page.pass(65_000);
  assert.deepEqual([server.refreshes, await session.token(), session.state.method], [1, "t2", "password"]);
  await page.pass(3 * HOUR);
  assert.equal(session.state.status, "signedIn");
  assert.ok(server.refreshes <= 5, `${server.refreshes}`);
});

it("comes once for all who wait", async () => {
  const { page, server, session } = await signedIn();
  page.time += HOUR + 1000;
  const tokens = await Promise.all([session.token(), session.token(), session.refresh().then(() => session.token())]);
  assert.deepEqual([tokens, server.refreshes], [["t2", "t2", "t2"], 1]);
});

it("comes once in two tabs: the other one takes what the first has found", async () => {
  const { page, server, session } = await signedIn({ storage: "local" });
  const other = await page.loaded({ storage: "local", refreshUrl: REFRESH });
  await other.ready();
  server.latency = 500;
  page.time += HOUR + 1000;
  const both = Promise.all([session.token(), other.token()]);
  await page.pass(2000);
  assert.deepEqual([await both, server.refreshes, server.isReused], [["t2", "t2"], 1, false]);
  assert.ok(page.locks.names.every((name) => name.endsWith(":refresh")));
});

it("comes where there are no locks", async () => {
  const { page, session } = await signedIn();
  page.locks = undefined;
  page.time += HOUR + 1000;
  assert.equal(await session.token(), "t2");
});

it("comes when the server refuses the one that is held", async () => {
  const { page, server, session } = await signedIn();
  page.time += 6000;
  server.tokens.delete("t1");
  await session.token({ previousToken: "t1" });
  await settled();
  assert.deepEqual([await session.token(), server.refreshes, session.state.status], ["t2", 1, "signedIn"]);
});

it("is not asked for again at once when the server refuses the new one too", async () => {
  const { page, server, session } = await signedIn();
  page.time += 6000;
  page.routes["GET /auth/session"] = REFUSED;
  await session.refresh();
  for (let turn = 0; turn < 5; turn++) {
    await session.token({ previousToken: await session.token() });
    await settled();
  }
  assert.equal(server.refreshes, 1);
});

it("is over when the server refuses, and expires when it is unreachable", async () => {
  const { page, server, session } = await signedIn();
  server.take();
  assert.deepEqual(await session.refresh(), { status: "signedOut", reason: "revoked" });
  const away = await signedIn();
  away.page.routes[PATH] = answer(503, {}, { "retry-after": "30" });
  away.page.time += HOUR + 1000;
  assert.equal(await away.session.token(), undefined);
  assert.equal(away.session.state.status, "unknown");
  const calls = () => away.page.paths().filter((path) => path === PATH).length;
  const before = calls();
  await away.page.pass(20_000);
  assert.equal(calls(), before, "it said when");
  away.page.routes[PATH] = { accessToken: "t9" };
  away.server.tokens.set("t9", { user: ANN, expires: Number.POSITIVE_INFINITY });
  await away.page.pass(60_000);
  assert.deepEqual([away.session.state.status, await away.session.token()], ["signedIn", "t9"]);
  assert.ok(page);
});

it("is asked for less and less often while the token that is held is refused and no other can be had", async () => {
  const { page, server, session } = await signedIn();
  page.routes[PATH] = answer(503);
  server.tokens.clear();
  await session.refresh();
  assert.equal(session.state.status, "signedIn", "nobody has refused it yet");
  page.fire("online");
  await page.pass(10 * 60_000);
  assert.equal(session.state.status, "unknown");
  for (const path of [PATH, "GET /auth/session"]) {
    const count = page.paths().filter((asked) => asked === path).length;
    assert.ok(count > 5 && count < 20, `${path}: ${count} times`);
  }
  // A token that is over is not shown to the server any more.
  await page.pass(HOUR);
  const { length } = page.calls;
  await page.pass(10 * 60_000);
  assert.ok(page.paths(length).every((path) => path === PATH));
});

it("does not undo a sign-out that happens meanwhile", async () => {
  const { page, server, session } = await signedIn();
  server.latency = 1000;
  const refresh = session.refresh();
  await settled();
  await session.signOut();
  await page.pass(2000);
  await refresh;
  assert.deepEqual([session.state, await session.token()], [{ status: "signedOut", reason: "signedOut" }, undefined]);
});

it("finds somebody who has not signed in here, by the server or by the token", async () => {
  const page = new Page({ [PATH]: { accessToken: "t1" }, "GET /auth/session": { user: BOB } });
  const session = page.session({ refreshUrl: REFRESH });
  assert.equal((await session.ready()).status, "signedOut");
  const state = await session.refresh();
  assert.deepEqual([state.user.id, state.method], ["bob", "refresh"]);

  const token = jwt({ sub: "ann", email: "ann@x.test", name: "Ann", iat: START / 1000 });
  const away = new Page({ [PATH]: { accessToken: token }, "GET /auth/session": answer(503) });
  const found = await away.session({ refreshUrl: REFRESH }).refresh();
  assert.deepEqual(found.user, ANN);

  const nobody = new Page({ [PATH]: { accessToken: "opaque" }, "GET /auth/session": answer(503) });
  assert.equal((await nobody.session({ refreshUrl: REFRESH }).refresh()).status, "signedOut");
});

it("keeps no token in mode cookie", async () => {
  const page = new Page({ [PATH]: { accessToken: "s3cret" }, "GET /auth/session": { user: ANN } });
  const session = page.session({ mode: "cookie", storage: "local", refreshUrl: REFRESH });
  await session.ready();
  await session.refresh();
  assert.equal(session.state.status, "signedIn");
  assert.ok(![...page.local.entries.values()].join().includes("s3cret"));
  assert.equal(await session.token(), undefined);
});

it("is not asked for without an address", async () => {
  const page = new Page({ "POST /auth/sign-in": grant(ANN, "t1"), "GET /auth/session": { user: ANN } });
  const core = page.core();
  await core.start();
  await core.renew();
  assert.deepEqual(page.calls, []);
});
