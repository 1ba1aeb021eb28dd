// What went wrong in other session managers, by their public bug reports: each test is named for one of them, and says what is right.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { locked } from "../../src/host/session-methods/lock.js";
import { startServer } from "../suite/server.mjs";
import { createSession, KavachClient } from "./package.mjs";
import { Browser, REFRESH } from "./world.mjs";

const ANN = { email: "ann@x.test", password: "password-1" };
const BOB = { email: "bob@x.test", password: "password-1" };
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
const shown = (...tabs) => tabs.map(({ session: { state } }) => state.user?.id ?? state.reason ?? state.status);

/** Has a session load what it loads later: that takes a time which no test holds. */
const loaded = ({ session }) => session.passkey.isSupported();

/** Tabs in which Ann is signed in. */
async function signedIn(options, count = 1, more = {}) {
  const browser = new Browser();
  const tabs = Array.from({ length: count }, () => browser.open(options, more));
  await Promise.all(tabs.map(loaded));
  await browser.clock.pass(10);
  await tabs[0].session.signIn(ANN);
  await browser.clock.pass(10);
  return { browser, clock: browser.clock, server: browser.server, tabs, tab: tabs[0], session: tabs[0].session };
}
const asked = ({ calls }, path = "/auth/session") => calls.filter((call) => call.path === path).length;

/** A session whose server is a function of the path: a body, or a status. */
function served(answers, options = {}, client = {}) {
  const calls = [];
  const fetch = async (url, { method, headers, body }) => {
    const path = url.replace(/^https:\/\/app\.example/, "").replace(/\?.*/, "");
    calls.push({ method, path, body, token: new Headers(headers).get("authorization") });
    const found = answers[path];
    const answer = typeof found === "function" ? found() : found;
    return typeof answer === "object"
      ? Response.json(answer)
      : Response.json({ error: "no" }, { status: answer ?? 404 });
  };
  const cookie = options.mode === "cookie" ? { credentials: "include" } : {};
  const base = { baseUrl: "https://app.example", dialect: "adapter", maxRetries: 0, fetch };
  const session = createSession(new KavachClient({ ...base, ...cookie, ...client }), { storage: "memory", ...options });
  return { session, calls };
}
const user = { id: "ann", email: "ann@x.test" };

/** Puts something into the global scope, for the time of a test. */
function globals(context, values) {
  for (const [name, descriptor] of Object.entries(values)) {
    const previous = Object.getOwnPropertyDescriptor(globalThis, name);
    const given = typeof descriptor?.get === "function" ? descriptor : { value: descriptor, writable: true };
    Object.defineProperty(globalThis, name, { configurable: true, ...given });
    context.after(() => (previous ? Object.defineProperty(globalThis, name, previous) : delete globalThis[name]));
  }
}

describe("session state", () => {
  it("trap 2: the state that all read is what the server has answered to any caller (better-auth#927)", async () => {
    const { session, tab, server } = await signedIn();
    server.sessions.clear();
    assert.equal(await session.refresh(), session.state);
    assert.deepEqual([session.state.reason, tab.seen.at(-1)], ["revoked", session.state]);
  });

  it("trap 3: a refresh finds a session that began elsewhere, from signed out too (next-auth#11075)", async () => {
    let isKnown = false;
    const { session } = served({ "/auth/session": () => (isKnown ? { user } : 401) }, { mode: "cookie" });
    assert.equal((await session.ready()).status, "signedOut");
    isKnown = true;
    assert.equal((await session.refresh()).user.id, "ann");
    session.stop();
  });

  it("trap 4: loading is before the first answer only, and a seed of null is known (nuxt-auth#74)", async () => {
    const { session, tab, browser } = await signedIn();
    browser.server.latency = 50;
    const refreshed = session.refresh();
    assert.equal(session.state.status, "signedIn");
    await browser.clock.pass(100);
    await refreshed;
    assert.ok(!tab.seen.some(({ status }) => status === "loading"));
    assert.equal(served({}).session.state.status, "loading");
    assert.deepEqual(served({}, { initial: null }).session.state, { status: "signedOut", reason: "none" });
  });

  it("trap 5: reads raise no signal, so that nothing answers itself without end (openchat#481)", async () => {
    const { session, tabs, server, clock } = await signedIn({}, 2);
    const [calls, ...seen] = [server.calls.length, ...tabs.map((tab) => tab.seen.length)];
    for (let time = 0; time < 5; time++) {
      await session.refresh();
      await session.token();
      await clock.pass(SECOND);
    }
    assert.equal(server.calls.length - calls, 5);
    assert.deepEqual(
      tabs.map((tab) => tab.seen.length),
      seen,
    );
  });

  it("trap 6: a burst of questions is one request, and a return to the tab another (better-auth#11160)", async () => {
    const { browser, session, server, tab, clock } = await signedIn();
    const calls = server.calls.length;
    await Promise.all(Array.from({ length: 20 }, () => session.refresh()));
    assert.equal(server.calls.length - calls, 1);
    await clock.pass(10 * SECOND);
    for (const name of ["focus", "visibilitychange", "focus", "visibilitychange"]) browser.fire(tab, name);
    await clock.pass(10);
    assert.equal(server.calls.length - calls, 2);
  });

  it("trap 7: a storage that fails at the start ends nothing: sign-in and sign-out work (firebase-js-sdk#10311)", async () => {
    const storage = { getItem: () => Promise.reject(new Error("no")), setItem: () => Promise.reject(new Error("no")) };
    const { session, server, clock } = await signedIn({ storage });
    assert.equal(session.state.user.id, ANN.email);
    await session.signOut();
    await clock.pass(10);
    assert.deepEqual([session.state.reason, server.sessions.size], ["signedOut", 0]);
  });

  it("trap 8: a return to the tab is no sign-in (supabase#7250)", async () => {
    const { browser, tab, session, clock } = await signedIn();
    const [{ state }, before] = [session, tab.seen.length];
    for (let time = 0; time < 3; time++) {
      await clock.pass(10 * SECOND);
      browser.fire(tab, "focus");
      await clock.pass(10);
    }
    assert.deepEqual([tab.seen.length, session.state], [before, state]);
    assert.equal(session.state, state);
  });

  it("trap 10: a page that comes back from the cache of the browser shows nobody who has left (auth0-react#562)", async () => {
    const { browser, tabs, clock } = await signedIn({}, 2);
    const [frozen, other] = tabs;
    for (const channel of frozen.channels) channel.isOpen = false;
    frozen.listeners.splice(0, 1, { pageshow: frozen.listeners[0].pageshow });
    await other.session.signOut();
    await clock.pass(10);
    browser.fire(frozen, "pageshow", { persisted: true });
    await clock.pass(1);
    assert.deepEqual(shown(frozen), ["signedOut"]);
  });
});

describe("each way to sign in", () => {
  let server;
  before(async () => {
    const admin = ["--admin", "root@x.test", "--user", "eve=eve@x.test=Eve"];
    server = await startServer("--dialect", "adapter", "--password-sessions", "everywhere", ...admin);
  });
  after(() => server.stop());
  const make = () => createSession(new KavachClient({ baseUrl: server.baseUrl, maxRetries: 0 }), { storage: "memory" });
  const mail = async (to, kind) => {
    const { mails } = await (await fetch(`${new URL(server.baseUrl).origin}/__outbox?to=${to}&kind=${kind}`)).json();
    return mails.at(-1);
  };
  const byLink = async (session, email) => {
    await session.magicLink.send(email);
    return session.magicLink.verify((await mail(email, "magic-link")).token);
  };

  it("trap 1: every call that can change the session shows it (better-auth#87), trap 9: before it resolves (better-auth#1009)", async () => {
    const ways = {
      password: (session) => session.signUp({ email: "p@x.test", password: "password-1", name: "P" }),
      again: (session) => session.signIn({ email: "p@x.test", password: "password-1" }),
      magicLink: (session) => byLink(session, "m@x.test"),
      async emailOtp(session) {
        await session.emailOtp.send("o@x.test");
        return session.emailOtp.verify("o@x.test", (await mail("o@x.test", "email-otp")).code);
      },
      anonymous: (session) => session.anonymous(),
    };
    for (const [way, signIn] of Object.entries(ways)) {
      const session = make();
      await session.ready();
      const seen = [];
      session.subscribe(() => seen.push(session.state.status));
      const result = await signIn(session);
      assert.deepEqual([result.session.usable, session.state.status, seen], [true, "signedIn", ["signedIn"]], way);
      assert.ok(await session.token(), way);
      await session.signOut();
      assert.deepEqual([session.state.reason, seen.at(-1)], ["signedOut", "signedOut"], way);
      session.stop();
    }
    const session = make();
    await session.anonymous();
    await session.upgrade({ email: "named@x.test" });
    assert.equal(session.state.user.email, "named@x.test");
    await byLink(session, "root@x.test");
    await session.impersonate("eve");
    assert.equal(session.state.user.email, "eve@x.test");
    session.stop();
  });

  it("trap 60: a page that is opened spends no link, and a code does without one (supabase/auth#1214)", async (context) => {
    const session = make();
    await session.magicLink.send("scan@x.test");
    const { token } = await mail("scan@x.test", "magic-link");
    const replaced = [];
    globals(context, {
      location: { href: `https://app.test/in?token=${token}&next=1` },
      history: { state: null, replaceState: (_state, _title, url) => replaced.push(`${url}`) },
    });
    const [scanner, person] = [make().magicLink.fromAddress(), session.magicLink.fromAddress()];
    assert.deepEqual([typeof scanner, replaced[0]], ["function", "https://app.test/in?next=1"]);
    assert.equal((await person()).user.email, "scan@x.test");
  });

  it("trap 61: a link that is opened in another browser signs in there (supabase-js#1931)", async () => {
    await make().magicLink.send("other@x.test");
    const elsewhere = make();
    await elsewhere.magicLink.verify((await mail("other@x.test", "magic-link")).token);
    assert.equal(elsewhere.state.user.email, "other@x.test");
  });

  it("trap 62: a code that is pasted with spaces is the code (react-otp-input#113)", async () => {
    const session = make();
    await session.emailOtp.send("paste@x.test");
    const { code } = await mail("paste@x.test", "email-otp");
    await session.emailOtp.verify("paste@x.test", ` ${[...code].join(" ")}\n`);
    assert.equal(session.state.user.email, "paste@x.test");
  });

  it("trap 68: a session that is revoked is served from nowhere (better-auth#6893)", async () => {
    const session = make();
    await byLink(session, "gone@x.test");
    const headers = { authorization: `Bearer ${await session.token()}` };
    await fetch(`${server.baseUrl}/auth/sign-out`, { method: "POST", headers });
    assert.deepEqual(await session.refresh(), { status: "signedOut", reason: "revoked" });
    assert.equal(await session.token(), undefined);
  });

  it("trap 70: impersonation ends twice as it ends once, and its token with it (better-auth#2183)", async () => {
    const session = make();
    await byLink(session, "root@x.test");
    const own = await session.token();
    for (let round = 0; round < 2; round++) {
      await session.impersonate("eve");
      const theirs = await session.token();
      assert.notEqual(theirs, own);
      assert.deepEqual(await session.signOut(), { confirmed: true });
      assert.deepEqual([session.state.user.email, session.state.method], ["root@x.test", "magicLink"]);
      assert.equal(await session.token(), own);
      const headers = { authorization: `Bearer ${theirs}` };
      assert.equal((await fetch(`${server.baseUrl}/auth/session`, { headers })).status, 401);
    }
    assert.equal((await session.refresh()).status, "signedIn");
    session.stop();
  });
});

describe("tabs", () => {
  it("trap 11: the tab that tells the others has changed itself before (next-auth#11470)", async () => {
    const browser = new Browser();
    const tab = browser.open();
    await browser.clock.pass(10);
    const atPost = [];
    browser.open({}, {}).channels[0].receive = () => atPost.push(tab.session.state.status);
    browser.delay = () => 0;
    await tab.session.signIn(ANN);
    await browser.clock.pass(1);
    assert.equal(tab.session.state.status, "signedIn");
    assert.deepEqual(new Set(atPost), new Set(["signedIn"]));
  });

  it("trap 12: tabs hear of changes only, of known kinds, and not at all if that is wanted (next-auth#6682)", async () => {
    const { browser, tabs, clock } = await signedIn({}, 2);
    let news = 0;
    const { receive } = tabs[1].channels[0];
    tabs[1].channels[0].receive = (data) => {
      news++;
      receive(data);
    };
    await tabs[0].session.refresh();
    const late = browser.open();
    await clock.pass(10);
    assert.deepEqual([news, shown(late)], [0, [ANN.email]]);
    receive({ kavachos: "refetch", stamp: Number.MAX_SAFE_INTEGER, reason: 5 });
    await clock.pass(10);
    assert.deepEqual(shown(tabs[1]), [ANN.email]);
    assert.deepEqual(browser.open({ tabs: false }).channels, []);
  });

  it("trap 13: a sign-out clears each tab at once, without a question (auth-helpers#740)", async () => {
    const { server, tabs, clock } = await signedIn({}, 3);
    await tabs[2].session.signOut();
    const calls = server.calls.length;
    await clock.pass(10);
    assert.deepEqual(shown(...tabs), ["signedOut", "signedOut", "signedOut"]);
    assert.equal(server.calls.length, calls);
  });

  it("trap 14: a browser whose channel is missing or throws is no worse off than one tab (trezor/connect#737)", async (context) => {
    for (const channel of [
      undefined,
      class {
        constructor() {
          throw new DOMException("no", "SecurityError");
        }
      },
    ]) {
      globals(context, { BroadcastChannel: channel });
      const { session } = served({
        "/auth/anonymous": { userId: "ann", sessionToken: "t" },
        "/auth/session": { user },
      });
      await session.anonymous();
      assert.equal(session.state.status, "signedIn");
      await session.signOut();
      assert.equal(session.state.reason, "signedOut");
      session.stop();
    }
  });

  it("trap 15: a session keeps no process alive (msw#2196)", () => {
    const program = `import { KavachClient } from "kavachos-wasm";
      import { createSession } from "kavachos-wasm/session";
      const fetch = async () => Response.json({ user: { id: "u" }, session: { expiresAt: "2099-01-01T00:00:00Z" } });
      const client = new KavachClient({ baseUrl: "https://app.example", dialect: "adapter", fetch });
      const session = createSession(client, { initial: { user: { id: "u" }, token: "t" } });
      session.subscribe(() => {});
      console.log((await session.refresh()).status);`;
    const cwd = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd, timeout: 60_000 });
    assert.equal(`${output}`, "signedIn\n");
  });

  it("trap 16: a listener that uses the session again freezes nothing (auth-js#762)", async () => {
    const browser = new Browser();
    const tab = browser.open({ refreshUrl: REFRESH });
    await loaded(tab);
    const { session } = tab;
    const inside = [];
    session.subscribe(() => {
      inside.push(session.token(), session.refresh(), session.ready());
      if (session.state.status === "signedIn" && inside.length < 20) inside.push(session.signOut());
    });
    const signingIn = session.signIn(ANN);
    await browser.clock.pass(MINUTE);
    await signingIn;
    await Promise.all(inside);
    assert.equal(session.state.reason, "signedOut");
  });

  it("trap 17: a lock that never comes is waited for so long and no longer (supabase-js#1594)", async () => {
    let ran = 0;
    const never = {
      request: (_name, { signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    };
    await locked(never, "a", 20, async () => void ran++);
    assert.equal(ran, 1);
  });

  it("trap 18: work that has begun is not done again when its lock is stolen (supabase-js#2178)", async () => {
    let ran = 0;
    const stolen = {
      async request(_name, _options, work) {
        await work();
        throw new DOMException("stolen", "AbortError");
      },
    };
    await assert.rejects(
      locked(stolen, "a", 1000, async () => void ran++),
      { name: "AbortError" },
    );
    assert.equal(ran, 1);
  });

  it("trap 19: no locks, locks that refuse and locks that are null are no locks (web-locks#49)", async () => {
    const refuses = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
    const throws = {
      request() {
        throw new DOMException("no", "SecurityError");
      },
    };
    const grantsNothing = { request: (_name, _options, work) => work(null) };
    for (const locks of [undefined, null, {}, refuses, throws, grantsNothing]) {
      let ran = 0;
      await locked(locks, "a", 1000, async () => void ran++);
      assert.equal(ran, 1);
    }
  });

  it("trap 20: calls of one page share one request, and a failure leaves no lock behind (auth0-spa-js#276)", async () => {
    const { browser, session, server, clock } = await signedIn({ refreshUrl: REFRESH });
    server.refreshAnswer = () => Response.json({}, { status: 503 });
    await clock.pass(HOUR - 58 * SECOND);
    const failed = server.refreshes.length;
    assert.ok(failed > 0);
    server.refreshAnswer = undefined;
    server.latency = 20;
    await clock.pass(6 * SECOND);
    await Promise.all([...Array.from({ length: 9 }, () => session.token()), clock.pass(MINUTE)]);
    assert.equal(server.refreshes.length, failed + 1);
    assert.equal(browser.server.reused, 0);
  });
});

describe("storage", () => {
  it("trap 21: a storage that throws when it is looked at, or is full, costs the next visit only (firebase-js-sdk#1774)", async () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const hosts = [
      {
        storage: () => {
          throw new DOMException("no", "SecurityError");
        },
      },
      { storage: () => full },
    ];
    for (const host of hosts) {
      const { session, clock } = await signedIn({}, 1, { host });
      assert.deepEqual([session.state.user.id, typeof (await session.token())], [ANN.email, "string"]);
      await session.signOut();
      await clock.pass(10);
      assert.equal(session.state.reason, "signedOut");
    }
  });

  it("trap 22: sign-ins that are given up leave one entry behind, not one each (oidc-client-ts#466)", async (context) => {
    const entries = new Map();
    const location = { href: "https://app.example/in", origin: "https://app.example", assign: () => {} };
    const storage = {
      getItem: (key) => entries.get(key) ?? null,
      setItem: (key, text) => entries.set(key, text),
      removeItem: (key) => entries.delete(key),
    };
    globals(context, { location, sessionStorage: storage, history: { replaceState: () => {} } });
    const { session } = served(
      { "/auth/oauth/providers": { providers: [{ id: "a", name: "A" }] }, "/auth/session": 401 },
      { mode: "cookie" },
    );
    for (let time = 0; time < 9; time++) await session.oauth.redirect("a", { returnTo: `/page-${time}` });
    assert.equal(entries.size, 1);
    assert.equal((await session.oauth.complete()).returnTo, "/page-8");
    assert.equal(entries.size, 0);
    session.stop();
  });

  it("trap 23: a session can be a cookie of the server, of which no script keeps a secret (freefeed#1059)", async () => {
    const entries = new Map();
    const storage = { getItem: (key) => entries.get(key) ?? null, setItem: (key, text) => void entries.set(key, text) };
    const answers = { "/auth/session": { user }, "/auth/anonymous": { userId: "ann", sessionToken: "secret-token" } };
    const { session, calls } = served(answers, { mode: "cookie", storage });
    await session.anonymous();
    assert.equal(session.state.status, "signedIn");
    assert.ok(entries.size === 1 && ![...entries.values()].join().includes("secret-token"));
    assert.ok(calls.every(({ token }) => token === null));
    session.stop();
  });

  it("trap 24: a storage that never answers is waited for five seconds (firebase-js-sdk#8019)", async () => {
    const browser = new Browser();
    const storage = { getItem: () => new Promise(() => {}), setItem: () => new Promise(() => {}) };
    const { session } = browser.open({ storage });
    const ready = session.ready();
    await browser.clock.pass(5 * SECOND);
    assert.equal((await ready).reason, "none");
    await session.signIn(ANN);
    assert.equal(session.state.user.id, ANN.email);
  });

  it("trap 25: what is stored fits into 2,048 bytes, with a token of a kilobyte (supabase#14523)", async () => {
    const entries = new Map();
    const storage = { getItem: (key) => entries.get(key) ?? null, setItem: (key, text) => void entries.set(key, text) };
    const answers = {
      "/auth/anonymous": { userId: "ann", sessionToken: "t".repeat(1024) },
      "/auth/session": { user },
    };
    const { session } = served(answers, { storage });
    await session.anonymous();
    assert.ok([...entries.values()][0].length < 2048);
    session.stop();
  });
});

describe("timers and sleep", () => {
  it("trap 26: a life of forty days neither ends at once nor never (keycloak-js#107)", async () => {
    const browser = new Browser();
    const { clock, server } = browser;
    const { issue } = server;
    server.issue = (person) => issue.call(server, person, 40 * 24 * HOUR);
    const tab = browser.open();
    await clock.pass(10);
    await tab.session.signIn(ANN);
    await clock.pass(2 * HOUR);
    assert.deepEqual(shown(tab), [ANN.email]);
    clock.sleep(40 * 24 * HOUR - 3 * HOUR);
    await clock.pass(MINUTE);
    assert.deepEqual(shown(tab), [ANN.email]);
    await clock.pass(HOUR);
    assert.deepEqual(shown(tab), ["expired"]);
  });

  it("trap 27: a machine that slept serves no dead token to its first reader (hypothesis/client#384)", async () => {
    for (const look of [
      ({ session }) => session.state.reason,
      async ({ session }) => (await session.token()) ?? session.state.reason,
      async ({ session, browser, tab, clock }) => {
        browser.fire(tab, "visibilitychange");
        await clock.pass(1);
        return session.state.reason;
      },
    ]) {
      const all = await signedIn();
      all.clock.sleep(2 * HOUR);
      assert.equal(await look(all), "expired");
    }
  });

  it("trap 28: a hidden tab whose timers come a minute late renews in time (shopware#3572)", async () => {
    const browser = new Browser();
    const { clock, server } = browser;
    const late = { after: (milliseconds, run) => clock.after(milliseconds + MINUTE, run) };
    const tab = browser.open({ refreshUrl: REFRESH }, { host: late });
    await loaded(tab);
    await clock.pass(10);
    await tab.session.signIn(ANN);
    await clock.pass(5 * HOUR);
    assert.deepEqual(shown(tab), [ANN.email]);
    assert.ok(!tab.seen.slice(1).some(({ status }) => status !== "signedIn"), "it was never over");
    assert.ok(server.refreshes.length >= 4);
  });

  it("trap 29: failures are followed by longer and longer waits (okta-auth-js#472)", async () => {
    const { server, clock, session } = await signedIn({ refreshUrl: REFRESH });
    server.refreshAnswer = () => Response.json({}, { status: 500 });
    await clock.pass(2 * HOUR);
    const waits = server.refreshes.slice(1).map((time, index) => time - server.refreshes[index]);
    assert.ok(waits.length > 3 && waits.length < 100, `${waits.length}`);
    for (const wait of waits) assert.ok(wait >= 5 * SECOND, `${wait}`);
    for (const wait of waits.slice(-20)) assert.ok(wait >= MINUTE, `${wait}`);
    assert.equal(session.state.status, "unknown");
  });

  it("trap 30: a clock that is wrong, either way, ends nothing early and serves nothing late (authkit-nextjs#470)", async () => {
    for (const skew of [-3 * HOUR, 3 * HOUR]) {
      const browser = new Browser();
      const { clock, server } = browser;
      server.issue = (person) => {
        const seconds = clock.time / 1000;
        const claims = Buffer.from(JSON.stringify({ iat: seconds, exp: seconds + 3600 })).toString("base64url");
        server.sessions.set(`e30.${claims}.s`, { user: person, expires: clock.time + HOUR });
        return `e30.${claims}.s`;
      };
      const tab = browser.open({}, { skew });
      await clock.pass(10);
      await tab.session.signIn(ANN);
      await clock.pass(HOUR - 10 * SECOND);
      assert.equal(typeof (await tab.session.token()), "string", `${skew}`);
      await clock.pass(20 * SECOND);
      assert.deepEqual([shown(tab), await tab.session.token()], [["expired"], undefined], `${skew}`);
    }
  });

  it("trap 31: one pause for all states between two looks because somebody comes back (better-auth#6110)", async () => {
    const { browser, tab, server, clock, session } = await signedIn();
    await clock.pass(10 * SECOND);
    const before = asked(server);
    for (let time = 0; time < 20; time++) {
      browser.fire(tab, "focus");
      await clock.pass(200);
    }
    assert.equal(asked(server) - before, 1);
    await session.signOut();
    const after = server.calls.length;
    browser.fire(tab, "focus");
    await clock.pass(10 * SECOND);
    browser.fire(tab, "focus");
    await clock.pass(10);
    assert.equal(server.calls.length, after, "and none where nobody is signed in");
  });
});

describe("refresh", () => {
  it("trap 32: three tabs and their calls spend a token that can be spent once, once (supabase#8959)", async () => {
    const { server, tabs, clock } = await signedIn({ refreshUrl: REFRESH }, 3);
    server.latency = 50;
    await clock.pass(HOUR - 3 * MINUTE);
    await Promise.all([...tabs.flatMap(({ session }) => [session.token(), session.token()]), clock.pass(2 * MINUTE)]);
    assert.deepEqual([server.refreshes.length, server.reused], [1, 0]);
    assert.deepEqual(shown(...tabs), [ANN.email, ANN.email, ANN.email]);
    const tokens = await Promise.all(tabs.map(({ session }) => session.token()));
    assert.equal(new Set(tokens).size, 1);
  });

  it("trap 33: a 429 is waited out, and after a refusal nothing more is asked (supabase-js#2145)", async () => {
    const { server, session, clock } = await signedIn({ refreshUrl: REFRESH });
    await clock.pass(HOUR - 50 * SECOND);
    assert.equal(server.refreshes.length, 1);
    server.refreshAnswer = () => Response.json({}, { status: 429, headers: { "retry-after": "40" } });
    await clock.pass(HOUR - 60 * SECOND);
    const { length } = server.refreshes;
    await Promise.all([session.token(), session.token()]);
    await clock.pass(30 * SECOND);
    await session.token();
    const waits = server.refreshes.slice(2).map((time, index) => time - server.refreshes[index + 1]);
    for (const wait of waits) assert.ok(wait >= 40 * SECOND, `${waits}`);
    assert.ok(length >= 2);
    server.refreshAnswer = () => Response.json({}, { status: 401 });
    await clock.pass(2 * HOUR);
    assert.equal(session.state.status, "signedOut");
    const last = server.refreshes.length;
    await clock.pass(HOUR);
    await session.token();
    assert.equal(server.refreshes.length, last);
  });

  it("trap 34: no network, no time and a 5xx are no sign-out (authkit-js#21)", async () => {
    const { browser, server, clock, session } = await signedIn();
    server.isDown = true;
    assert.equal((await session.refresh()).status, "signedIn");
    const late = browser.open();
    await clock.pass(10);
    assert.deepEqual([late.session.state.status, late.session.state.user.id], ["unknown", ANN.email]);
    assert.ok(browser.local.size > 0, "and nothing is forgotten");
    const { session: other } = served({ "/auth/session": 503 }, { initial: { user, token: "t" } });
    assert.equal((await other.refresh()).status, "signedIn");
    other.stop();
  });

  it("trap 35: a token that holds serves until the new one is there (clerk/javascript#7317)", async () => {
    const { server, clock, session } = await signedIn({ refreshUrl: REFRESH });
    const old = await session.token();
    server.latency = 1000;
    while (server.refreshes.length === 0) await clock.pass(500);
    assert.equal(await session.token(), old);
    await clock.pass(2 * SECOND);
    assert.notEqual(await session.token(), old);
  });

  it("trap 36: a hidden tab is no reason to ask (clerk/javascript#9215)", async (context) => {
    const { browser, tab, server, clock } = await signedIn();
    await clock.pass(10 * SECOND);
    globals(context, { document: { visibilityState: "hidden" } });
    const before = asked(server);
    browser.fire(tab, "visibilitychange");
    await clock.pass(10);
    assert.equal(asked(server), before);
    globalThis.document.visibilityState = "visible";
    browser.fire(tab, "visibilitychange");
    await clock.pass(10);
    assert.equal(asked(server), before + 1);
  });
});

describe("cookies, servers and addresses", () => {
  it("trap 37: a sign-in whose cookie the browser has dropped is not usable, which is said (hanko#2471)", async () => {
    const answers = { "/auth/anonymous": { userId: "ann", sessionToken: "t" }, "/auth/session": 401 };
    const { session } = served(answers, { mode: "cookie" });
    assert.equal((await session.anonymous()).session.usable, false);
    assert.deepEqual(session.state, { status: "signedOut", reason: "unusable" });
    session.stop();
  });

  it("trap 42: a way back is a path of this site, however it is written (better-auth#10979)", async (context) => {
    const gone = [];
    const location = { href: "https://app.example/in", origin: "https://app.example", assign: (url) => gone.push(url) };
    globals(context, { location });
    const providers = { "/auth/oauth/providers": { providers: [{ id: "a", name: "A" }] }, "/auth/session": 401 };
    const { session, calls } = served(providers, { mode: "cookie" });
    const evil = [
      "//evil.test",
      "/\\evil.test",
      "\\\\evil.test",
      "https://evil.test",
      "http:evil.test",
      "javascript:alert(1)",
    ];
    for (const returnTo of [
      ...evil,
      "/\t/evil.test",
      "/\n/evil.test",
      " //evil.test",
      "data:text/html,x",
      "blob:x",
      5n,
      {},
    ])
      await assert.rejects(session.oauth.redirect("a", { returnTo }), { code: "INVALID_ARGUMENT" }, `${returnTo}`);
    assert.deepEqual([gone, calls], [[], []]);
    session.stop();
  });

  it("trap 43: sessions of one process share nothing, and ask nothing until they are used (auth-module#231)", async () => {
    const answers = { "/auth/anonymous": { userId: "ann", sessionToken: "t" }, "/auth/session": { user } };
    const [one, other] = [
      served(answers, { storage: "local", tabs: false }),
      served(answers, { storage: "local", tabs: false }),
    ];
    assert.deepEqual([one.session.state.status, one.calls], ["loading", []]);
    await one.session.anonymous();
    assert.deepEqual([other.session.state.status, other.calls], ["loading", []]);
    assert.equal((await other.session.ready()).status, "signedOut");
    assert.equal(await other.session.token(), undefined);
    for (const { session } of [one, other]) session.stop();
  });
});

describe("passkeys", () => {
  const bytes = (...values) => new Uint8Array(values).buffer;
  const credential = {
    id: "AQ",
    rawId: bytes(1),
    type: "public-key",
    response: {
      clientDataJSON: bytes(2),
      attestationObject: bytes(3),
      authenticatorData: bytes(4),
      signature: bytes(5),
    },
  };
  const options = { challenge: "AQID", rpId: "localhost" };
  const registration = {
    ...options,
    rp: { id: "localhost", name: "T" },
    user: { id: "usr_ü", name: "n", displayName: "n" },
    pubKeyCredParams: [],
  };
  const answers = {
    "/auth/passkey/register/options": registration,
    "/auth/passkey/register/verify": { credential: { credentialId: "AQ" } },
    "/auth/passkey/authenticate/options": {
      ...options,
      allowCredentials: [{ id: "AQ", type: "public-key", transports: ["internal"] }],
    },
    "/auth/passkey/authenticate/verify": { user: { id: "ann" }, session: { token: "t" } },
    "/auth/session": { user },
  };
  const make = (context, credentials) => {
    globals(context, { navigator: { credentials } });
    return served(answers, { initial: { user, token: "t" } });
  };

  it("trap 54: a request that waits is aborted with an AbortError before the next begins (SimpleWebAuthn#322)", async (context) => {
    const log = [];
    const get = ({ signal, mediation }) =>
      new Promise((resolve, reject) => {
        if (!mediation) {
          log.push("modal");
          return resolve(credential);
        }
        log.push("waits");
        signal.addEventListener("abort", () => {
          log.push(signal.reason.name);
          setTimeout(() => {
            log.push("settled");
            reject(signal.reason);
          }, 20);
        });
      });
    const { session } = make(context, { get });
    const waiting = session.passkey.signIn({ conditional: true });
    const silenced = assert.rejects(waiting, { code: "PASSKEY_CANCELLED" });
    while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await session.passkey.signIn();
    await silenced;
    assert.deepEqual(log, ["waits", "AbortError", "settled", "modal"]);
    session.stop();
  });

  it("trap 56: what the browser cannot offer among suggestions is not claimed (better-auth-ui#490)", async (context) => {
    const { session } = make(context, { get: async () => credential });
    for (const [api, expected] of [
      [undefined, [false, false]],
      [{}, [true, false]],
      [{ isConditionalMediationAvailable: async () => false }, [true, false]],
      [
        {
          isConditionalMediationAvailable: () => {
            throw new Error("no");
          },
        },
        [true, false],
      ],
      [{ isConditionalMediationAvailable: async () => true }, [true, true]],
    ]) {
      globals(context, { PublicKeyCredential: api });
      const found = [await session.passkey.isSupported(), await session.passkey.isSupported({ conditional: true })];
      assert.deepEqual(found, expected);
    }
  });

  it("trap 57: a key is asked for that is found without a name, and no way to it is hidden (webauthn.io#68)", async (context) => {
    const given = [];
    const ask = async (wanted) => {
      given.push(wanted.publicKey);
      return credential;
    };
    const { session } = make(context, { create: ask, get: ask });
    await session.passkey.register();
    assert.equal(given[0].authenticatorSelection.residentKey, "preferred");
    assert.equal(new TextDecoder().decode(given[0].user.id), "usr_ü");
    await session.passkey.signIn();
    assert.deepEqual(Object.keys(given[1].allowCredentials[0]).sort(), ["id", "type"]);
    session.stop();
  });

  it("trap 58: an object that only looks like a credential is read (bitwarden/clients#12060)", async (context) => {
    const view = new Uint8Array([9, 1, 9]).subarray(1, 2);
    const lookAlike = {
      ...credential,
      rawId: view,
      toJSON() {
        throw new Error("no");
      },
      response: {
        ...credential.response,
        getTransports() {
          throw new Error("no");
        },
      },
    };
    const { session, calls } = make(context, { create: async () => lookAlike });
    await session.passkey.register();
    const { response } = JSON.parse(calls.at(-1).body);
    assert.deepEqual(
      [response.rawId, response.response.attestationObject, response.transports],
      ["AQ", "Aw", undefined],
    );
    session.stop();
  });

  it("trap 59: a cancellation is none of the person's faults, and a device that is set is said to be (webauthn#2096)", async (context) => {
    const fail = (name) => async () => {
      throw new DOMException("The operation either timed out or was not allowed.", name);
    };
    const codes = {
      NotAllowedError: "PASSKEY_CANCELLED",
      AbortError: "PASSKEY_CANCELLED",
      InvalidStateError: "PASSKEY_EXISTS",
      SecurityError: "PASSKEY_FAILED",
    };
    for (const [name, code] of Object.entries(codes)) {
      const { session } = make(context, { create: fail(name) });
      await assert.rejects(session.passkey.register(), { code });
      session.stop();
    }
  });
});

it("two people who sign in at once come to one, in every order in which news can arrive", async () => {
  for (const delays of [
    [1, 400],
    [400, 1],
    [200, 200],
    [0, 0],
  ]) {
    const { browser, tabs, clock } = await signedIn({}, 2);
    let turn = 0;
    browser.delay = () => delays[turn++ % 2];
    await Promise.all([tabs[0].session.signIn(ANN), tabs[1].session.signIn(BOB)]);
    await clock.pass(1000);
    const [one, other] = shown(...tabs);
    assert.equal(one, other);
  }
});
