// The connect page: with which credentials one gets in, what is said when one does not, and where the token is kept.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEMO, dashboard, PHONE } from "./fixture.mjs";

for (const dialect of ["sdk", "adapter"]) {
  describe(`connecting, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "200"] });
    const connect = (page, name = "Connect") => page.getByRole("button", { name, exact: true }).click();
    const stored = (page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    const isIn = (page) => page.locator(".shell").waitFor();
    const isOut = (page) => page.getByRole("heading", { name: "Connect to a server" }).waitFor();

    async function remember(page) {
      await page.getByText("More", { exact: true }).click();
      await page.getByLabel("Keep me connected in this tab").check();
    }
    async function byEmail(page, password) {
      await page.getByLabel("As a person").check();
      await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
      await page.getByLabel("Password", { exact: true }).fill(password);
    }

    it("connects with a token, which is in memory only", async () => {
      const secret = "kv_this-is-a-token-of-a-test";
      const page = await fixture.open("/audit", { connect: false });
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
      await fixture.close(page);
    });

    it("keeps the token in the tab if one asks for that, until one disconnects", async () => {
      const secret = "kv_this-is-a-token-of-a-test";
      const page = await fixture.open("/audit", { connect: false });
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
      await fixture.close(page);
    });

    it("signs in, and says when the password is wrong", async () => {
      const page = await fixture.open("/", { connect: false });
      await byEmail(page, "not the password");
      await connect(page, "Sign in");
      const failure = page.getByRole("alert");
      await failure.getByText("This did not work.").waitFor();
      await failure.getByText(/HTTP 401/).waitFor();
      assert.ok(!(await page.locator("body").textContent()).includes("not the password"));
      await fixture.accessible(page);
      await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
      await connect(page, "Sign in");
      await isIn(page);
      await page.locator(".top").getByText(DEMO.email).waitFor();
      assert.ok(!(await page.content()).includes(DEMO.password));
      assert.ok(!(await stored(page)).includes(DEMO.password));
      await fixture.close(page);
    });

    it("says that a server does not answer, and keeps what was typed", async () => {
      const page = await fixture.open("/", { connect: false });
      await page.locator('input[name="server"]').fill("http://127.0.0.1:9/api");
      fixture.opened.get(page).strangers.length = 0;
      await connect(page);
      await page.getByRole("alert").getByText("Check that the server runs").waitFor();
      assert.equal(await page.locator('input[name="server"]').inputValue(), "http://127.0.0.1:9/api");
      await page.locator('input[name="server"]').fill(fixture.baseUrl);
      await connect(page);
      await isIn(page);
      fixture.opened.get(page).strangers.length = 0; // Nobody is there.
      await fixture.close(page);
    });

    it("asks about a server of another origin that a link names, and sends it nothing before", async () => {
      const page = await fixture.open(`/audit?email=${DEMO.email}`, { connect: false, trust: false });
      const asked = [];
      page.on("request", (request) => request.url().startsWith(fixture.baseUrl) && asked.push(request.url()));
      await page.getByRole("heading", { name: "Use the server of this link?" }).waitFor();
      await page.getByText(new URL(fixture.baseUrl).origin, { exact: true }).waitFor();
      await page.getByText("The e-mail address in the link was left out").waitFor();
      assert.equal(await page.locator("input").count(), 0, "there is nothing to fill in yet");
      assert.ok(!(await page.content()).includes(DEMO.email));
      await fixture.fits(page);
      await fixture.accessible(page);
      await page.getByRole("button", { name: "Use this server" }).click();
      assert.equal(await page.locator('input[name="server"]').inputValue(), fixture.baseUrl);
      assert.ok(await page.getByLabel("Without a token").isChecked());
      assert.deepEqual(asked, []);
      await page.getByLabel("As a person").check();
      const [email, password] = [
        page.getByLabel("E-mail", { exact: true }),
        page.getByLabel("Password", { exact: true }),
      ];
      assert.equal(await email.inputValue(), "");
      // What a browser has kept for the page is not filled in for a server of somebody else.
      assert.equal(await email.getAttribute("autocomplete"), "off");
      assert.equal(await password.getAttribute("autocomplete"), "new-password");
      await byEmail(page, DEMO.password);
      await connect(page, "Sign in");
      await isIn(page);
      assert.equal(new URL(page.url()).search, "");
      await fixture.close(page);
    });

    it("does not use that server if one declines, nor when it is loaded again", async () => {
      const page = await fixture.open("/?server=https://evil.example/api", { connect: false, trust: false });
      await page.getByText("https://evil.example", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Do not use it" }).click();
      const server = page.locator('input[name="server"]');
      assert.equal(await server.inputValue(), new URL("/api/kavach", fixture.url).href);
      assert.equal(new URL(page.url()).search, "");
      await page.reload();
      assert.equal(await server.inputValue(), new URL("/api/kavach", fixture.url).href);
      await fixture.close(page);
    });

    it("fills in a server of the page's origin without asking, with the e-mail address", async () => {
      const page = await fixture.open("/?server=/kavach&email=ada@example.com", { connect: false, trust: false });
      assert.equal(await page.locator('input[name="server"]').inputValue(), new URL("/kavach", fixture.url).href);
      const email = page.getByLabel("E-mail", { exact: true });
      assert.equal(await email.inputValue(), "ada@example.com");
      assert.equal(await email.getAttribute("autocomplete"), "username");
      await fixture.close(page);
    });

    it("says that a link named no server that can be used", async () => {
      for (const server of ["javascript:alert(1)", "https://127.0.0.1@evil.example/api", "data:,x"]) {
        const path = `/?server=${encodeURIComponent(server)}&email=ada@example.com`;
        const page = await fixture.open(path, { connect: false, trust: false });
        await page.getByText("It was left out.").waitFor();
        assert.equal(await page.locator('input[name="server"]').inputValue(), new URL("/api/kavach", fixture.url).href);
        assert.ok(!(await page.content()).includes("ada@example.com"));
        await fixture.close(page);
      }
    });

    it("goes on with the session of the tab, whatever server a link names", async () => {
      const page = await fixture.open("/audit");
      await page.goto(new URL("/audit?server=https://evil.example/api&result=denied", fixture.url).href);
      await isIn(page);
      await page.locator(".top").getByText(fixture.baseUrl).waitFor();
      assert.equal(new URL(page.url()).search, "?result=denied");
      await page.getByRole("button", { name: "Disconnect" }).click();
      // It still is not used without an answer.
      await page.getByRole("heading", { name: "Use the server of this link?" }).waitFor();
      await fixture.close(page);
    });

    it("receives the dialect, or finds it out", async () => {
      for (const choice of ["auto", dialect]) {
        const page = await fixture.open("/agents", { connect: false });
        await page.getByText("More", { exact: true }).click();
        await page.getByLabel("Dialect").selectOption(choice);
        await connect(page);
        await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
        await fixture.close(page);
      }
    });

    it("can be used with the keyboard alone, on a phone, in the dark", async () => {
      const page = await fixture.open("/audit", { connect: false, viewport: PHONE, colorScheme: "dark" });
      await page.getByText("More", { exact: true }).click();
      await fixture.fits(page);
      await fixture.accessible(page);
      await page.locator('input[name="server"]').focus();
      await page.keyboard.press("Enter");
      await isIn(page);
      await fixture.fits(page);
      await fixture.close(page);
    });
  });
}
