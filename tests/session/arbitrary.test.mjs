// Two tabs, and whatever may happen in them, in any order: nobody is ever signed in by a token that is expired or that the server has
// refused, and once the tabs have heard of each other they show the same person.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { Browser, REFRESH } from "./world.mjs";

const PEOPLE = ["ann@x.test", "bob@x.test"];
const tab = fc.nat(1);
const actions = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant("signIn"), tab, fc.nat(1)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant("signOut"), tab) },
    { weight: 3, arbitrary: fc.tuple(fc.constant("pass"), tab, fc.nat(4000)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("sleep"), tab, fc.nat(8_000_000)) },
    { weight: 2, arbitrary: fc.tuple(fc.constant("revoke"), tab) },
    { weight: 2, arbitrary: fc.tuple(fc.constant("refresh"), tab) },
    { weight: 2, arbitrary: fc.tuple(fc.constant("token"), tab) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("down"), tab) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("focus"), tab) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("impersonate"), tab, fc.nat(1)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("stop"), tab) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("reload"), tab) },
  ),
  { maxLength: 25 },
);
const settings = fc.record({
  storage: fc.constantFrom("local", "local", "memory", "session"),
  hasChannel: fc.boolean(),
  canRefresh: fc.boolean(),
  latency: fc.nat(300),
  delays: fc.array(fc.nat(400), { minLength: 1, maxLength: 5 }),
});

/** What must hold at every moment. */
function check(browser, storage) {
  for (const tab of browser.tabs) {
    const { session, refused } = tab;
    const { state } = session;
    if (state.status !== "signedIn") continue;
    assert.ok(!(Date.parse(state.expiresAt) + 1 < browser.clock.time), `signed in until ${state.expiresAt}`);
    assert.ok(!JSON.stringify([state, session]).includes("token-"));
    assert.ok(!refused.has(browser.storedBy(tab, storage)), "signed in by a token that this tab has seen refused");
  }
}

/** Watches that tabs which are in use do not show two people for more than a second, in which no machine sleeps. */
function watchPeople(browser, stopped) {
  const { clock } = browser;
  let since;
  clock.watch = () => {
    const people = browser.tabs.filter((tab) => !stopped.has(tab)).map(({ session: { state } }) => state);
    const ids = people.filter(({ status }) => status === "signedIn").map(({ user }) => user.id);
    if (new Set(ids).size < 2) since = undefined;
    else since ??= clock.time;
    assert.ok(since === undefined || clock.time - since <= 1000, `${ids} for ${clock.time - since} ms`);
  };
  return () => {
    since = undefined;
  };
}

it("2,000 courses of events in two tabs", async () => {
  await fc.assert(
    fc.asyncProperty(settings, actions, async ({ storage, hasChannel, canRefresh, latency, delays }, steps) => {
      const browser = new Browser();
      const { clock, server } = browser;
      browser.hasChannel = hasChannel || storage !== "local";
      let turn = 0;
      browser.delay = () => delays[turn++ % delays.length];
      server.latency = latency;
      const open = async (more) => {
        const tab = browser.open({ storage, ...(canRefresh ? { refreshUrl: REFRESH } : {}) }, more);
        await tab.session.passkey.isSupported(); // Loads what is loaded later: that takes a time which no test holds.
        return tab;
      };
      const tabs = [await open(), await open()];
      const pending = [];
      // A tab with its own memory that was stopped has missed the news, and finds them nowhere.
      const isDeaf = storage !== "local" && steps.some(([action]) => action === "stop");
      // Tabs whose session does nothing until it is used again.
      const stopped = new Set();
      const awake = isDeaf ? () => {} : watchPeople(browser, stopped);
      for (const [action, index, number] of steps) {
        const { session } = tabs[index];
        const tab = tabs[index];
        const later = (promise) => pending.push({ tab, done: promise.catch(() => {}) });
        if (action === "signIn") later(session.signIn({ email: PEOPLE[number], password: "password-1" }));
        if (action === "signOut") later(session.signOut());
        if (action === "pass") await clock.pass(number);
        if (["signIn", "signOut", "refresh", "token", "impersonate"].includes(action)) stopped.delete(tabs[index]);
        if (action === "sleep") {
          clock.sleep(number);
          awake();
        }
        if (action === "refresh") later(session.refresh());
        if (action === "down") server.isDown = !server.isDown;
        if (action === "focus") browser.fire(tabs[index], "focus");
        if (action === "stop") {
          session.stop();
          stopped.add(tabs[index]);
        }
        if (action === "impersonate") later(session.impersonate(PEOPLE[number]));
        if (action === "token")
          later(
            session.token().then((token) => {
              const { status } = session.state;
              if (token !== undefined) assert.ok(status !== "signedOut", "no token of what is over");
            }),
          );
        if (action === "revoke") server.sessions.clear();
        if (action === "reload") {
          browser.close(tab);
          tabs[index] = await open({ store: tab.store });
        }
        check(browser, storage);
      }
      server.isDown = false;
      for (const { session } of tabs) session.subscribe(() => {}); // A tab that was stopped is used again.
      stopped.clear();
      await clock.pass(20_000);
      await Promise.all(pending.filter(({ tab }) => !tab.isGone).map(({ done }) => done));
      await clock.pass(1000);
      check(browser, storage);
      const states = tabs.map(({ session }) => session.state);
      const people = states.filter(({ status }) => status === "signedIn").map(({ user }) => user.id);
      assert.ok(isDeaf || people.length < 2 || people[0] === people[1], `${people}`);
      if (storage === "local") {
        const outs = states.map(({ status }) => status === "signedOut");
        assert.equal(outs[0], outs[1], JSON.stringify(states));
        // A tab that was opened after the end has no reason to name, and a sign-in that opens nothing concerns its tab alone. All
        // others name the same reason.
        const reasons = states.map(({ reason }) => reason).filter((reason) => reason && !/none|unusable/.test(reason));
        assert.ok(new Set(reasons).size < 2, JSON.stringify(states));
      }
      assert.equal(server.reused, 0, "a refresh cookie was spent twice");
      // The server is not asked about tokens that the host's own route gives.
      if (canRefresh) return;
      // What the server refuses, it refuses for good: a look at it shows that.
      await Promise.all([...tabs.map(({ session }) => session.refresh()), clock.pass(5000)]);
      for (const { session } of tabs) {
        const [token, { status }] = [await session.token(), session.state];
        assert.ok(status !== "signedIn" || server.alive(token), "signed in by a token that the server refuses");
      }
      for (const { session } of tabs) session.stop();
    }),
    { numRuns: 2000, seed: 18 },
  );
});
