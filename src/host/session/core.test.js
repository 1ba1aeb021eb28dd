// The session itself: storages that fail, other tabs, returns to the tab, timers and sign-outs that a server has not confirmed.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, BOB, globals, grant, HOUR, iso, Page, START, settled, storageOf } from "./fake-page.mjs";
import { written } from "./record.js";

const INPUT = { email: "ann@x.test", password: "password-1" };
const known = (user = ANN) => ({ user, session: { id: "s", expiresAt: iso(START + HOUR) } });
const REFUSED = answer(401, { error: "Not authenticated" });
const KEY = "kavachos.session:https://app.example/api/kavach";
const pageOf = (more) =>
  new Page({
    "POST /auth/sign-in": grant(ANN, "t1"),
    "GET /auth/session": known(),
    "POST /auth/sign-out": { success: true },
    ...more,
  });
const statusOf = ({ state }) => state.user?.id ?? state.reason ?? state.status;
const kept = (page) => JSON.parse(page.local.entries.get(KEY));
const stored = (stamp, more = {}) => ({ stamp, reason: 0, owed: false, record: undefined, ...more });
const recordOf = (token, more = {}) => ({
  user: ANN,
  token,
  deadline: START + HOUR,
  method: "password",
  below: [],
  ...more,
});

it("works where storages throw, without a channel and without locks", async () => {
  const page = pageOf();
  page.host.storage = () => {
    throw new Error("blocked");
  };
  page.host.channel = () => undefined;
  page.host.locks = () => undefined;
  const session = page.session({ storage: "local" });
  await session.signIn(INPUT);
  assert.deepEqual([statusOf(session), await session.token()], ["ann", "t1"]);
  await session.signOut();
  assert.equal(statusOf(session), "signedOut");
});

it("works with a storage that is full, and takes garbage for nothing", async () => {
  const page = pageOf();
  const place = storageOf();
  place.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  place.entries.set("k", '{"v":1,"stamp":5,"record":{"user":{"id":"eve"},"token":"two words"}}');
  const session = page.session({ storage: place, key: "k" });
  assert.equal(statusOf({ state: await session.ready() }), "none");
  await session.signIn(INPUT);
  assert.equal(await session.token(), "t1");
});

it("works with a storage that answers later, or never", async () => {
  const page = pageOf();
  const map = new Map();
  const storage = {
    getItem: async (key) => map.get(key) ?? null,
    setItem: async (key, value) => void map.set(key, value),
  };
  await page.session({ storage, key: "k" }).signIn(INPUT);
  await settled();
  const next = page.session({ storage, key: "k" });
  assert.equal((await next.ready()).user.id, "ann");
  const never = { getItem: () => new Promise(() => {}), setItem: () => new Promise(() => {}) };
  const session = page.session({ storage: never });
  const ready = session.ready();
  await page.pass(5000);
  assert.equal((await ready).reason, "none");
});

it("keeps a bearer session with its token, and a cookie session without a secret", async () => {
  const page = pageOf();
  await page.session({ storage: "local" }).signIn(INPUT);
  assert.equal(kept(page).record.token, "t1");
  const other = pageOf();
  const session = other.session({ mode: "cookie", storage: "local" });
  assert.equal((await session.ready()).method, "cookie");
  assert.ok(!("token" in kept(other).record));
  assert.equal(await session.token(), undefined);
});

it("does not take a token out of the storage for a cookie session", async () => {
  const page = pageOf({ "GET /auth/session": REFUSED });
  page.local.setItem(KEY, written(stored(5, { record: recordOf("stolen") })));
  const session = page.session({ mode: "cookie", storage: "local" });
  assert.equal((await session.ready()).reason, "none");
  assert.deepEqual(
    page.calls.map(({ token }) => token),
    [undefined],
  );
});

it("a cookie session knows whose it was when the server cannot be asked", async () => {
  const page = pageOf();
  const options = { mode: "cookie", storage: "local" };
  const first = page.session(options);
  await first.ready();
  first.stop();
  page.routes["GET /auth/session"] = answer(503);
  const state = await page.session(options).ready();
  assert.deepEqual([state.status, state.user], ["unknown", ANN]);
});

it("a cookie session that another visit has begun is found by a refresh", async () => {
  const page = pageOf({ "GET /auth/session": REFUSED });
  const session = page.session({ mode: "cookie" });
  assert.equal((await session.ready()).status, "signedOut");
  page.routes["GET /auth/session"] = known(BOB);
  assert.equal((await session.refresh()).user.id, "bob");
  assert.equal(page.news.at(-1).userId, "bob");
});

it("a sign-out that the server has not confirmed is owed: it is over here, and told later", async () => {
  const page = pageOf({ "POST /auth/sign-out": answer(503) });
  const options = { mode: "cookie", storage: "local" };
  const session = page.session(options);
  await session.ready();
  assert.deepEqual(await session.signOut(), { confirmed: false });
  assert.deepEqual([statusOf(session), kept(page).owed], ["signedOut", true]);
  session.stop();
  // A later visit: nobody is signed in, though the cookie still holds.
  const next = page.session(options);
  assert.equal((await next.ready()).reason, "signedOut");
  await page.pass(4000);
  assert.equal(page.paths().filter((path) => path === "GET /auth/session").length, 1);
  page.routes["POST /auth/sign-out"] = { success: true };
  await page.pass(10_000);
  assert.deepEqual([statusOf(next), kept(page).owed], ["signedOut", false]);
  const calls = page.calls.length;
  await page.pass(HOUR);
  assert.equal(page.calls.length, calls, "once");
});

it("a stopped session does not go on", async () => {
  const page = pageOf();
  const session = page.session({ storage: "local" });
  session.subscribe(() => assert.fail("it was stopped"));
  session.stop();
  await settled();
  assert.deepEqual([session.state.status, page.timers.size], ["loading", 0]);
});

it("fails where there is no module, and starts again", async () => {
  const page = pageOf();
  const session = page.session();
  const { now } = page.host;
  page.host.listen = () => {
    throw new Error("not now");
  };
  await assert.rejects(session.ready(), /not now/);
  delete page.host.listen;
  page.host.listen = () => () => {};
  assert.equal((await session.ready()).status, "signedOut");
  assert.ok(now);
});

it("follows another tab's storage, and ignores what is older or somebody else's", async () => {
  const page = pageOf();
  const session = page.session({ storage: "local" });
  await session.signIn(INPUT);
  const { stamp } = kept(page);
  const fire = (newValue, key = KEY) => page.fire("storage", { key, newValue });
  fire(written(stored(stamp + 5, { reason: 5 })), "another key");
  fire(written(stored(stamp - 5, { reason: 5 })));
  fire("garbage");
  assert.equal(statusOf(session), "ann");
  fire(written(stored(stamp + 5, { record: recordOf("t2", { user: BOB }) })));
  assert.deepEqual([statusOf(session), await session.token()], ["bob", "t2"]);
  fire(null, null);
  assert.equal(statusOf(session), "signedOut");
});

it("follows news: with the session if the storage is shared, to its end if it is not", async () => {
  const page = pageOf();
  const shared = page.session({ storage: "local" });
  await shared.signIn(INPUT);
  const { stamp } = kept(page);
  page.channels[0].receive({ kavachos: "session", stamp: stamp + 9, userId: "bob" });
  await settled();
  page.local.setItem(KEY, written(stored(stamp + 9, { record: recordOf("t2", { user: BOB }) })));
  await page.pass(150);
  assert.equal(statusOf(shared), "bob");
  page.channels[0].receive({ kavachos: "session", stamp: stamp + 20, reason: 5 });
  await settled();
  assert.equal(statusOf(shared), "signedOut");

  const alone = pageOf();
  const session = alone.session();
  await session.signIn(INPUT);
  alone.channels[0].receive({ kavachos: "session", stamp: 9e15, userId: "bob" });
  await alone.pass(1000);
  assert.equal(statusOf(session), "replaced");
  assert.deepEqual(alone.calls.at(-1).path, "/auth/sign-out");
});

it("gives up on a session that another tab tells of and does not write", async () => {
  const page = pageOf();
  const session = page.session({ storage: "local" });
  await session.signIn(INPUT);
  page.channels[0].receive({ kavachos: "session", stamp: kept(page).stamp + 9e6, userId: "bob" });
  await page.pass(1000);
  assert.equal(statusOf(session), "replaced");
  session.stop();
  page.channels[0].receive({ kavachos: "session", stamp: 9e15, reason: 3 });
  assert.equal(statusOf(session), "replaced");
});

it("writes nothing over what another tab has written since", async () => {
  const page = pageOf();
  const session = page.session({ storage: "local", tabs: false });
  await session.ready();
  const theirs = stored(9e15, { record: recordOf("t9", { user: BOB }) });
  page.local.setItem(KEY, written(theirs));
  await session.signIn(INPUT);
  assert.deepEqual([kept(page).record.token, statusOf(session)], ["t9", "bob"]);
  await settled();
  const { path, token } = page.calls.at(-1);
  assert.deepEqual([path, token], ["/auth/sign-out", "t1"], "the token of this tab is ended");
});

it("looks when somebody comes back: at most every five seconds, not in a hidden page, and not against the option", async (context) => {
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  const asked = async (...names) => {
    const before = page.calls.length;
    for (const name of names) page.fire(name, { persisted: true });
    await settled();
    return page.calls.length - before;
  };
  page.time += 6000;
  assert.equal(await asked("focus", "visibilitychange"), 1);
  assert.equal(await asked("focus"), 0);
  assert.equal(await asked("online"), 1);
  assert.equal(await asked("pageshow"), 1);
  page.fire("pageshow", { persisted: false });
  page.time += 6000;
  globals(context, { document: { visibilityState: "hidden" } });
  assert.equal(await asked("focus"), 0);
  globals(context, { document: { visibilityState: "visible" } });
  const quiet = pageOf();
  await quiet.session({ focus: false }).signIn(INPUT);
  quiet.time += 6000;
  quiet.fire("focus");
  await settled();
  assert.deepEqual(quiet.paths(2), []);
  quiet.fire("online");
  await settled();
  assert.deepEqual(quiet.paths(2), ["GET /auth/session"]);
});

it("keeps the time of the session that the server shortens or leaves open", async () => {
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  const { expiresAt } = session.state;
  page.routes["GET /auth/session"] = { user: ANN };
  await session.refresh();
  assert.equal(session.state.expiresAt, expiresAt);
  page.routes["GET /auth/session"] = { user: ANN, session: { expiresAt: iso(START + 5000) } };
  await session.refresh();
  assert.equal(session.state.expiresAt, iso(START + 5000));
  await page.pass(6000);
  assert.equal(statusOf(session), "expired");
});

it("an answer about an older session counts no more", async () => {
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  let release;
  page.routes["GET /auth/session"] = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const refresh = session.refresh();
  await settled();
  const end = release;
  page.routes["POST /auth/sign-in"] = grant(BOB, "t2");
  page.routes["GET /auth/session"] = known(BOB);
  await session.signIn(INPUT);
  end(REFUSED);
  await refresh;
  assert.equal(statusOf(session), "bob");
});

it("an impersonation ends with its time, and the first person is asked about", async () => {
  const page = pageOf();
  const session = page.session();
  await session.signIn(INPUT);
  page.routes["POST /auth/admin/users/bob/impersonate"] = grant(BOB, "t2", START + 10_000);
  page.routes["GET /auth/session"] = ({ token }) => (token === "t2" ? { user: BOB } : known());
  await session.impersonate("bob");
  assert.deepEqual([statusOf(session), session.state.impersonator.id], ["bob", "ann"]);
  await page.pass(11_000);
  assert.deepEqual([statusOf(session), await session.token(), session.state.impersonator], ["ann", "t1", undefined]);
});
