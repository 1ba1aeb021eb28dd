// The session of a person on the dashboard: kept over reloads and tabs, ended in all of them, and every way to begin it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addAuthenticator } from "../matrix/authenticator.mjs";
import { DEMO, dashboard } from "./fixture.mjs";
import { looksRight, mail, openAs, signInByCode } from "./people-steps.mjs";

const isIn = (page) => page.locator(".shell").waitFor();
const isOut = (page) => page.getByRole("heading", { name: "Connect to a server" }).waitFor();
const isAs = (page, email) => page.locator(".top").getByText(email, { exact: true }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const kept = (page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
const tokenOf = async (page) =>
  page.evaluate(() => {
    const [key] = Object.keys(localStorage).filter((name) => name.startsWith("kavachos.session:"));
    return JSON.parse(localStorage.getItem(key)).record?.token;
  });

for (const dialect of ["sdk", "adapter"]) {
  describe(`sessions, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "200"] });

    it("stay over a reload, in a new tab and in one opened by ctrl-click", async () => {
      const page = await fixture.open("/agents", { signIn: true });
      await page.reload();
      await isAs(page, DEMO.email);
      const tab = await fixture.openTab(page, "/audit");
      await isAs(tab, DEMO.email);
      await tab.locator("tr[data-entry]").first().waitFor();
      const opening = page.context().waitForEvent("page");
      await page.locator('nav a[href="/delegations"]').click({ modifiers: ["Control"] });
      const clicked = await opening;
      await isAs(clicked, DEMO.email);
      assert.equal(new URL(clicked.url()).pathname, "/delegations");
      const token = await tokenOf(page);
      for (const one of [page, tab, clicked]) assert.ok(!(await one.content()).includes(token));
      await fixture.close(page);
    });

    it("end in all tabs when one signs out, and at the server", async () => {
      const page = await fixture.open("/agents", { signIn: true });
      const tab = await fixture.openTab(page, "/audit");
      await isAs(tab, DEMO.email);
      const token = await tokenOf(page);
      assert.ok(await fixture.kavach.auth.getSession(token));
      await press(page, "Sign out");
      await isOut(page);
      await isOut(tab);
      await tab.getByText("You signed out in another tab.").waitFor();
      assert.ok(!(await kept(tab)).includes(token));
      assert.equal(await fixture.kavach.auth.getSession(token), null);
      // Who comes back finds the server and the address, and no session.
      await tab.reload();
      await isOut(tab);
      assert.equal(await tab.locator('input[name="server"]').inputValue(), fixture.baseUrl);
      assert.equal(await tab.getByLabel("E-mail", { exact: true }).inputValue(), DEMO.email);
      await fixture.close(page);
    });

    it("say when they expire, where one is and after a reload", async () => {
      const page = await fixture.open("/agents", { connect: false });
      await page.clock.install();
      await fixture.connect(page, { signIn: true });
      await page.getByRole("main").getByRole("link").first().waitFor();
      await page.clock.fastForward(8 * 24 * 3600 * 1000);
      const banner = page.locator(".banner");
      await banner.getByText("Your session has expired.").waitFor();
      await looksRight(fixture, page);
      await page.reload();
      await isOut(page);
      await page.getByText("Your session has ended.").waitFor();
      await fixture.accessible(page);
      await fixture.close(page);
    });

    it("are in the memory of the page alone if one asks for that", async () => {
      const page = await fixture.open("/agents", { connect: false });
      await page.getByLabel("As a person").check();
      await page.getByText("More", { exact: true }).click();
      await page.getByLabel("Keep me signed in in this browser").uncheck();
      await fixture.connect(page, { signIn: true });
      assert.ok(!/token|@/.test(await kept(page)), await kept(page));
      await page.reload();
      await isOut(page);
      await fixture.close(page);
    });

    it("begin in the ways that the server has, and the others are named", async () => {
      const page = await fixture.open("/", { connect: false });
      await page.getByLabel("As a person").check();
      const way = (name) => page.getByRole("button", { name, exact: true });
      if (dialect === "sdk") {
        await page.getByText("magicLink, emailOtp, passkey").waitFor();
        assert.ok(await way("Passkey").isDisabled());
        assert.ok(await way("Password").isEnabled());
      } else {
        await page.waitForResponse(/\/auth\/passkey\/credentials$/).catch(() => {});
        for (const name of ["Password", "Link by e-mail", "Code by e-mail", "Passkey"])
          assert.ok(await way(name).isEnabled(), name);
        assert.equal(await page.getByText("not mounted there").count(), 0);
      }
      await looksRight(fixture, page);
      await fixture.close(page);
    });

    it("begin at servers that were used before, which can be forgotten", async () => {
      const page = await fixture.open("/agents", { signIn: true });
      await press(page, "Sign out");
      const server = page.locator('input[name="server"]');
      await server.fill("https://other.example/api");
      const list = page.getByRole("region", { name: "Servers used before" });
      await list.waitFor();
      await looksRight(fixture, page);
      await list.getByRole("button", { name: `${fixture.baseUrl} ${DEMO.email}` }).click();
      assert.equal(await server.inputValue(), fixture.baseUrl);
      assert.ok(await page.getByLabel("As a person").isChecked());
      await server.fill("https://other.example/api");
      await list.getByRole("button", { name: `Forget ${fixture.baseUrl}` }).click();
      await list.waitFor({ state: "detached" });
      assert.ok(!(await page.evaluate(() => localStorage.getItem("kavachos-dashboard"))).includes(fixture.baseUrl));
      fixture.opened.get(page).strangers.length = 0; // Nobody is there.
      await fixture.close(page);
    });
  });
}

describe("ways to sign in", () => {
  const fixture = dashboard({
    dialect: "adapter",
    host: "localhost",
    server: ["--showcase", "--showcase-rows", "200", "--user", "ann=ann@x.test=Ann"],
  });

  it("by a link that opens in another tab: both go on, and the link is nowhere", async () => {
    const page = await fixture.open("/audit", { connect: false });
    await page.getByLabel("As a person").check();
    await press(page, "Link by e-mail");
    await page.getByLabel("E-mail", { exact: true }).fill("ann@x.test");
    await press(page, "Send a link");
    await page.getByText("A link was sent to").waitFor();
    await fixture.accessible(page);
    const { token } = await mail(fixture, "ann@x.test", "magic-link");
    const tab = await fixture.openTab(page, `/sign-in?token=${token}`);
    await tab.getByText("You have opened a sign-in link.").waitFor();
    assert.ok(!tab.url().includes(token));
    assert.equal(await tab.locator('input[name="server"]').inputValue(), fixture.baseUrl);
    await fixture.accessible(tab);
    await press(tab, "Sign in");
    for (const one of [tab, page]) await isAs(one, "ann@x.test");
    assert.ok(!(await kept(page)).includes(token));
    assert.equal(new URL(page.url()).pathname, "/audit");
    await fixture.close(page);
  });

  it("by a link that is pasted, which works once", async () => {
    const page = await fixture.open("/audit", { connect: false });
    await page.getByLabel("As a person").check();
    await press(page, "Link by e-mail");
    await page.getByLabel("E-mail", { exact: true }).fill("ann@x.test");
    await press(page, "Send a link");
    await page.getByText("A link was sent to").waitFor();
    const link = page.getByLabel("Link from the mail");
    await link.fill("https://app.example/sign-in?token=wrong");
    await press(page, "Sign in");
    await page.getByRole("alert").getByText("HTTP 401").waitFor();
    const { url } = await mail(fixture, "ann@x.test", "magic-link");
    await link.fill(url);
    await press(page, "Sign in");
    await isAs(page, "ann@x.test");
    await fixture.close(page);
  });

  it("by a code: a wrong one is said to be", async () => {
    const page = await fixture.open("/audit", { connect: false });
    await page.getByLabel("As a person").check();
    await press(page, "Code by e-mail");
    await page.getByLabel("E-mail", { exact: true }).fill("ann@x.test");
    await press(page, "Send a code");
    const code = page.getByLabel("Code", { exact: true });
    await page.waitForFunction(() => document.activeElement?.getAttribute("autocomplete") === "one-time-code");
    await code.fill("000000x");
    await press(page, "Sign in");
    await page.getByRole("alert").getByText("HTTP 401").waitFor();
    await press(page, "Send another one");
    await signInByCode(fixture, page, "ann@x.test");
    await fixture.close(page);
  });

  it("by a passkey that was registered here; it is listed, and removed", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people/account");
    await addAuthenticator(page);
    await page.getByText("You have no passkeys yet.").waitFor();
    await press(page, "Add a passkey");
    await page.getByLabel(/^Name of this device/).fill("\u202eAnn's laptop");
    await fixture.accessible(page);
    await press(page, "Continue");
    const row = page.locator("[data-passkey]");
    await row.getByText("Ann's laptop").first().waitFor();
    assert.equal(await row.locator("bdi").first().textContent(), "\u202eAnn's laptop");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await looksRight(fixture, page);
    await press(page, "Sign out");
    await press(page, "Passkey");
    await press(page, "Use a passkey");
    await isAs(page, "ann@x.test");
    await page.getByText("by a passkey").waitFor();
    await row.getByRole("button", { name: "Remove" }).click();
    await press(page, "Remove the passkey");
    await page.getByText("You have no passkeys yet.").waitFor();
    await fixture.close(page);
  });

  it("in another tab as somebody else: this one is that person too", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people/account");
    const other = await fixture.openTab(page, `/?server=${encodeURIComponent(`${fixture.baseUrl}/`)}`);
    // An address that names another server does not go on with this one.
    await press(other, "Use this server");
    await isOut(other);
    await other.locator('input[name="server"]').fill(fixture.baseUrl);
    await other.getByLabel("As a person").check();
    await other.getByRole("button", { name: "Go on as ann@x.test" }).waitFor();
    await fixture.accessible(other);
    await signInByCode(fixture, other, DEMO.email);
    for (const one of [other, page]) await isAs(one, DEMO.email);
    await page.getByRole("main").getByText("usr_demo", { exact: true }).waitFor();
    await fixture.close(page);
  });
});

describe("servers that refuse the sessions of passwords", () => {
  const fixture = dashboard({
    dialect: "adapter",
    server: ["--showcase", "--showcase-rows", "200", "--password-sessions", "refused"],
  });

  it("say so, and name the other ways", async () => {
    const page = await fixture.open("/", { connect: false });
    await page.getByLabel("As a person").check();
    await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
    await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
    await press(page, "Sign in");
    await page.getByRole("alert").getByText("does not accept the session that it gave").waitFor();
    await page.getByRole("alert").getByText("by link, by code or by passkey").waitFor();
    assert.ok(await page.getByRole("heading", { name: "Connect to a server" }).isVisible());
    await fixture.accessible(page);
    await signInByCode(fixture, page, DEMO.email);
    await isIn(page);
    await fixture.close(page);
  });
});
