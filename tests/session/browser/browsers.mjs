// Tabs of a real browser: pages of one profile, on a separate site over a separate local server.
import assert from "node:assert/strict";
import playwright from "playwright-core";
import { find, QUIET } from "../../matrix/browsers.mjs";
import { startServer } from "../../suite/server.mjs";
import { Site } from "./site.mjs";

/** The engines that Playwright can drive here: stock Firefox over WebDriver BiDi. */
export const engines = {
  Chromium: () => playwright.chromium.launch({ executablePath: find("chromium"), args: QUIET }),
  Firefox: () => playwright.firefox.launch({ executablePath: find("firefox"), channel: "moz-firefox" }),
};

/** Why an engine is left out on this machine. */
export const missing = (engine) => (find(engine.toLowerCase()) ? false : `there is no ${engine} here`);

const PATIENCE = 30_000; // For something that takes a moment where nothing else runs.
const PASSWORD = "password-1";
/** The site of each test has its own port, and so its own storage, channels and locks: one profile serves many tests. */
const idle = new WeakMap();

/** A person's browser. `open` opens tabs. */
export class Profile {
  tabs = [];

  /** A profile with its own site and server, until the test is over. `options` are those of the server. */
  static async make(context, browser, dialect, ...options) {
    const profile = new Profile();
    const [server, site] = await Promise.all([startServer("--dialect", dialect, ...options), new Site().start()]);
    site.serve(server, dialect);
    if (!idle.has(browser)) idle.set(browser, []);
    const jar = idle.get(browser).pop() ?? { pages: [], context: await browser.newContext() };
    context.after(async () => {
      // The page itself may have been closed.
      await Promise.allSettled(profile.tabs.map(({ page }) => page.evaluate(() => globalThis.session.stop())));
      jar.pages.push(...profile.tabs.map(({ page }) => page).filter((page) => !page.isClosed()));
      idle.get(browser).push(jar);
      site.stop();
      await server.stop();
    });
    return Object.assign(profile, { server, dialect, site, jar });
  }

  /** Opens a tab. `options` are those of `createSession`; `without` names what the browser lacks. */
  async open(options = {}, { path = "/", ...more } = {}) {
    const page = this.jar.pages.pop() ?? (await this.jar.context.newPage());
    const given = { dialect: this.dialect, options: { storage: "local", ...options }, ...more };
    const tab = new Tab(page, this);
    this.tabs.push(tab);
    await page.goto(`${this.site.url}${path}?options=${encodeURIComponent(JSON.stringify(given))}`);
    await tab.loaded();
    return tab;
  }

  /** Opens several, of which none is signed in yet. */
  async openAll(count, options, more) {
    const tabs = await Promise.all(Array.from({ length: count }, () => this.open(options, more)));
    await showAll(tabs, "signedOut");
    return tabs;
  }

  /** The code that a mail brings. */
  async code(email) {
    const { origin } = new URL(this.server.baseUrl);
    const { mails } = await (await fetch(`${origin}/__outbox?kind=email-otp&to=${encodeURIComponent(email)}`)).json();
    return mails.at(-1).code;
  }

  /** Has the server end the session of a token, behind the back of all tabs. */
  async revoke(token) {
    const path = this.dialect === "sdk" ? "/sign-out" : "/auth/sign-out";
    const headers = { authorization: `Bearer ${token}` };
    assert.ok((await fetch(`${this.server.baseUrl}${path}`, { method: "POST", headers })).ok);
  }

  /** Whether the server accepts a token. */
  accepts(token) {
    return this.site.accepts(`Bearer ${token}`);
  }
}

export class Tab {
  constructor(page, profile) {
    this.page = page;
    this.profile = profile;
  }

  run(work, given) {
    return this.page.evaluate(work, given);
  }

  /** Waits for the page's module, which has made the session. */
  loaded() {
    return until(() => this.run(() => globalThis.session !== undefined), "the page");
  }

  state() {
    return this.run(() => globalThis.session.state);
  }

  /** What has been shown, in turn: `{ at, status, reason, id }`. */
  seen() {
    return this.run(() => globalThis.seen);
  }

  token() {
    return this.run(() => globalThis.session.token());
  }

  signOut(options) {
    return this.run((given) => globalThis.session.signOut(given), options);
  }

  /** Signs in as the servers of the dialect have it: by a mailed code, or by password. */
  async signIn(email) {
    if (this.profile.dialect === "sdk")
      return this.run(
        ([email, password]) => {
          const { session } = globalThis;
          const again = () => session.signIn({ email, password });
          return session.signUp({ email, password, name: email }).catch(again);
        },
        [email, PASSWORD],
      );
    await this.run((to) => globalThis.session.emailOtp.send(to), email);
    const code = await this.profile.code(email);
    return this.run(([to, code]) => globalThis.session.emailOtp.verify(to, code), [email, code]);
  }

  /** Waits until the state is of that person, or out for that reason, or of that status. */
  async shows(what) {
    const shown = await this.run(
      async ([what, patience]) => {
        const { session } = globalThis;
        const { promise, resolve } = Promise.withResolvers();
        const look = () => {
          const { status, reason, user } = session.state;
          if ([status, reason, user?.email].includes(what)) resolve();
        };
        const end = session.subscribe(look);
        const timer = setTimeout(resolve, patience);
        look();
        await promise;
        end();
        clearTimeout(timer);
        return session.state;
      },
      [what, PATIENCE],
    );
    const { status, reason, user } = shown;
    assert.ok([status, reason, user?.email].includes(what), `${JSON.stringify(shown)} is not ${what}`);
    return shown;
  }

  async reload() {
    await this.page.reload();
    await this.loaded();
  }

  close() {
    return this.page.close();
  }
}

/** Waits until all tabs show the same. */
export const showAll = (tabs, what) => Promise.all(tabs.map((tab) => tab.shows(what)));

/** Waits until a condition holds. */
export async function until(holds, what) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
