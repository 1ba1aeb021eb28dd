// What only a browser does, in Chromium: passkeys, checked by the local server and held by Chromium's virtual authenticator, and the way
// through a provider of identities and back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addAuthenticator } from "../../matrix/authenticator.mjs";
import { startServer } from "../../suite/server.mjs";
import { engines, Profile, Tab, until } from "./browsers.mjs";
import { Site } from "./site.mjs";

const ANN = "ann@x.test";
const CANCELLED = "PASSKEY_CANCELLED";

describe("in Chromium", { concurrency: 4 }, () => {
  let browser;
  before(async () => {
    browser = await engines.Chromium();
  });
  after(() => browser?.close());

  /** A page whose server is of another origin, and comes back to the page from a provider. */
  async function open(context, { options = {}, credentials, path = "/" } = {}) {
    const site = await new Site().start();
    const server = await startServer("--oauth-return-url", site.url);
    site.serve(server);
    const [pages, profile] = [await browser.newContext(), new Profile()];
    context.after(async () => {
      await pages.close();
      site.stop();
      await server.stop();
    });
    Object.assign(profile, { server, site, dialect: "adapter" });
    const baseUrl = server.baseUrl.replace("127.0.0.1", "localhost");
    const given = { baseUrl, dialect: "adapter", credentials, options: { storage: "local", ...options } };
    // The page is configured before it is opened: a provider comes back to it without parameters.
    await pages.addInitScript((options) => {
      globalThis.configured = options;
    }, given);
    const tab = new Tab(await pages.newPage(), profile);
    tab.another = async () => {
      const other = new Tab(await pages.newPage(), profile);
      await other.page.goto(site.url);
      await other.loaded();
      return other;
    };
    tab.asked = [];
    tab.page.on("request", (request) => {
      if (request.method() !== "OPTIONS") tab.asked.push(request.url().slice(baseUrl.length));
    });
    await tab.page.goto(site.url + path);
    await tab.loaded();
    return Object.assign(tab, { pages, site, server, baseUrl });
  }

  /** An authenticator that holds keys. The test decides whether it refuses. */
  async function authenticator({ page }) {
    const { send } = await addAuthenticator(page);
    return {
      credentials: async () => (await send("getCredentials")).credentials,
      /** Whether the person can prove to be the owner. */
      verifies: (isUserVerified) => send("setUserVerified", { isUserVerified }),
      /** Whether the person touches it. */
      touches: (enabled) => send("setAutomaticPresenceSimulation", { enabled }),
      forget: () => send("clearCredentials"),
    };
  }

  const passkey = (tab, name, ...given) =>
    tab.run(
      ([name, given]) =>
        globalThis.session.passkey[name](...given).then(
          (value) => ({ value }),
          ({ code, message }) => ({ code, message }),
        ),
      [name, given],
    );

  describe("passkeys", () => {
    it("are registered, listed, used to sign in, and removed, on a server of another origin", async (context) => {
      const tab = await open(context);
      const keys = await authenticator(tab);
      assert.deepEqual((await passkey(tab, "isSupported")).value, true);
      await tab.signIn(ANN);
      const { value: made } = await passkey(tab, "register", { deviceName: "laptop", userName: "Ann" });
      assert.equal(made.deviceName, "laptop");
      const [held] = await keys.credentials();
      assert.deepEqual([held.isResidentCredential, held.rpId, held.userName], [true, "localhost", "Ann"]);
      assert.equal(Buffer.from(held.credentialId, "base64").toString("base64url"), made.credentialId);
      const { value: listed } = await passkey(tab, "list");
      assert.deepEqual(
        listed.map(({ credentialId, deviceName }) => [credentialId, deviceName]),
        [[made.credentialId, "laptop"]],
      );
      const { user } = await tab.state();
      await tab.signOut();
      // Nobody is named: the key knows who it is of.
      const { value: signedIn } = await passkey(tab, "signIn");
      assert.deepEqual([signedIn.session.usable, signedIn.user.id], [true, user.id]);
      const state = await tab.state();
      assert.deepEqual([state.status, state.method, state.user.email], ["signedIn", "passkey", ANN]);
      await tab.reload();
      await tab.shows(ANN);
      assert.equal((await tab.state()).method, "passkey");
      assert.deepEqual(await passkey(tab, "remove", made.credentialId), { value: undefined });
      assert.deepEqual((await passkey(tab, "list")).value, []);
      await tab.signOut();
      const refused = await passkey(tab, "signIn");
      assert.ok(refused.code && refused.code !== CANCELLED, JSON.stringify(refused));
      assert.equal((await tab.state()).status, "signedOut");
    });

    it("are one for each account and device, which is said", async (context) => {
      const tab = await open(context);
      const keys = await authenticator(tab);
      await tab.signIn(ANN);
      await passkey(tab, "register");
      assert.equal((await passkey(tab, "register")).code, "PASSKEY_EXISTS");
      assert.equal((await keys.credentials()).length, 1);
      assert.equal((await passkey(tab, "list")).value.length, 1);
    });

    it("ask for new options after each failure, and succeed then", async (context) => {
      const tab = await open(context);
      const keys = await authenticator(tab);
      await tab.signIn(ANN);
      const asked = (path) => tab.asked.filter((url) => url === `/auth/passkey/${path}/options`).length;
      await keys.touches(false);
      const given = new Promise((resolve) =>
        tab.page.on("requestfinished", (request) => {
          if (request.method() === "POST" && request.url().endsWith("/register/options")) resolve();
        }),
      );
      const giveUp = tab.run(() => {
        const limit = new AbortController();
        globalThis.limit = limit;
        return globalThis.session.passkey.register({ signal: limit.signal }).catch(({ name }) => name);
      });
      await given;
      await tab.run(() => globalThis.limit.abort());
      assert.equal(await giveUp, "AbortError");
      assert.deepEqual([asked("register"), (await keys.credentials()).length], [1, 0]);
      await keys.touches(true);
      assert.ok((await passkey(tab, "register")).value.credentialId);
      assert.equal(asked("register"), 2);
      await tab.signOut();
      await keys.verifies(false);
      await keys.forget();
      assert.equal((await passkey(tab, "signIn")).code, CANCELLED);
      await keys.verifies(true);
      await tab.signIn(ANN);
      assert.equal((await passkey(tab, "register")).code, undefined);
      await tab.signOut();
      assert.equal((await passkey(tab, "signIn")).value.session.usable, true);
      assert.equal(asked("authenticate"), 2);
      assert.equal((await tab.state()).user.email, ANN);
    });

    it("are offered among suggestions, until a button is pressed", async (context) => {
      const tab = await open(context);
      const keys = await authenticator(tab);
      await tab.signIn(ANN);
      await passkey(tab, "register");
      await tab.signOut();
      assert.equal((await passkey(tab, "isSupported", { conditional: true })).value, true);
      const { value: chosen } = await passkey(tab, "signIn", { conditional: true });
      assert.equal(chosen.user.email, ANN);
      await tab.signOut();
      await keys.touches(false);
      tab.asked.length = 0;
      const waiting = passkey(tab, "signIn", { conditional: true });
      await until(() => tab.asked.includes("/auth/passkey/authenticate/options"), "the options");
      assert.equal((await tab.state()).status, "signedOut");
      // The button's request takes its place: browsers have one at a time. It can be given up, and made anew.
      const givenUp = tab.run(() => {
        const limit = new AbortController();
        globalThis.limit = limit;
        return globalThis.session.passkey.signIn({ signal: limit.signal }).catch(({ name }) => name);
      });
      assert.equal((await waiting).code, CANCELLED);
      await tab.run(() => globalThis.limit.abort());
      assert.equal(await givenUp, "AbortError");
      await keys.touches(true);
      const pressed = await passkey(tab, "signIn");
      assert.equal(pressed.value.session.usable, true);
      assert.equal((await tab.state()).user.email, ANN);
    });

    it("set the cookie of a cookie session, which no script sees and all tabs have", async (context) => {
      const tab = await open(context, { options: { mode: "cookie" }, credentials: "include" });
      await authenticator(tab);
      // A cookie session cannot begin by a mailed code: the passkey comes from a bearer's.
      const { user } = await tab.run(async (mail) => {
        const { KavachClient, createSession, configured } = globalThis;
        const client = new KavachClient({ baseUrl: configured.baseUrl, dialect: "adapter" });
        const bearer = createSession(client, { storage: "memory", tabs: false });
        await bearer.emailOtp.send(mail);
        globalThis.bearer = bearer;
        return { user: mail };
      }, ANN);
      await tab.run(
        async ([mail, code]) => {
          await globalThis.bearer.emailOtp.verify(mail, code);
          await globalThis.bearer.passkey.register();
          await globalThis.bearer.signOut();
        },
        [user, await tab.profile.code(user)],
      );
      const other = await tab.another();
      await other.shows("signedOut");
      assert.equal((await passkey(tab, "signIn")).value.session.usable, true);
      await other.shows(ANN);
      const [cookie] = await tab.pages.cookies(tab.baseUrl);
      assert.deepEqual([cookie.name, cookie.httpOnly], ["kavach_session", true]);
      for (const one of [tab, other]) {
        assert.equal(await one.token(), undefined);
        const kept = await one.run(() => JSON.stringify([{ ...localStorage }, globalThis.session, document.cookie]));
        assert.ok(!kept.includes(cookie.value) && !kept.includes("eyJ"), kept);
      }
      await other.signOut();
      await tab.shows("signedOut");
      assert.deepEqual(await tab.pages.cookies(tab.baseUrl), []);
    });
  });

  describe("sign-in at a provider", () => {
    const cookie = { options: { mode: "cookie" }, credentials: "include" };
    const complete = (tab) => tab.run(() => globalThis.session.oauth.complete());
    const redirect = (tab, ...given) =>
      tab.run(
        (given) =>
          globalThis.session.oauth.redirect(...given).then(
            () => "gone",
            ({ code, message }) => [code, message],
          ),
        given,
      );
    const go = async (tab, options) => {
      await Promise.all([tab.page.waitForURL(/__provider/), redirect(tab, "local", options).catch(() => {})]);
    };
    async function allow({ page }, email = ANN) {
      await page.fill("input[name=email]", email);
      await page.click("text=Allow");
      await page.waitForURL(/auth_user/);
    }

    it("comes back with a session of the server's word, and to the page that it left", async (context) => {
      const tab = await open(context, cookie);
      assert.deepEqual(await tab.run(() => globalThis.session.oauth.providers()), [{ id: "local", name: "Local" }]);
      await go(tab, { returnTo: "/settings?tab=1#keys" });
      await allow(tab);
      await tab.loaded();
      const { state, returnTo } = await complete(tab);
      assert.deepEqual([state.status, state.user.email, state.method], ["signedIn", ANN, "oauth"]);
      assert.equal(returnTo, "/settings?tab=1#keys");
      assert.ok(!tab.page.url().includes("auth_user"), tab.page.url());
      assert.equal((await complete(tab)).returnTo, undefined, "once");
      const other = await tab.another();
      await other.shows(ANN);
      await tab.reload();
      await tab.shows(ANN);
      assert.equal((await tab.state()).method, "oauth");
    });

    it("believes nothing that stands in the address", async (context) => {
      const forged = encodeURIComponent(JSON.stringify({ id: "usr_root", email: "root@x.test" }));
      const tab = await open(context, { ...cookie, path: `/?auth_user=${forged}&keep=1` });
      const { state } = await complete(tab);
      assert.deepEqual(state, { status: "signedOut", reason: "none" });
      assert.match(tab.page.url(), /\/\?keep=1$/);
      // And nothing else than the server's word where somebody is signed in.
      await go(tab);
      await allow(tab);
      await tab.page.goto(`${tab.site.url}/?auth_user=${forged}`);
      await tab.loaded();
      assert.equal((await complete(tab)).state.user.email, ANN);
    });

    it("is nobody's where the person or the provider refuses", async (context) => {
      const tab = await open(context, cookie);
      await go(tab);
      await tab.page.click("text=Deny");
      assert.match(await tab.page.textContent("body"), /Missing code or state query parameter/);
      await tab.page.goto(tab.site.url);
      await tab.loaded();
      assert.deepEqual((await complete(tab)).state, { status: "signedOut", reason: "none" });
      assert.deepEqual(await tab.pages.cookies(tab.baseUrl), []);
      // The next attempt is not in the way of the one that was given up.
      await go(tab, { returnTo: "/second" });
      await allow(tab);
      await tab.loaded();
      assert.equal((await complete(tab)).returnTo, "/second");
    });

    it("has its state checked: one that is made up, or used before, makes no session", async (context) => {
      const tab = await open(context, cookie);
      await go(tab);
      const callbacks = [];
      tab.page.on("request", (request) => request.url().includes("/oauth/callback/") && callbacks.push(request.url()));
      await allow(tab);
      await tab.loaded();
      await complete(tab);
      await tab.signOut();
      assert.equal(callbacks.length, 1);
      const forged = new URL(callbacks[0]);
      forged.searchParams.set("state", "made-up");
      for (const url of [callbacks[0], forged.href]) {
        await tab.page.goto(url);
        assert.match(await tab.page.textContent("body"), /unknown or already-used state/);
        assert.deepEqual(await tab.pages.cookies(tab.baseUrl), []);
      }
      await tab.page.goto(tab.site.url);
      await tab.loaded();
      await tab.shows("signedOut");
    });

    it("goes to no other provider, and comes back to no other site", async (context) => {
      const tab = await open(context, cookie);
      const here = tab.page.url();
      const [code, message] = await redirect(tab, "evil");
      assert.equal(code, "INVALID_ARGUMENT");
      assert.match(message, /"local"/);
      for (const returnTo of [
        "//evil.test",
        "/\\evil.test",
        "https://evil.test/",
        "\t//evil.test",
        "javascript:alert(1)",
      ])
        assert.equal((await redirect(tab, "local", { returnTo }))[0], "INVALID_ARGUMENT", returnTo);
      assert.equal(tab.page.url(), here);
    });

    it("a sign-out without a network reaches the server as soon as that is back", async (context) => {
      const tab = await open(context, cookie);
      await go(tab);
      await allow(tab);
      await tab.loaded();
      await complete(tab);
      const other = await tab.another();
      await other.shows(ANN);
      await tab.pages.setOffline(true);
      assert.deepEqual(await tab.signOut(), { confirmed: false });
      await other.shows("signedOut");
      assert.equal((await tab.pages.cookies(tab.baseUrl)).length, 1, "the cookie is still there");
      await tab.pages.setOffline(false);
      await until(async () => (await tab.pages.cookies(tab.baseUrl)).length === 0, "the sign-out on the server");
      await tab.reload();
      await tab.shows("signedOut");
    });
  });
});
