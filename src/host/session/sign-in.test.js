// The ways to sign in, and what the server makes of them.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, BOB, failing, grant, HOUR, iso, Page, START, settled } from "./fake-page.mjs";

const known = (user = ANN) => ({ user, session: { expiresAt: iso(START + HOUR) } });
const REFUSED = answer(401, { error: "Not authenticated" });
const INPUT = { email: "ann@x.test", password: "password-1" };
const pageOf = (more) => new Page({ "GET /auth/session": known(), "POST /auth/sign-out": {}, ...more });

it("each way asks its route, and is remembered", async () => {
  const page = pageOf({
    "POST /auth/sign-up": grant(ANN, "t1"),
    "POST /auth/magic-link/send": { sent: true },
    "GET /auth/magic-link/verify": grant(ANN, "t2"),
    "POST /auth/email-otp/send": { sent: true },
    "POST /auth/email-otp/verify": grant(ANN, "t3"),
    "POST /auth/anonymous": { userId: "ann", token: "t4" },
  });
  const session = page.session();
  const { user, session: found } = await session.signUp({ ...INPUT, name: "Ann" });
  assert.deepEqual([user, found], [ANN, { usable: true, expiresAt: iso(START + HOUR) }]);
  assert.equal(session.state.method, "password");
  assert.equal(await session.magicLink.send("ann@x.test"), undefined);
  await session.magicLink.verify("one");
  assert.equal(session.state.method, "magicLink");
  assert.equal(await session.emailOtp.send("ann@x.test"), undefined);
  await session.emailOtp.verify("ann@x.test", " 123 456 ");
  assert.equal(page.calls.findLast(({ path }) => path.endsWith("verify")).body.code, "123456");
  await session.anonymous();
  assert.deepEqual([session.state.method, await session.token()], ["anonymous", "t4"]);
  await settled();
  const ended = page.calls.filter(({ path }) => path === "/auth/sign-out").map(({ token }) => token);
  assert.deepEqual(ended, ["t1", "t2", "t3"], "the tokens before it are ended");
});

it("says what is wrong with an argument before any request", async () => {
  const page = pageOf();
  const session = page.session();
  for (const call of [
    () => session.signIn({ email: "ann@x.test" }),
    () => session.signIn(undefined),
    () => session.emailOtp.verify("ann@x.test", 123456),
    () => session.magicLink.verify(""),
    () => session.magicLink.send(5),
    () => session.impersonate(""),
  ])
    assert.equal((await failing(call())).code, "INVALID_ARGUMENT");
  assert.deepEqual(page.calls, []);
});

it("is unusable where the server does not accept its own token, and no token is served", async () => {
  const page = pageOf({ "POST /auth/sign-in": grant(ANN, "t1"), "GET /auth/session": REFUSED });
  const session = page.session();
  const { session: found } = await session.signIn(INPUT);
  assert.equal(found.usable, false);
  assert.deepEqual([session.state, await session.token()], [{ status: "signedOut", reason: "unusable" }, undefined]);
});

it("is usable where the server cannot be asked", async () => {
  const page = pageOf({ "POST /auth/sign-in": grant(ANN, "t1"), "GET /auth/session": answer(503) });
  const session = page.session();
  assert.equal((await session.signIn(INPUT)).session.usable, true);
});

it("an unusable sign-in of the same person keeps the session, of another one ends it", async () => {
  const page = pageOf({ "POST /auth/sign-in": grant(ANN, "t1") });
  const session = page.session();
  await session.signIn(INPUT);
  page.routes["GET /auth/session"] = ({ token }) => (token === "t1" ? known() : REFUSED.clone());
  page.routes["POST /auth/sign-in"] = grant(ANN, "t2");
  assert.equal((await session.signIn(INPUT)).session.usable, false);
  assert.equal(await session.token(), "t1");
  page.routes["POST /auth/sign-in"] = grant(BOB, "t3");
  await session.signIn(INPUT);
  assert.deepEqual(session.state, { status: "signedOut", reason: "unusable" });
});

it("an answer without a session is an error, and one about somebody else is not believed", async () => {
  const page = pageOf({ "POST /auth/sign-in": { user: ANN } });
  const session = page.session();
  assert.equal((await failing(session.signIn(INPUT))).code, "DECODE_ERROR");
  // In mode "cookie" a sign-in by password sets no cookie: the one that is there is somebody else's.
  const cookie = pageOf({ "POST /auth/sign-in": grant(ANN, "t1"), "GET /auth/session": known(BOB) });
  const found = await cookie.session({ mode: "cookie" }).signIn(INPUT);
  assert.deepEqual([found.user.id, found.session.usable], ["ann", false]);
});

it("impersonation is for bearers who are still signed in when the answer comes", async () => {
  const page = pageOf({ "POST /auth/sign-in": grant(ANN, "t1") });
  assert.equal((await failing(page.session({ mode: "cookie" }).impersonate("bob"))).code, "NOT_SUPPORTED");
  const session = page.session();
  await session.signIn(INPUT);
  let release;
  page.routes["POST /auth/admin/users/bob/impersonate"] = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const pending = failing(session.impersonate("bob"));
  await settled();
  await session.signOut();
  release(grant(BOB, "t2"));
  assert.equal((await pending).code, "NOT_APPLIED");
  await settled();
  assert.deepEqual([session.state.status, page.calls.at(-1).token], ["signedOut", "t2"], "its token is ended");
});

it("a sign-out of all ends the sessions beneath too", async () => {
  const page = pageOf({
    "POST /auth/sign-in": grant(ANN, "t1"),
    "POST /auth/admin/users/bob/impersonate": grant(BOB, "t2"),
  });
  page.routes["GET /auth/session"] = ({ token }) => known(token === "t2" ? BOB : ANN);
  const session = page.session();
  await session.signIn(INPUT);
  await session.impersonate("bob");
  const before = page.calls.length;
  assert.deepEqual(await session.signOut({ all: true }), { confirmed: true });
  assert.deepEqual(
    page.calls.slice(before).map(({ token }) => token),
    ["t2", "t1"],
  );
  assert.equal(session.state.status, "signedOut");
});

it("no error shows a password, a code or a token", async () => {
  const page = pageOf({
    "POST /auth/sign-in": answer(401, { error: { code: "INVALID_CREDENTIALS", message: "wrong: s3cret-1" } }),
    "POST /auth/email-otp/verify": answer(400, { error: { code: "INVALID", message: "wrong: s3cret-1" } }),
    "GET /auth/magic-link/verify": new TypeError("fetch failed: s3cret-1"),
  });
  const session = page.session();
  for (const call of [
    () => session.signIn({ email: "ann@x.test", password: "s3cret-1" }),
    () => session.emailOtp.verify("ann@x.test", "s3cret-1"),
    () => session.magicLink.verify("s3cret-1"),
  ]) {
    const error = await failing(call());
    assert.ok(!`${error.stack} ${JSON.stringify(error)} ${error.cause?.stack}`.includes("s3cret-1"), error.stack);
  }
});
