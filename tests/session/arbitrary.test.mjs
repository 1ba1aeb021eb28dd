// Two tabs, and whatever may happen in them, in any order: nobody is ever signed in by a token that is expired or that the server has
// refused, and once the tabs have heard of each other they show the same person.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { Browser } from "./world.mjs";

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
  latency: fc.nat(300),
  delays: fc.array(fc.nat(400), { minLength: 1, maxLength: 5 }),
});

/** What must hold at every moment. */
function check(browser) {
  for (const { session } of browser.tabs) {
    const { state } = session;
    if (state.status !== "signedIn") continue;
    assert.ok(!(Date.parse(state.expiresAt) + 1 < browser.clock.time), `signed in until ${state.expiresAt}`);
    assert.ok(!JSON.stringify([state, session]).includes("token-"));
  }
}

it("2,000 courses of events in two tabs", async () => {
  await fc.assert(
    fc.asyncProperty(settings, actions, async ({ storage, hasChannel, latency, delays }, steps) => {
      const browser = new Browser();
      const { clock, server } = browser;
      browser.hasChannel = hasChannel || storage !== "local";
      let turn = 0;
      browser.delay = () => delays[turn++ % delays.length];
      server.latency = latency;
      const tabs = [browser.open({ storage }), browser.open({ storage })];
      const pending = [];
      const refused = new Set();
      for (const [action, index, number] of steps) {
        const { session } = tabs[index];
        const later = (promise) => pending.push(promise.catch(() => {}));
        if (action === "signIn") later(session.signIn({ email: PEOPLE[number], password: "password-1" }));
        if (action === "signOut") later(session.signOut());
        if (action === "pass") await clock.pass(number);
        if (action === "sleep") clock.sleep(number);
        if (action === "refresh") later(session.refresh());
        if (action === "down") server.isDown = !server.isDown;
        if (action === "focus") browser.fire(tabs[index], "focus");
        if (action === "stop") session.stop();
        if (action === "impersonate") later(session.impersonate(PEOPLE[number]));
        if (action === "token")
          later(
            session.token().then((token) => {
              const { status } = session.state;
              if (token !== undefined) assert.ok(status !== "signedOut", "no token of what is over");
            }),
          );
        if (action === "revoke") {
          for (const token of server.sessions.keys()) refused.add(token);
          server.sessions.clear();
        }
        if (action === "reload") {
          session.stop();
          browser.tabs.splice(browser.tabs.indexOf(tabs[index]), 1);
          tabs[index] = browser.open({ storage }, { store: tabs[index].store });
        }
        check(browser);
      }
      server.isDown = false;
      for (const { session } of tabs) session.subscribe(() => {}); // A tab that was stopped is used again.
      await clock.pass(20_000);
      await Promise.all(pending);
      await clock.pass(1000);
      check(browser);
      const states = tabs.map(({ session }) => session.state);
      const people = states.filter(({ status }) => status === "signedIn").map(({ user }) => user.id);
      assert.ok(people.length < 2 || people[0] === people[1], `${people}`);
      if (storage === "local") {
        const outs = states.map(({ status }) => status === "signedOut");
        assert.equal(outs[0], outs[1], JSON.stringify(states));
      }
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
