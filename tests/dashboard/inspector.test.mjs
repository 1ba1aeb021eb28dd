// The inspector: the calls that a page makes, as code that can be run, with their attempts, and without their secrets.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEMO, dashboard, PHONE } from "./fixture.mjs";

for (const dialect of ["sdk", "adapter"]) {
  describe(`inspector, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "1000"] });
    const inspector = (page) => page.getByRole("complementary", { name: "Calls of the client" });
    const open = (page) => page.getByRole("button", { name: /^Calls/ }).click();
    const line = (page, name) =>
      inspector(page)
        .getByRole("button", { name: new RegExp(`^${name} `) })
        .first();

    it("shows a call as code that does the same", async () => {
      const page = await fixture.open("/audit?result=denied");
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "audit.iterate").click();
      const code = await inspector(page).locator("pre").textContent();
      assert.match(code, /^for await \(const entry of kavach\.audit\.iterate\(\{ result: "denied" \}/);
      const seen = [];
      const run = new (Object.getPrototypeOf(async () => {}).constructor)("kavach", "console", code);
      await run(fixture.kavach, { log: (entry) => seen.push(entry.id) });
      assert.deepEqual(
        seen,
        (await fixture.kavach.audit.query({ result: "denied" })).map(({ id }) => id),
      );
      await fixture.accessible(page);
      await fixture.close(page);
    });

    it("copies the code", async () => {
      const page = await fixture.open("/audit", { permissions: ["clipboard-read", "clipboard-write"] });
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "agents.list").click();
      await inspector(page).getByRole("button", { name: "Copy code" }).click();
      await inspector(page).getByText("Copied").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "await kavach.agents.list();");
      await fixture.close(page);
    });

    it("shows the attempts of a call, and how long was waited between them", async () => {
      const page = await fixture.open("/playground");
      // The agents may be loaded already, or be on their way: connecting again loads them anew.
      await page.getByRole("button", { name: "Disconnect" }).click();
      let failures = 1;
      await page.route(/\/agents(\?|$)/, (route) =>
        route.request().method() === "GET" && route.request().resourceType() !== "document" && failures-- > 0
          ? route.fulfill({ status: 503, headers: { "access-control-allow-origin": "*" }, body: "" })
          : route.continue(),
      );
      await page.locator('input[name="server"]').fill(fixture.baseUrl);
      await fixture.connect(page);
      await page.locator('nav a[href="/audit"]').click();
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "agents.list").getByText("2 ×").waitFor();
      await line(page, "agents.list").click();
      const attempts = await inspector(page).locator("ol li").allTextContents();
      assert.equal(attempts.length, 2);
      assert.match(attempts[0], /^GET \/api\/kavach\/agents 503 in \d+ ms, again after \d+ ms$/);
      assert.match(attempts[1], /^GET \/api\/kavach\/agents 200 in \d+ ms$/);
      await fixture.close(page);
    });

    it("says that nothing is under way while nobody pulls, and how far an iterator is", async () => {
      const page = await fixture.open("/audit");
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "audit.iterate").getByText("200 entries so far").waitFor();
      await line(page, "audit.iterate").click();
      // The first page, and the one that was asked for ahead.
      assert.equal(await inspector(page).locator("ol li").count(), 2);
      await page.keyboard.press("Escape");
      await inspector(page).waitFor({ state: "detached" });
      assert.match(await page.evaluate(() => document.activeElement.textContent), /^ ?Calls/);
      await page.locator('nav a[href="/playground"]').click();
      await open(page);
      await line(page, "audit.iterate").getByText("200 entries", { exact: true }).waitFor();
      await fixture.close(page);
    });

    it("knows no password and no token", async () => {
      const page = await fixture.open("/audit", { signIn: true });
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "session.signIn").click();
      const code = await inspector(page).locator("pre").textContent();
      assert.equal(code, `await session.signIn({ email: ${JSON.stringify(DEMO.email)}, password: "…" });`);
      assert.ok(!(await page.content()).includes(DEMO.password));
      await fixture.close(page);
    });

    it("fits a phone, and is cleared", async () => {
      const page = await fixture.open("/audit", { viewport: PHONE, colorScheme: "dark" });
      await page.locator("tr[data-entry]").first().waitFor();
      await open(page);
      await line(page, "audit.iterate").click();
      await fixture.fits(page);
      await fixture.accessible(page);
      await inspector(page).getByRole("button", { name: "Clear" }).click();
      await inspector(page).getByText("No calls yet.").waitFor();
      await fixture.close(page);
    });
  });
}
