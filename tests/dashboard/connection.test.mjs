// The connect page: with which credentials one gets in, what is said when one does not, and where the token is kept.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEMO, dashboard, PHONE } from "./world.mjs";

for (const dialect of ["sdk", "adapter"]) {
  describe(`connecting, ${dialect} dialect`, () => {
    const world = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "200"] });
    const connect = (page) => page.getByRole("button", { name: "Connect", exact: true }).click();
    const stored = (page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    const isIn = (page) => page.locator(".shell").waitFor();
    const isOut = (page) => page.getByRole("heading", { name: "Connect to a server" }).waitFor();

    async function remember(page) {
      await page.getByText("More", { exact: true }).click();
      await page.getByLabel("Keep me connected in this tab").check();
    }
    async function byEmail(page, password) {
      await page.getByLabel("With e-mail and password").check();
      await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
      await page.getByLabel("Password", { exact: true }).fill(password);
    }

    it("connects with a token, which is in memory only", async () => {
      const secret = "kv_this-is-a-token-of-a-test";
      const page = await world.open("/audit", { connect: false });
      const tokens = [];
      page.on("request", (request) => tokens.push(request.headers().authorization));
      await page.getByLabel("With a bearer token").check();
      await page.getByLabel("Token", { exact: true }).fill(secret);
      await connect(page);
      await isIn(page);
      assert.ok(tokens.includes(`Bearer ${secret}`));
      assert.ok(!(await stored(page)).includes(secret));
      assert.ok(!page.url().includes("kv_") && !page.url().includes("server="));
      assert.equal(new URL(page.url()).pathname, "/audit");
      await page.reload();
      await isOut(page);
      await world.close(page);
    });

    it("keeps the token in the tab if one asks for that, until one disconnects", async () => {
      const secret = "kv_this-is-a-token-of-a-test";
      const page = await world.open("/audit", { connect: false });
      await page.getByLabel("With a bearer token").check();
      await page.getByLabel("Token", { exact: true }).fill(secret);
      await remember(page);
      await connect(page);
      await isIn(page);
      assert.ok((await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).includes(secret));
      assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes(secret));
      await page.reload();
      await isIn(page);
      await page.locator("tr[data-entry]").first().waitFor();
      await page.getByRole("button", { name: "Disconnect" }).click();
      await isOut(page);
      assert.ok(!(await stored(page)).includes(secret));
      await page.reload();
      await isOut(page);
      await world.close(page);
    });

    it("signs in, and says when the password is wrong", async () => {
      const page = await world.open("/", { connect: false });
      await byEmail(page, "not the password");
      await connect(page);
      const failure = page.getByRole("alert");
      await failure.getByText("This did not work.").waitFor();
      await failure.getByText(/HTTP 401/).waitFor();
      assert.ok(!(await page.locator("body").textContent()).includes("not the password"));
      await world.accessible(page);
      await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
      await connect(page);
      await isIn(page);
      await page.locator(".top").getByText(DEMO.email).waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      assert.ok(!(await page.content()).includes(DEMO.password));
      await world.close(page);
    });

    it("says that a server does not answer, and keeps what was typed", async () => {
      const page = await world.open("/", { connect: false });
      await page.locator('input[name="server"]').fill("http://127.0.0.1:9/api");
      world.opened.get(page).strangers.length = 0;
      await connect(page);
      await page.getByRole("alert").getByText("Check that the server runs").waitFor();
      assert.equal(await page.locator('input[name="server"]').inputValue(), "http://127.0.0.1:9/api");
      await page.locator('input[name="server"]').fill(world.baseUrl);
      await connect(page);
      await isIn(page);
      world.opened.get(page).strangers.length = 0; // Nobody is there.
      await world.close(page);
    });

    it("is told the dialect, or finds it out", async () => {
      for (const choice of ["auto", dialect]) {
        const page = await world.open("/agents", { connect: false });
        await page.getByText("More", { exact: true }).click();
        await page.getByLabel("Dialect").selectOption(choice);
        await connect(page);
        await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
        await world.close(page);
      }
    });

    it("can be used with the keyboard alone, on a phone, in the dark", async () => {
      const page = await world.open("/audit", { connect: false, viewport: PHONE, colorScheme: "dark" });
      await page.getByText("More", { exact: true }).click();
      await world.fits(page);
      await world.accessible(page);
      await page.locator('input[name="server"]').focus();
      await page.keyboard.press("Enter");
      await isIn(page);
      await world.fits(page);
      await world.close(page);
    });
  });
}
