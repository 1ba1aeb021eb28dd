// What a session asks its server: each question once at a time.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, grant, Page, settled } from "./fake-page.mjs";

const INPUT = { email: "ann@x.test", password: "password-1" };
const pageOf = () => new Page({ "POST /auth/sign-in": grant(ANN, "t1"), "GET /auth/session": { user: ANN } });

it("asks once for all who want to know, and again when the answer is there", async () => {
  const page = pageOf();
  const core = page.core({ initial: { user: ANN, token: "t1" } });
  await core.start();
  await Promise.all([core.check(), core.check(), core.check()]);
  assert.equal(page.calls.length, 1);
  await core.check();
  assert.equal(page.calls.length, 2);
});

it("asks nothing where nobody is signed in", async () => {
  const page = pageOf();
  const core = page.core();
  await core.start();
  await core.check();
  assert.deepEqual([page.calls, await core.end(undefined)], [[], true]);
});

it("keeps what is known of a person where the server tells no more than an id, and nothing of somebody else", async () => {
  const page = pageOf();
  page.routes["GET /auth/session"] = { userId: "ann" };
  const core = page.core({ initial: { user: ANN, token: "t1" } });
  await core.start();
  await core.check();
  assert.deepEqual(core.state().user, ANN);
  page.routes["GET /auth/session"] = { user: { id: "ann", name: "Anna" } };
  await core.check();
  const { user } = core.state();
  assert.deepEqual(user, { ...ANN, name: "Anna" });
  assert.ok(Object.isFrozen(user));
  page.routes["GET /auth/session"] = { user: { id: "eve" } };
  await core.check();
  assert.deepEqual(core.state().user, { id: "eve" });
});

it("does not fail where the module cannot decide", async () => {
  const page = pageOf();
  const core = page.core({ initial: { user: ANN, token: "t1" } });
  const { now } = page.host;
  page.host.now = () => {
    throw new Error("no clock");
  };
  await core.check();
  page.host.now = now;
  await settled();
  assert.equal(page.calls.length, 0);
});

it("loads what is loaded later once", async () => {
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  const core = page.core();
  Object.assign(core, { adopt: () => {}, as: () => {} });
  const [one, other] = await Promise.all([core.later(), core.later()]);
  assert.equal(one, other);
});
