// Sessions as programs use them, with a bearer token.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";
import { createSession } from "./entry.js";
import { ANN, answer, BOB, failing, grant, HOUR, Page, pollute, START, settled, storageOf } from "./fake-page.mjs";

const INPUT = { email: "ann@x.test", password: "password-1" };
const known = (user = ANN) => ({ user, session: { id: "s", expiresAt: new Date(START + HOUR).toISOString() } });
const REFUSED = answer(401, { error: "Not authenticated" });
const routes = () => ({
  "POST /auth/sign-in": grant(ANN, "t1"),
  "GET /auth/session": known(),
  "POST /auth/sign-out": { success: true },
});
const signedIn = async (options, more) => {
  const page = new Page({ ...routes(), ...more });
  const session = page.session(options);
  await session.signIn(INPUT);
  return { page, session };
};

it("does nothing until it is used", async () => {
  const page = new Page(routes());
  const session = page.session({ storage: "local" });
  await settled();
  assert.deepEqual([session.state, page.calls, page.channels, page.listeners], [{ status: "loading" }, [], [], []]);
  assert.deepEqual(await session.ready(), { status: "signedOut", reason: "none" });
  assert.deepEqual(page.calls, []);
});

it("can be made without a browser", async () => {
  const page = new Page(routes());
  const session = createSession(page.client());
  assert.deepEqual(await session.ready(), { status: "signedOut", reason: "none" });
  session.stop();
});

it("signs in, serves the token and signs out", async () => {
  const { page, session } = await signedIn();
  const { state } = session;
  assert.deepEqual([state.status, state.user, state.method], ["signedIn", ANN, "password"]);
  assert.equal(await session.token(), "t1");
  assert.equal(await session.token({ operation: "session.signIn" }), undefined);
  assert.deepEqual(await session.signOut(), { confirmed: true });
  assert.deepEqual([session.state, await session.token()], [{ status: "signedOut", reason: "signedOut" }, undefined]);
  assert.deepEqual(page.calls.at(-1).token, "t1");
});

it("ends here whatever the server answers, and says whether it has confirmed", async () => {
  for (const [route, confirmed] of [
    [REFUSED, true],
    [answer(500), false],
    [new TypeError("fetch failed"), false],
  ]) {
    const { session } = await signedIn({}, { "POST /auth/sign-out": route });
    assert.deepEqual(await session.signOut(), { confirmed });
    assert.equal(session.state.status, "signedOut");
  }
});

it("shows its token nowhere", async () => {
  const { page, session } = await signedIn({ storage: "local" });
  for (const shown of [
    JSON.stringify(session),
    inspect(session, { depth: 9, showHidden: true, getters: true }),
    JSON.stringify(page.news),
    inspect(session.state, { showHidden: true }),
    Object.values(session).join(),
  ])
    assert.ok(!shown.includes("t1") && !shown.includes("password-1"), shown);
  assert.deepEqual(JSON.parse(JSON.stringify(session)), JSON.parse(JSON.stringify(session.state)));
});

it("asks after a 401 whether the session holds: once, and not right after the server has said so", async () => {
  const { page, session } = await signedIn();
  page.time += 6000;
  const before = page.calls.length;
  await Promise.all([1, 2, 3].map(() => session.token({ previousToken: "t1" })));
  await session.token({ previousToken: "t1" });
  await session.token({ previousToken: "another" });
  assert.deepEqual(page.paths(before), ["GET /auth/session"]);
  page.time += 6000;
  page.routes["GET /auth/session"] = REFUSED;
  assert.equal(await session.token({ previousToken: "t1" }), undefined);
  assert.deepEqual(session.state, { status: "signedOut", reason: "revoked" });
});

it("serves no token whose time is over", async () => {
  const { page, session } = await signedIn();
  page.time += HOUR;
  assert.deepEqual(session.state, { status: "signedOut", reason: "expired" });
  assert.equal(await session.token(), undefined);
});

it("takes an outage for no refusal", async () => {
  const page = new Page(routes());
  const storage = storageOf();
  await page.session({ storage }).signIn(INPUT);
  page.routes["GET /auth/session"] = answer(503);
  const session = page.session({ storage });
  const { status, user } = await session.ready();
  assert.deepEqual([status, user.id, await session.token()], ["unknown", "ann", "t1"]);
  page.routes["GET /auth/session"] = known();
  await page.pass(6000);
  assert.equal(session.state.status, "signedIn");
});

it("is ready when the server has answered", async () => {
  const page = new Page(routes());
  const storage = storageOf();
  await page.session({ storage }).signIn(INPUT);
  let release;
  page.routes["GET /auth/session"] = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const session = page.session({ storage });
  const ready = session.ready();
  await settled();
  assert.equal(session.state.status, "loading");
  release(known({ ...ANN, name: "Anne" }));
  assert.equal((await ready).user.name, "Anne");
});

it("calls each listener after each change, and one that throws harms no other", async (context) => {
  const page = new Page(routes());
  const session = page.session();
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  context.after(() => delete globalThis.reportError);
  const seen = [];
  session.subscribe(() => {
    throw new Error("mine");
  });
  const listener = () => seen.push(session.state.status);
  const end = session.subscribe(listener);
  session.subscribe(listener);
  await session.signIn(INPUT);
  assert.deepEqual(seen, ["signedOut", "signedOut", "signedIn", "signedIn"]);
  end();
  await session.signOut();
  assert.equal(seen.length, 5);
  assert.deepEqual(new Set(reported), new Set(["mine"]));
});

it("begins with what a server has rendered", async () => {
  const page = new Page(routes());
  const expiresAt = new Date(START + HOUR).toISOString();
  const session = page.session({ initial: { user: ANN, expiresAt, token: "t0" } });
  assert.deepEqual(session.state, { status: "signedIn", user: ANN, expiresAt, method: "initial" });
  assert.equal(await session.token(), "t0");
  const none = page.session({ initial: null });
  assert.deepEqual([none.state, await none.token()], [{ status: "signedOut", reason: "none" }, undefined]);
});

it("stops for good, until it is used again", async () => {
  const { page, session } = await signedIn();
  session.stop();
  assert.deepEqual([page.timers.size, page.listeners.length], [0, 0]);
  assert.equal(await session.token(), "t1");
  assert.equal(page.listeners.length, 1);
});

it("has methods that work without their object", async () => {
  const page = new Page(routes());
  const { signIn, token, signOut, ready, refresh } = page.session();
  await signIn(INPUT);
  assert.equal(await token(), "t1");
  assert.equal((await refresh()).status, "signedIn");
  assert.equal((await ready()).status, "signedIn");
  assert.deepEqual(await signOut(null), { confirmed: true });
});

it("takes nothing of Object.prototype for its own", async (context) => {
  const polluted = {
    user: BOB,
    token: "evil",
    all: true,
    previousToken: "t1",
    operation: "session.x",
    userId: "bob",
    session: { token: "evil" },
  };
  const { page, session } = await signedIn();
  const restore = pollute(context, polluted);
  page.time += 6000;
  const before = page.calls.length;
  const served = await session.token({});
  const asked = page.calls.length - before;
  page.routes["POST /auth/sign-in"] = {};
  const error = await failing(session.signIn({ email: "eve@x.test", password: "password-1" }));
  restore();
  assert.deepEqual([served, asked, error.code], ["t1", 0, "DECODE_ERROR"]);
  assert.equal(session.state.user.id, "ann");
});

it("a sign-in as somebody else during a sign-out stands", async () => {
  const { page, session } = await signedIn();
  let release;
  page.routes["POST /auth/sign-out"] = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const out = session.signOut();
  await settled();
  page.time += 1;
  page.routes["POST /auth/sign-in"] = grant(BOB, "t2");
  page.routes["GET /auth/session"] = known(BOB);
  const [end] = [release];
  page.routes["POST /auth/sign-out"] = { success: true };
  await session.signIn({ email: "bob@x.test", password: "password-2" });
  end({ success: true });
  await out;
  assert.deepEqual([session.state.user?.id, await session.token()], ["bob", "t2"]);
});
