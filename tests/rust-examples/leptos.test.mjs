// The page in Leptos, in Chromium against the local server in both dialects.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { buildLeptosPage, serveLeptosPage } from "../../www-example/leptos-server.mjs";
import { QUIET } from "../matrix/browsers.mjs";
import { startServer } from "../suite/server.mjs";

const PASSWORD = "correct horse battery staple";

let browser;
let site;
before(async () => {
  buildLeptosPage();
  site = await serveLeptosPage();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
});
after(async () => {
  await browser.close();
  site.close();
});

for (const dialect of ["sdk", "adapter"]) {
  describe(`Leptos, ${dialect} dialect`, () => {
    let server;
    let page;
    const noise = [];
    before(async () => {
      server = await startServer("--dialect", dialect, "--showcase", "--showcase-rows", "200");
      page = await browser.newPage();
      page.on("pageerror", (error) => noise.push(error.message));
      await page.goto(`${site.url}?api=${server.baseUrl}`);
    });
    after(async () => {
      await page.close();
      await server.stop();
    });

    it("says why a sign-in fails", async () => {
      await page.fill("[name=email]", "demo@kavachos.dev");
      await page.fill("[name=password]", "a wrong password");
      await page.click("button");
      const alert = page.locator("[role=alert]", { hasText: /\w/ });
      await alert.waitFor();
      assert.ok(!(await alert.textContent()).includes("a wrong password"));
    });

    it("shows the audit log to those who are signed in", async () => {
      await page.fill("[name=password]", PASSWORD);
      await page.click("button");
      await page.locator("tr").first().waitFor();
      assert.equal(await page.locator("tr").count(), 20);
      assert.ok((await page.locator("tr.allowed").count()) > 0);
      assert.equal(await page.locator("form").count(), 0);
      assert.deepEqual(noise, []);
    });

    it("does the quickstart of the README", async () => {
      await page.getByRole("button", { name: "Run the quickstart" }).click();
      await page.locator("output", { hasText: /./ }).waitFor();
      assert.equal(await page.locator("output").textContent(), "allowed");
      assert.deepEqual(noise, []);
    });

    it("survives a page that is left during a request", async () => {
      await page.route("**/audit*", () => {}); // Never answered.
      await page.reload();
      await page.fill("[name=email]", "demo@kavachos.dev");
      await page.fill("[name=password]", PASSWORD);
      await page.click("button");
      await page.getByText("Loading…").waitFor();
      await page.goto("about:blank");
      assert.deepEqual(noise, []);
    });
  });
}
