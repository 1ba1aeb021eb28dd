// Sessions in tabs, with a clock that the test holds: what each tab comes to, and when.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser } from "./world.mjs";

const ANN = { email: "ann@x.test", password: "password-1" };
const BOB = { email: "bob@x.test", password: "password-1" };
const statuses = (...tabs) => tabs.map(({ session: { state } }) => state.user?.id ?? state.reason ?? state.status);
const HOUR = 3_600_000;

async function two(options, more) {
  const browser = new Browser();
  const [one, other] = [browser.open(options, more), browser.open(options, more)];
  await browser.clock.pass(10);
  return { browser, clock: browser.clock, server: browser.server, one, other };
}

it("sign-in, sign-in as somebody else and sign-out are known in the other tab", async () => {
  const { clock, one, other } = await two();
  assert.deepEqual(statuses(one, other), ["none", "none"]);
  await one.session.signIn(ANN);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), [ANN.email, ANN.email]);
  assert.equal(await one.session.token(), await other.session.token());
  await other.session.signIn(BOB);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), [BOB.email, BOB.email]);
  assert.deepEqual(await one.session.signOut(), { confirmed: true });
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["signedOut", "signedOut"]);
  assert.equal(await other.session.token(), undefined);
});

it("are known by storage events where there is no channel", async () => {
  const browser = new Browser();
  browser.hasChannel = false;
  const [one, other] = [browser.open(), browser.open()];
  await one.session.signIn(ANN);
  await browser.clock.pass(10);
  assert.deepEqual(statuses(one, other), [ANN.email, ANN.email]);
  await other.session.signOut();
  await browser.clock.pass(10);
  assert.deepEqual(statuses(one, other), ["signedOut", "signedOut"]);
  await one.session.signIn(ANN);
  await browser.clock.pass(10);
  browser.local.clear();
  browser.fire(one, "storage", { key: null, newValue: null });
  browser.fire(other, "storage", { key: null, newValue: null });
  assert.deepEqual(statuses(one, other), ["signedOut", "signedOut"]);
});

it("expire in both tabs for one reason, though their timers fire together", async () => {
  const { clock, server, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(HOUR - 1000);
  assert.deepEqual(statuses(one, other), [ANN.email, ANN.email]);
  const calls = server.calls.length;
  await clock.pass(2000);
  assert.deepEqual(statuses(one, other), ["expired", "expired"]);
  assert.equal(server.calls.length, calls, "nothing is asked about what is over");
  for (const { seen } of [one, other]) assert.equal(seen.filter(({ status }) => status === "signedOut").length, 2);
});

it("agree on one reason when one signs out as the other one's timer fires", async () => {
  const { browser, clock, server, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  browser.delay = () => 50;
  server.latency = 20;
  await clock.pass(HOUR - 30);
  const out = one.session.signOut();
  await clock.pass(200);
  await out;
  assert.deepEqual(statuses(one, other), ["signedOut", "signedOut"]);
});

it("a sign-in that comes during a sign-out elsewhere stands", async () => {
  const { clock, server, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  server.latency = 100;
  const out = one.session.signOut();
  await clock.pass(10);
  const signedIn = other.session.signIn(BOB);
  await clock.pass(1000);
  await Promise.all([out, signedIn]);
  assert.deepEqual(statuses(one, other), [BOB.email, BOB.email]);
});

it("sleep is noticed: no timer is needed for a read, a token or a return to the tab", async () => {
  const { browser, clock, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  clock.sleep(2 * HOUR);
  assert.equal(one.session.state.reason, "expired");
  assert.equal(await other.session.token(), undefined);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["expired", "expired"]);
  await one.session.signIn(ANN);
  await clock.pass(10);
  clock.sleep(2 * HOUR);
  browser.fire(other, "visibilitychange");
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["expired", "expired"]);
});

it("a life of forty days is no instant end", async () => {
  const { clock, server, one } = await two();
  server.issue = (user) => {
    const token = "token-long";
    server.sessions.set(token, { user, expires: clock.time + 40 * 24 * HOUR });
    return token;
  };
  await one.session.signIn(ANN);
  await clock.pass(HOUR);
  assert.deepEqual(statuses(one), [ANN.email]);
  clock.sleep(39 * 24 * HOUR);
  await clock.pass(10);
  assert.deepEqual(statuses(one), [ANN.email]);
  await clock.pass(24 * HOUR);
  assert.deepEqual(statuses(one), ["expired"]);
});

it("a page that was put aside shows nobody who has signed out meanwhile", async () => {
  const { browser, clock, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  for (const channel of other.channels) channel.isOpen = false; // It is frozen: nothing reaches it.
  other.listeners.splice(0, 1, { pageshow: other.listeners[0].pageshow });
  await one.session.signOut();
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["signedOut", ANN.email]);
  browser.fire(other, "pageshow", { persisted: true });
  await clock.pass(1);
  assert.deepEqual(statuses(other), ["signedOut"]);
});

it("a tab with separate memory ends its own token too, and cannot be somebody else", async () => {
  const { clock, server, one, other } = await two({ storage: "memory" });
  await one.session.signIn(ANN);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), [ANN.email, "none"]);
  await other.session.signIn(ANN);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), [ANN.email, ANN.email]);
  await one.session.signOut();
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["signedOut", "signedOut"]);
  assert.equal(server.sessions.size, 0, "neither token is of any more use");
  await one.session.signIn(ANN);
  await other.session.signIn(BOB);
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["replaced", BOB.email]);
});

it("a closed tab's sign-in is found by the next one, which asks the server first", async () => {
  const { browser, clock, server, one } = await two();
  await one.session.signIn(ANN);
  const late = browser.open();
  assert.equal(late.session.state.status, "loading");
  await clock.pass(10);
  assert.deepEqual(statuses(late), [ANN.email]);
  assert.equal(late.session.state.method, "password");
  server.sessions.clear();
  const later = browser.open();
  await clock.pass(10);
  assert.deepEqual(statuses(later, one), ["revoked", "revoked"]);
});

it("an outage keeps what is known, and is over as soon as the server is back", async () => {
  const { browser, clock, server, one } = await two();
  await one.session.signIn(ANN);
  server.isDown = true;
  const late = browser.open();
  await clock.pass(10);
  assert.deepEqual([late.session.state.status, late.session.state.user.id], ["unknown", ANN.email]);
  assert.equal((await late.session.refresh()).status, "unknown");
  assert.equal((await one.session.refresh()).status, "signedIn");
  const calls = server.calls.length;
  await clock.pass(60_000);
  assert.ok(server.calls.length - calls < 20, "it is asked less and less often");
  server.isDown = false;
  await clock.pass(60_000);
  assert.equal(late.session.state.status, "signedIn");
  assert.equal(server.calls.filter(({ token }) => token === undefined).length, 1);
});

it("coming back to the tab asks once in a while, and not when the option says so", async () => {
  const { browser, clock, server, one } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10_000);
  const calls = () => server.calls.length;
  let before = calls();
  for (const name of ["focus", "visibilitychange", "focus"]) browser.fire(one, name);
  await clock.pass(10);
  assert.equal(calls() - before, 1);
  browser.fire(one, "focus");
  await clock.pass(10);
  assert.equal(calls() - before, 1, "five seconds have not passed");
  const quiet = browser.open({ focus: false });
  await clock.pass(10_000);
  before = calls();
  browser.fire(quiet, "focus");
  await clock.pass(10);
  assert.equal(calls(), before);
});

it("tells nobody of what is only read, and nobody twice", async () => {
  const { clock, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  const [ours, theirs] = [one.seen.length, other.seen.length];
  const { state } = one.session;
  for (let time = 0; time < 5; time++) await one.session.refresh();
  await clock.pass(10_000);
  assert.deepEqual([one.seen.length, other.seen.length], [ours, theirs]);
  assert.equal(one.session.state, state, "the same object");
  assert.equal(new Set(other.seen.map((seen) => JSON.stringify(seen))).size, other.seen.length);
});

it("news of any other kind are no news", async () => {
  const { clock, one } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  const [channel] = one.channels;
  for (const data of [
    null,
    5,
    "x",
    [],
    {},
    { kavachos: "session" },
    { kavachos: "session", stamp: Number.NaN, reason: 1 },
  ])
    channel.receive(data);
  for (const more of [{ userId: 5 }, { reason: "1" }, {}, { type: "signOut" }])
    channel.receive({ kavachos: "session", stamp: 9e15, ...more });
  channel.receive({ kavachos: "other", stamp: 9e15, reason: 5 });
  await clock.pass(1000);
  assert.deepEqual(statuses(one), [ANN.email]);
});

it("tabs that are not to be kept in step are not", async () => {
  const { clock, one, other } = await two({ tabs: false });
  await one.session.signIn(ANN);
  await clock.pass(10_000);
  assert.deepEqual(statuses(one, other), [ANN.email, "none"]);
  assert.deepEqual(one.channels, []);
});

it("impersonation is a stack, known in all tabs, and the first person comes back", async () => {
  const { browser, clock, one, other } = await two();
  await one.session.signIn(ANN);
  await one.session.impersonate("bob");
  await clock.pass(10);
  assert.deepEqual(statuses(one, other), ["bob", "bob"]);
  assert.equal(other.session.state.impersonator.id, ANN.email);
  await one.session.impersonate("eve");
  await clock.pass(10);
  const late = browser.open();
  await clock.pass(10);
  assert.deepEqual(statuses(late), ["eve"]);
  await other.session.signOut();
  await clock.pass(10);
  assert.deepEqual(statuses(one, other, late), ["bob", "bob", "bob"]);
  await one.session.signOut();
  await clock.pass(10);
  assert.deepEqual(statuses(one, other, late), [ANN.email, ANN.email, ANN.email]);
  assert.equal(one.session.state.impersonator, undefined);
  // Once more, and to the end.
  await one.session.impersonate("bob");
  assert.deepEqual(await one.session.signOut({ all: true }), { confirmed: true });
  await clock.pass(10);
  assert.deepEqual(statuses(one, other, late), ["signedOut", "signedOut", "signedOut"]);
  assert.equal(browser.server.sessions.size, 0);
});

it("an impersonation that the server ends leaves the first person signed in", async () => {
  const { clock, server, one } = await two();
  await one.session.signIn(ANN);
  await one.session.impersonate("bob");
  const token = await one.session.token();
  server.sessions.delete(token);
  await one.session.refresh();
  await clock.pass(10);
  assert.deepEqual(statuses(one), [ANN.email]);
});

it("a clock that is wrong ends nothing early, and serves nothing late", async () => {
  for (const skew of [-5 * HOUR, 5 * HOUR]) {
    const browser = new Browser();
    const { clock, server } = browser;
    const jwt = (claims) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");
    server.issue = (user) => {
      const seconds = clock.time / 1000;
      const token = jwt({ sub: "s", iat: seconds, exp: seconds + 3600 });
      server.sessions.set(token, { user, expires: clock.time + HOUR });
      return token;
    };
    const tab = browser.open({}, { skew });
    await clock.pass(10);
    await tab.session.signIn(ANN);
    await clock.pass(HOUR - 10_000);
    assert.deepEqual(statuses(tab), [ANN.email], `${skew}`);
    await clock.pass(20_000);
    assert.deepEqual(statuses(tab), ["expired"], `${skew}`);
  }
});

it("stops, and starts again where it is used again", async () => {
  const { clock, one, other } = await two();
  await one.session.signIn(ANN);
  await clock.pass(10);
  one.session.stop();
  assert.deepEqual([one.listeners.length, one.channels[0].isOpen], [0, false]);
  await other.session.signOut();
  assert.deepEqual(statuses(one), [ANN.email]);
  await clock.pass(HOUR);
  assert.equal(await one.session.token(), undefined);
  await clock.pass(10);
  assert.deepEqual(statuses(one), ["signedOut"]);
});
