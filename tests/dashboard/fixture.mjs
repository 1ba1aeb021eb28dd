// What the tests of the dashboard share: the built dashboard on its own server, a KavachOS server with the week of a small
// company, and a real browser. An unexpected message on the console fails the test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import playwright from "playwright-core";
import { serveDashboard } from "../../www-example/dashboard-server.mjs";
import { find, QUIET } from "../matrix/browsers.mjs";
import { startServer } from "../suite/server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const PHONE = { width: 390, height: 844 };
export const DEMO = { email: "demo@kavachos.dev", password: "correct horse battery staple" };

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);

// Chromium writes its own line about answers of 400 and above, and about connections that fail.
const BY_THE_BROWSER = /^error: Failed to load resource: (the server responded with a status of|net::ERR_)/;

/** The engines that Playwright can drive here: stock Firefox over WebDriver BiDi; WebKitGTK it cannot. */
const engines = {
  chromium: () => playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET }),
  firefox: () => playwright.firefox.launch({ executablePath: find("firefox"), channel: "moz-firefox" }),
};

/** Whether there is a Firefox on this machine. */
export const hasFirefox = find("firefox") !== undefined;

/**
 * Sets up the fixture of the suite that calls it.
 *
 * `server` are options of the local server, beside the dialect; without `--showcase` it is empty. `host` is the name of this
 * machine in the browser: passkeys work on `localhost` only.
 */
export function dashboard({ dialect, server = ["--showcase"], engine = "chromium", host = "127.0.0.1" }) {
  const named = (url) => url.replace("127.0.0.1", host);
  const fixture = {
    dialect,
    /** Where the API is. */
    baseUrl: "",
    /** Where the dashboard is. */
    url: "",
    /** A client of the same server, to compare with and to change things behind the dashboard's back. */
    kavach: undefined,

    /**
     * Opens the dashboard at `path`. Connects, unless told not to; `signIn` does so as the demo account. The API is of
     * another origin than the page, which asks about that; `trust` says whether to agree.
     */
    async open(path = "/", { viewport, colorScheme, connect = true, signIn = false, trust = true, ...options } = {}) {
      const media = engine === "firefox" ? {} : { colorScheme: colorScheme ?? "light", reducedMotion: "reduce" };
      const context = await fixture.browser.newContext({
        viewport: viewport ?? { width: 1280, height: 800 },
        ...media,
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const noise = [];
      page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => noise.push(`uncaught: ${error.stack ?? error}`));
      const strangers = [];
      const known = [new URL(fixture.url).host, new URL(fixture.baseUrl).host];
      page.on("request", (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol.startsWith("http") && !known.includes(host)) strangers.push(request.url());
      });
      fixture.opened.set(page, { noise, strangers });
      const target = new URL(path, fixture.url);
      if (!target.searchParams.has("server")) target.searchParams.set("server", fixture.baseUrl);
      await page.goto(target.href);
      if (trust) await page.getByRole("button", { name: "Use this server" }).click();
      if (connect) await fixture.connect(page, { signIn });
      return page;
    },

    /** Opens another tab of the same browser, as ctrl-click or a bookmark does. */
    async openTab(page, path = "/") {
      const tab = await page.context().newPage();
      tab.setDefaultTimeout(15_000);
      await tab.goto(new URL(path, fixture.url).href);
      return tab;
    },

    /** Fills in the connect page. */
    async connect(page, { signIn = false } = {}) {
      if (signIn) {
        await page.getByLabel("As a person").check();
        await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
        await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
      }
      await page.getByRole("button", { name: signIn ? "Sign in" : "Connect", exact: true }).click();
      await page.locator(".shell").waitFor();
    },

    /** Closes a page, and fails if anything unexpected was on its console, or another host was asked for something. */
    async close(page, { expected = [] } = {}) {
      const { noise, strangers } = fixture.opened.get(page);
      fixture.opened.delete(page);
      await page.context().close();
      const unexpected = noise.filter((line) => ![BY_THE_BROWSER, ...expected].some((pattern) => pattern.test(line)));
      assert.deepEqual(unexpected, [], "nothing on the console");
      assert.deepEqual(strangers, [], "no requests to other hosts");
    },

    /** Fails if axe finds something serious on the page. */
    async accessible(page) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
      assert.deepEqual(serious, [], "axe has no serious findings");
    },

    /** Fails if the page can be scrolled sideways. */
    async fits(page) {
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `the page is ${content} pixels wide in a window of ${window}`);
    },

    /** Keeps a picture for the documentation, where SCREENSHOTS names a folder. */
    async picture(page, name) {
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
    },

    opened: new Map(),
    browser: undefined,
    api: undefined,
    site: undefined,
  };

  before(async () => {
    fixture.api = await startServer("--dialect", dialect, ...server);
    fixture.baseUrl = named(fixture.api.baseUrl);
    fixture.kavach = new KavachClient({ baseUrl: fixture.api.baseUrl });
    fixture.site = await serveDashboard({ directory: process.env.KAVACHOS_DASHBOARD });
    fixture.url = named(fixture.site.url);
    fixture.browser = await engines[engine]();
  });
  after(async () => {
    await fixture.browser?.close();
    fixture.site?.close();
    await fixture.api?.stop();
  });
  return fixture;
}
