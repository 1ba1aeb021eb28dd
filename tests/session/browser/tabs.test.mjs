// Two tabs of a real browser, on the local server: what one of them does, and what the other one shows.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { showAll as both, engines, missing, Profile, until } from "./browsers.mjs";

const [ANN, BOB] = ["ann@x.test", "bob@x.test"];
const SECOND = 1000;
const BOTH = ["adapter", "sdk"];

/** What a tab has shown from the first sign-in on. */
const course = (seen) => {
  const first = seen.findIndex(({ status }) => status === "signedIn");
  return seen.slice(first).map(({ status, reason }) => reason ?? status);
};

/** The longest time for which two tabs have shown two persons. */
function disagreement([one, other]) {
  const moments = [...one, ...other].map(({ at }) => at).sort((a, b) => a - b);
  const shown = (seen, moment) => seen.findLast(({ at }) => at <= moment)?.id;
  let [longest, since] = [0, undefined];
  for (const moment of [...moments, Date.now()]) {
    const [mine, theirs] = [shown(one, moment), shown(other, moment)];
    if (since !== undefined) longest = Math.max(longest, moment - since);
    if (!mine || !theirs || mine === theirs) since = undefined;
    else since ??= moment;
  }
  return longest;
}

/** Each scenario. `dialects` are those that it runs in: servers of the sdk dialect have sign-in by password, and no more. */
const SCENARIOS = {
  "a sign-in is known in the other tab, and a sign-out in one ends both, on the server too": {
    dialects: BOTH,
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const token = await tabs[1].token();
      assert.equal(token, await tabs[0].token());
      assert.ok(await profile.accepts(token));
      assert.deepEqual(await tabs[1].signOut(), { confirmed: true });
      await both(tabs, "signedOut");
      for (const tab of tabs) {
        assert.deepEqual(course(await tab.seen()), ["signedIn", "signedOut"]);
        assert.equal(await tab.token(), undefined);
      }
      assert.ok(!(await profile.accepts(token)));
    },
  },

  "a sign-in as somebody else is one in both tabs within a second": {
    dialects: BOTH,
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const before = await tabs[0].token();
      await tabs[1].signIn(BOB);
      await both(tabs, BOB);
      assert.equal(await tabs[0].token(), await tabs[1].token());
      assert.ok(disagreement(await Promise.all(tabs.map((tab) => tab.seen()))) < SECOND);
      for (const tab of tabs) assert.ok(!course(await tab.seen()).includes("replaced"));
      // Nobody needs the first token any more.
      await until(async () => !(await profile.accepts(before)), "the end of the first session");
    },
  },

  "sign-ins as two people at the same moment come to one person in both tabs": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await Promise.all([tabs[0].signIn(ANN), tabs[1].signIn(BOB)]);
    await until(async () => {
      const [one, other] = await Promise.all(tabs.map((tab) => tab.state()));
      return one.user?.id !== undefined && one.user.id === other.user?.id;
    }, "one person");
    assert.equal(await tabs[0].token(), await tabs[1].token());
    assert.ok(disagreement(await Promise.all(tabs.map((tab) => tab.seen()))) < SECOND);
  },

  "timers that fire together give one reason for the end, once, in both tabs": {
    dialects: BOTH,
    options: ["--session-ttl", "8"],
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      await both(tabs, "expired");
      // News that are under way still arrive.
      await new Promise((resolve) => setTimeout(resolve, 300));
      for (const tab of tabs) {
        const seen = await tab.seen();
        assert.deepEqual(course(seen), ["signedIn", "expired"]);
        assert.equal(await tab.token(), undefined);
      }
      const [one, other] = await Promise.all(tabs.map(async (tab) => (await tab.seen()).at(-1).at));
      assert.ok(Math.abs(one - other) < SECOND, `${one - other} ms`);
    },
  },

  "sign-outs in both tabs at once are one end": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    await Promise.all(tabs.map((tab) => tab.signOut()));
    await both(tabs, "signedOut");
    for (const tab of tabs) assert.deepEqual(course(await tab.seen()), ["signedIn", "signedOut"]);
  },

  "a reload keeps the session, and asks the server before it shows it": {
    dialects: BOTH,
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const release = profile.site.hold(profile.dialect === "sdk" ? "/session" : "/auth/session");
      await tabs[0].reload();
      assert.deepEqual(await tabs[0].state(), { status: "loading" });
      release();
      await tabs[0].shows(ANN);
      assert.deepEqual(
        (await tabs[0].seen()).map(({ status }) => status),
        ["loading", "signedIn"],
      );
      assert.deepEqual(course(await tabs[1].seen()), ["signedIn"]);
      assert.equal(await tabs[0].token(), await tabs[1].token());
    },
  },

  "a new tab has the session, and the others notice nothing": async ({ profile }) => {
    const [tab] = await profile.openAll(1);
    await tab.signIn(ANN);
    const [state, late] = [await tab.state(), await profile.open()];
    await late.shows(ANN);
    assert.deepEqual(await late.state(), state);
    assert.deepEqual(course(await tab.seen()), ["signedIn"]);
    await tab.close();
    const last = await profile.open();
    await last.shows(ANN);
  },

  "a server that is unreachable is no end: it is unknown, until the server is back": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    profile.site.isDown = true;
    await tabs[0].reload();
    await tabs[0].shows("unknown");
    assert.equal((await tabs[0].state()).user.email, ANN);
    assert.equal((await tabs[1].run(() => globalThis.session.refresh())).status, "signedIn");
    profile.site.isDown = false;
    // Its own timer finds out.
    await tabs[0].shows("signedIn");
    assert.deepEqual(
      (await tabs[0].seen()).map(({ status }) => status),
      ["loading", "unknown", "signedIn"],
    );
  },

  "a 401 of a call with this token ends the session in both tabs": {
    dialects: BOTH,
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const token = await tabs[0].token();
      const call = () =>
        tabs[0].run(() =>
          globalThis.kavach.agents.list().then(
            () => "served",
            ({ name }) => name,
          ),
        );
      assert.equal(await call(), "served");
      await profile.revoke(token);
      // It has just been accepted: only a look later than five seconds asks anew.
      await until(async () => {
        assert.equal(await call(), "AuthenticationError");
        return (await tabs[0].state()).status === "signedOut";
      }, "the end");
      await both(tabs, "revoked");
      for (const tab of tabs) assert.deepEqual(course(await tab.seen()), ["signedIn", "revoked"]);
    },
  },

  "impersonation is known in both tabs, and its end brings the administrator back": {
    options: ["--user", `bob=${BOB}=Bob`, "--user", "eve=eve@x.test=Eve", "--admin", ANN, "--admin", BOB],
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      await tabs[0].run(() => globalThis.session.impersonate("bob"));
      await both(tabs, BOB);
      await tabs[1].run(() => globalThis.session.impersonate("eve"));
      await both(tabs, "eve@x.test");
      assert.equal((await tabs[0].state()).impersonator.email, BOB);
      await tabs[1].reload();
      await tabs[1].shows("eve@x.test");
      const token = await tabs[0].token();
      await tabs[0].signOut();
      await both(tabs, BOB);
      assert.ok(!(await profile.accepts(token)));
      await tabs[1].signOut();
      await both(tabs, ANN);
      assert.equal((await tabs[0].state()).impersonator, undefined);
      // And from the top to the end.
      await tabs[1].run(() => globalThis.session.impersonate("bob"));
      await both(tabs, BOB);
      await tabs[0].signOut({ all: true });
      await both(tabs, "signedOut");
    },
  },

  "three tabs that renew at once spend the refresh cookie once": {
    options: ["--session-ttl", "100"],
    async run({ profile }) {
      const { site } = profile;
      await profile.jar.context.addCookies([site.cookie()]);
      site.delay = 300;
      const tabs = [];
      for (let count = 0; count < 3; count++) tabs.push(await profile.open({ refreshUrl: "/refresh" }));
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const old = await tabs[0].token();
      // The one that holds serves until there is another one.
      assert.ok(
        (await Promise.all(tabs.map((tab) => tab.token()))).every((token) => token === old || site.refreshes > 0),
      );
      await until(async () => {
        const tokens = await Promise.all(tabs.map((tab) => tab.token()));
        return tokens.every((token) => token !== old && token === tokens[0]);
      }, "another token in all tabs");
      assert.equal(site.refreshes, 1);
      await both(tabs, ANN);
      // People who press a button may ask once more, but nobody with a cookie that is spent.
      await Promise.all(tabs.map((tab) => tab.run(() => globalThis.session.refresh())));
      assert.equal(site.reused, 0);
      for (const tab of tabs) assert.deepEqual([...new Set(course(await tab.seen()))], ["signedIn"]);
    },
  },

  "a tab that is closed as it renews leaves that to the other one": {
    options: ["--session-ttl", "110"],
    async run({ profile }) {
      const { site } = profile;
      await profile.jar.context.addCookies([site.cookie()]);
      const tabs = [await profile.open({ refreshUrl: "/refresh" }), await profile.open({ refreshUrl: "/refresh" })];
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      const release = site.hold("/refresh");
      const asked = tabs[0].page.waitForEvent("request", (request) => request.url().endsWith("/refresh"));
      // It is about to expire: that it is used has it renewed.
      const old = await tabs[0].token();
      await asked;
      assert.equal(await tabs[1].token(), old);
      await tabs[0].close();
      await until(() => site.gone === 1, "the end of the request");
      release();
      await until(async () => ![old, undefined].includes(await tabs[1].token()), "another token");
      assert.equal((await tabs[1].state()).user.email, ANN);
      assert.deepEqual([site.refreshes, site.reused], [1, 0]);
    },
  },

  "tabs without a channel and without locks hear of each other by the storage": async ({ profile }) => {
    const tabs = await profile.openAll(2, {}, { without: ["BroadcastChannel", "locks"] });
    assert.deepEqual(await tabs[0].run(() => [typeof BroadcastChannel, typeof navigator.locks]), [
      "undefined",
      "undefined",
    ]);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    await tabs[1].signIn(BOB);
    await both(tabs, BOB);
    await tabs[0].signOut();
    await both(tabs, "signedOut");
    for (const tab of tabs) assert.equal(course(await tab.seen()).filter((shown) => shown === "signedOut").length, 1);
  },

  "a storage that somebody clears is an end in the other tab": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    await tabs[0].run(() => localStorage.clear());
    await tabs[1].shows("signedOut");
    await tabs[0].run(() => globalThis.dispatchEvent(new Event("focus")));
    await tabs[0].shows("signedOut");
  },

  "sessions of two keys do not disturb each other": async ({ profile }) => {
    const [one, other] = [await profile.open({ key: "one" }), await profile.open({ key: "other" })];
    await one.signIn(ANN);
    await other.signIn(BOB);
    await one.reload();
    await one.shows(ANN);
    await other.signOut();
    await other.shows("signedOut");
    const late = await profile.open({ key: "one" });
    await late.shows(ANN);
    assert.deepEqual(course(await one.seen()), ["signedIn"]);
    assert.ok(await profile.accepts(await one.token()));
  },

  "a tab whose timers stand still shows nobody at the first look after the end": {
    options: ["--session-ttl", "8"],
    async run({ profile }) {
      const tabs = await profile.openAll(2);
      await tabs[0].signIn(ANN);
      await both(tabs, ANN);
      // While a script waits for an answer, no timer of its tab fires.
      const woken = await tabs[1].run(async () => {
        const asleep = new XMLHttpRequest();
        asleep.open("GET", "/sleep?ms=8500", false);
        asleep.send();
        const first = globalThis.session.state;
        return [first, await globalThis.session.token()];
      });
      assert.deepEqual(
        woken,
        [{ status: "signedOut", reason: "expired" }, null].map((value) => value ?? undefined),
      );
      await both(tabs, "expired");
      for (const tab of tabs) assert.deepEqual(course(await tab.seen()), ["signedIn", "expired"]);
    },
  },

  "a sign-out while the server is unreachable is an end in both tabs, and stays one": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    profile.site.isDown = true;
    assert.deepEqual(await tabs[0].signOut(), { confirmed: false });
    await both(tabs, "signedOut");
    profile.site.isDown = false;
    await tabs[1].reload();
    await tabs[1].shows("signedOut");
    await tabs[0].run(() => globalThis.session.refresh());
    for (const tab of tabs) assert.equal(await tab.token(), undefined);
    const late = await profile.open();
    await late.shows("signedOut");
  },

  "a page that is come back to after a sign-out elsewhere shows nobody": async ({ profile }) => {
    const tabs = await profile.openAll(2);
    await tabs[0].signIn(ANN);
    await both(tabs, ANN);
    await tabs[0].page.goto(`${profile.site.url}/elsewhere`);
    await tabs[0].loaded();
    await tabs[1].signOut();
    await tabs[0].page.goBack();
    await tabs[0].loaded();
    await both(tabs, "signedOut");
    const seen = await tabs[0].seen();
    assert.notEqual(seen.at(-1).status, "signedIn");
  },

  "tabs with their own memory cannot be two people": async ({ profile }) => {
    const tabs = await profile.openAll(2, { storage: "memory" });
    await tabs[0].signIn(ANN);
    await tabs[1].signIn(BOB);
    await tabs[0].shows("replaced");
    assert.equal((await tabs[1].state()).user.email, BOB);
    await tabs[1].reload();
    await tabs[1].shows("signedOut");
  },
};

for (const engine of Object.keys(engines))
  describe(`tabs in ${engine}`, { skip: missing(engine), concurrency: 5 }, () => {
    let browser;
    before(async () => {
      browser = await engines[engine]();
    });
    after(() => browser?.close());

    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      const { run = scenario, options = [], dialects = ["adapter"] } = scenario;
      // What a dialect changes is the same in each browser.
      for (const dialect of engine === "Chromium" ? dialects : ["adapter"])
        it(dialect === "sdk" ? `${name} (sdk dialect)` : name, async (context) =>
          run({ profile: await Profile.make(context, browser, dialect, ...options) }),
        );
    }
  });
