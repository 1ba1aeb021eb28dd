// The pages about people: users, organizations, API keys and the account, on a server that has all plugins and on those that lack them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { totp } from "../people/fixture.mjs";
import { DEMO, dashboard } from "./fixture.mjs";
import { looksRight, openAs } from "./people-steps.mjs";

const ROOT = "root@x.test";
const SMALL = ["--showcase", "--showcase-rows", "200"];
const PEOPLE = ["--admin", ROOT, "--user", `root=${ROOT}=Root`];
const NAMES = { ann: "Ann", bob: "\u202eboB", dina: "דינה", maxi: `Maximiliana ${"von und zu ".repeat(12)}Hohenlohe` };
const USERS = Object.entries(NAMES).flatMap(([id, name]) => ["--user", `${id}=${id}@x.test=${name}`]);
const CROWD = Array.from({ length: 55 }, (_, index) => ["--user", `c${index}=c${index}@crowd.test`]).flat();

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const dialog = (page) => page.getByRole("dialog");
const isClosed = (page) => dialog(page).waitFor({ state: "detached" });
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const row = (page, id) => page.locator(`[data-user="${id}"]`);
const isAs = (page, email) => page.locator(".top").getByText(email, { exact: true }).waitFor();

describe("people", () => {
  const fixture = dashboard({ dialect: "adapter", server: [...SMALL, ...PEOPLE, ...USERS, ...CROWD] });

  it("are listed, a page at a time, and searched", async () => {
    const page = await openAs(fixture, ROOT, "/people");
    await row(page, "ann").waitFor();
    assert.equal(await page.locator("[data-user]").count(), 50);
    await page.getByRole("button", { name: /^Show \d+ more$/ }).click();
    await row(page, "c54").waitFor();
    await page.getByRole("searchbox").fill("dina@");
    await page.getByText("1 user found").waitFor();
    assert.equal(new URL(page.url()).search, "?q=dina%40");
    assert.equal(await row(page, "dina").locator("bdi.name").textContent(), NAMES.dina);
    await page.getByRole("searchbox").fill("");
    await row(page, "bob").waitFor();
    assert.equal(await row(page, "bob").locator("bdi.name").textContent(), NAMES.bob);
    assert.equal(await row(page, "root").getByRole("button").count(), 0, "nobody locks themselves out");
    await looksRight(fixture, page);
    await page.getByRole("searchbox").fill("nobody at all");
    await page.getByRole("heading", { name: "No user is like that" }).waitFor();
    await fixture.close(page);
  });

  it("are banned with a reason and an end, and unbanned", async () => {
    const page = await openAs(fixture, ROOT, "/people");
    await row(page, "ann").getByRole("button", { name: "Ban Ann" }).click();
    await page.getByLabel(/^Reason/).fill("Spam \u202egnp");
    await page.getByRole("combobox", { name: "Ends", exact: true }).selectOption("7");
    await looksRight(fixture, page);
    await dialog(page).getByRole("button", { name: "Ban", exact: true }).click();
    await row(page, "ann").getByText("Banned", { exact: true }).waitFor();
    assert.match(await row(page, "ann").textContent(), /Spam.*ends in [67] days/);
    await row(page, "ann").getByRole("button", { name: "Unban Ann" }).click();
    await press(page, "End the ban");
    await row(page, "ann").getByText("Banned", { exact: true }).waitFor({ state: "detached" });
    await isClosed(page);
    await fixture.close(page);
  });

  it("are deleted once their address is typed", async () => {
    const page = await openAs(fixture, ROOT, "/people?q=maxi");
    await row(page, "maxi")
      .getByRole("button", { name: /^Delete Maximiliana/ })
      .click();
    const sure = dialog(page).getByRole("button", { name: "Delete for good" });
    const typed = dialog(page).getByRole("textbox");
    for (const text of ["", "maxi", "MAXI@x.test"]) {
      await typed.fill(text);
      assert.ok(await sure.isDisabled(), text);
    }
    await looksRight(fixture, page);
    await typed.fill("maxi@x.test");
    await sure.click();
    await page.getByRole("heading", { name: "No user is like that" }).waitFor();
    await fixture.close(page);
  });

  it("are acted as in all tabs, until one goes back", async () => {
    const page = await openAs(fixture, ROOT, "/people");
    const tab = await fixture.openTab(page, "/agents");
    await isAs(tab, ROOT);
    await row(page, "bob")
      .getByRole("button", { name: /^Act as/ })
      .click();
    await press(page, "Act as this user");
    await heading(page, "Your account").waitFor();
    for (const one of [page, tab]) {
      await one.getByText("You act as").waitFor();
      await isAs(one, "bob@x.test");
    }
    await page.getByText("by impersonation").waitFor();
    await looksRight(fixture, page);
    await tab.reload();
    await tab.getByText("You act as").waitFor();
    await tab.getByRole("button", { name: `Back to ${ROOT}` }).click();
    for (const one of [page, tab]) await isAs(one, ROOT);
    assert.equal(await page.getByText("You act as").count(), 0);
    await fixture.close(page);
  });

  it("are for administrators, and say so to others", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people");
    await page.getByText("You are not an administrator of this server.").waitFor();
    await page.getByText("adminUserIds").waitFor();
    await fixture.accessible(page);
    await fixture.close(page);
  });

  it("sign in where they are if they have not yet", async () => {
    const page = await fixture.open("/people/api-keys");
    await page.getByRole("heading", { name: "Sign in to see this" }).waitFor();
    await looksRight(fixture, page);
    await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
    await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
    await press(page, "Sign in");
    await isAs(page, DEMO.email);
    // This server accepts such a session for nothing but itself.
    await page.getByText("Servers do so with sessions that begin with a password.").waitFor();
    assert.equal(await page.getByText("Your session has ended").count(), 0);
    await fixture.close(page);
  });
});

describe("API keys", () => {
  const fixture = dashboard({ dialect: "adapter", server: SMALL });
  const keyDialog = (page) => dialog(page).filter({ hasText: "is shown this once" });

  async function create(page, name) {
    await press(page, "New API key");
    await page.getByLabel(/^Name/).fill(name);
    await page.getByLabel(/^Permissions/).fill("agents:read, audit:read");
  }

  it("are made with an expiry; the key is shown until one has stored it, and revoked", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people/organizations");
    await page.getByRole("link", { name: "API keys" }).click();
    await page.getByRole("heading", { name: "No API keys yet" }).waitFor();
    await create(page, "Deploy");
    await page.getByRole("combobox", { name: "Expires", exact: true }).selectOption("90");
    await looksRight(fixture, page);
    await press(page, "Create the key");
    const key = await keyDialog(page).getByLabel("The key", { exact: true }).inputValue();
    assert.match(key, /^kos_[0-9a-f]{64}$/);
    await looksRight(fixture, page);
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Escape");
    await page.goBack();
    await page.goForward();
    assert.equal(await keyDialog(page).getByLabel("The key", { exact: true }).inputValue(), key);
    assert.ok(await keyDialog(page).getByRole("button", { name: "Done" }).isDisabled());
    await page.getByLabel("I have stored it").check();
    await press(page, "Done");
    const line = page.locator("[data-key]");
    await line.getByText("Deploy").first().waitFor();
    assert.match(await line.textContent(), /agents:readaudit:readExpires in (89|90) days/);
    await page.getByRole("button", { name: /^Calls/ }).click();
    const kept = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    assert.ok(!kept.includes(key));
    await page.keyboard.press("Escape");
    await looksRight(fixture, page);
    await line.getByRole("button", { name: "Rotate Deploy" }).click();
    await press(page, "Rotate the key");
    assert.notEqual(await keyDialog(page).getByLabel("The key", { exact: true }).inputValue(), key);
    await page.getByLabel("I have stored it").check();
    await press(page, "Done");
    await line.getByRole("button", { name: "Revoke Deploy" }).click();
    await press(page, "Revoke the key");
    await page.getByRole("heading", { name: "No API keys yet" }).waitFor();
    await fixture.close(page);
  });

  it("reach the person in an answer that is not complete, and none is hidden that may exist", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people/api-keys");
    const route = new RegExp(`^${fixture.baseUrl}/auth/api-keys$`);
    await page.route(route, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const answer = await route.fetch();
      const json = await answer.json();
      delete json.apiKey.createdAt;
      return route.fulfill({ response: answer, json });
    });
    await create(page, "Half");
    await press(page, "Create the key");
    assert.match(await keyDialog(page).getByLabel("The key", { exact: true }).inputValue(), /^kos_/);
    await keyDialog(page).getByText("createdAt").waitFor();
    await page.getByLabel("I have stored it").check();
    await press(page, "Done");
    await page.unroute(route);
    await page.route(route, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await create(page, "Unheard");
    await press(page, "Create the key");
    await page.getByText("The server may have made the key all the same.").waitFor();
    await fixture.close(page);
  });
});

describe("organizations and accounts", () => {
  const fixture = dashboard({ dialect: "adapter", server: [...SMALL, ...USERS] });

  it("has organizations made, their people invited, given roles and removed", async () => {
    const page = await openAs(fixture, "ann@x.test", "/people/organizations");
    await page.getByRole("heading", { name: "No organizations yet" }).waitFor();
    await press(page, "New organization");
    await page.getByLabel("Name", { exact: true }).fill("Köln & Söhne");
    assert.equal(await page.getByLabel(/^Name in URLs/).inputValue(), "koln-sohne");
    await looksRight(fixture, page);
    await press(page, "Create it");
    await heading(page, "Köln & Söhne").waitFor();
    const me = page.locator('[data-member="ann"]');
    await me.getByText("(you)").waitFor();
    await press(page, "Invite");
    await page.getByLabel("E-mail", { exact: true }).fill("carl@x.test");
    await page.getByRole("combobox", { name: "Role", exact: true }).selectOption("admin");
    await dialog(page).getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByRole("list", { name: "Invitations" }).getByText("carl@x.test").waitFor();
    await isClosed(page);
    await looksRight(fixture, page);
    // Somebody has to own it: what the server says is shown, and the role is what it was.
    await me.getByLabel("Role of ann").selectOption("member");
    await me.getByRole("alert").getByText("The role is not changed").waitFor();
    assert.equal(await me.getByLabel("Role of ann").inputValue(), "owner");
    await me.getByRole("button", { name: "Remove ann" }).click();
    await press(page, "Remove");
    await dialog(page).getByRole("alert").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Organizations" }).click();
    await page.locator("[data-organization]").getByRole("link", { name: "Köln & Söhne" }).click();
    await heading(page, "Köln & Söhne").waitFor();
    await fixture.close(page);
  });

  it("has two-factor authentication switched on, its codes made anew, and switched off", async () => {
    const page = await openAs(fixture, "dina@x.test", "/people/account");
    await page.getByText("Off.", { exact: true }).waitFor();
    await press(page, "Switch it on");
    const secret = await dialog(page).getByLabel("Secret", { exact: true }).inputValue();
    await dialog(page).getByRole("img", { name: "QR code of the secret" }).waitFor();
    await looksRight(fixture, page);
    const code = dialog(page).getByLabel("Code", { exact: true });
    await code.fill("000 000");
    await dialog(page).getByRole("button", { name: "Switch it on" }).click();
    await dialog(page).getByText("The code is wrong").waitFor();
    await code.fill(totp(secret));
    await dialog(page).getByRole("button", { name: "Switch it on" }).click();
    const codes = dialog(page).filter({ hasText: "are shown this once" }).locator("pre");
    const first = (await codes.textContent()).trim().split("\n");
    assert.equal(first.length, 10);
    await fixture.accessible(page);
    await page.keyboard.press("Escape");
    await page.getByLabel("I have stored them").check();
    await press(page, "Done");
    await page.getByText("On: your authenticator app shows a code.").waitFor();
    await press(page, "New backup codes");
    await dialog(page).getByLabel("Code", { exact: true }).fill(totp(secret));
    await press(page, "Make new codes");
    const second = (await codes.textContent()).trim().split("\n");
    assert.ok(second.every((one) => !first.includes(one)));
    await page.getByLabel("I have stored them").check();
    await press(page, "Done");
    await press(page, "Switch it off");
    await dialog(page).getByLabel("Code, or a backup code").fill(second[0]);
    await dialog(page).getByRole("button", { name: "Switch it off" }).click();
    await page.getByText("Off.", { exact: true }).waitFor();
    await fixture.close(page);
  });
});

const PAGES = {
  "/people": ["administration of users", "admin"],
  "/people/organizations": ["organizations", "organization"],
  "/people/api-keys": ["API keys", "apiKeys"],
  "/people/account": ["two-factor authentication", "twoFactor"],
};

describe("servers without the plugins, sdk dialect", () => {
  const fixture = dashboard({ dialect: "sdk", server: SMALL });

  it("have each page say which plugin is missing, and how to mount it", async () => {
    const page = await fixture.open("/people", { signIn: true });
    for (const [path, [feature, plugin]] of Object.entries(PAGES)) {
      await page.evaluate((path) => history.pushState(null, "", path), path);
      const card = page.locator(".people-missing").filter({ hasText: `This server has no ${feature}` });
      await card.getByText(`(the plugin ${plugin})`).waitFor();
      await card.getByText("app.mount()").waitFor();
      assert.equal(await page.getByRole("alert").count(), 0, path);
      await looksRight(fixture, page);
    }
    await page.locator(".people-missing").filter({ hasText: "This server has no passkeys" }).waitFor();
    await fixture.close(page);
  });
});

describe("servers without the plugins, as in SvelteKit", () => {
  const fixture = dashboard({ dialect: "adapter", server: [...SMALL, "--mount", "sveltekit"] });

  it("have no way to sign in, and say so", async () => {
    const page = await fixture.open("/people");
    await page.getByText("This server has no way to sign in").waitFor();
    await page.getByText("emailPassword, magicLink, emailOtp, passkey").waitFor();
    await looksRight(fixture, page);
    await fixture.close(page);
  });
});

describe("servers that answer success and do nothing, as in Next.js", () => {
  const fixture = dashboard({ dialect: "adapter", server: [...SMALL, ...PEOPLE, ...USERS, "--mount", "next"] });

  it("are caught when they do not ban", async () => {
    const page = await openAs(fixture, ROOT, "/people");
    await row(page, "ann").getByRole("button", { name: "Ban Ann" }).click();
    await dialog(page).getByRole("button", { name: "Ban", exact: true }).click();
    await dialog(page).getByRole("alert").getByText("The user is not banned.").waitFor();
    await dialog(page).getByText("NOT_APPLIED").waitFor();
    await fixture.close(page);
  });
});
