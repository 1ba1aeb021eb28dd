// What the dashboard does when things go wrong in the middle of a session: the server goes away and comes back, has had too
// many requests, or no longer knows the session.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { DEMO, dashboard } from "./fixture.mjs";

const PAGES = ["/", "/agents", "/playground", "/delegations", "/audit"];
const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };
const refusal = (status, code, message, headers = {}) => ({
  status,
  headers: { ...cors, "content-type": "application/json", ...headers },
  body: JSON.stringify({ error: { code, message } }),
});

for (const dialect of ["sdk", "adapter"]) {
  describe(`faults, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect });
    const api = (path = "") => new RegExp(`^${fixture.baseUrl}(?:${path})`);
    const banner = (page) => page.locator(".banner");

    it("says that the server is unreachable, keeps what is there, and goes on when it is back", async () => {
      const page = await fixture.open("/");
      const figures = page.getByRole("main");
      await figures.getByText("Decisions", { exact: false }).first().waitFor();
      await fixture.api.stop();
      await banner(page).getByText("The server does not answer").waitFor();
      assert.match(await figures.textContent(), /Decisions/);
      for (const path of PAGES.slice(1)) {
        await page.locator(`nav a[href="${path}"]`).click();
        await banner(page).waitFor();
        // The page itself may still have to be loaded.
        await page.getByRole("heading", { level: 1 }).waitFor();
      }
      await page.getByRole("alert").getByText("The audit log could not be loaded").waitFor();
      const { port } = new URL(fixture.baseUrl);
      fixture.api = await startServer("--dialect", dialect, "--showcase", "--port", port);
      // By itself, here and on other pages.
      await banner(page).waitFor({ state: "detached" });
      await page.locator("tr[data-entry]").first().waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
      await page.locator('nav a[href="/"]').click();
      await figures.locator(".headline").waitFor();

      // What others make appears when one comes back, and when one asks for it.
      await page.locator('nav a[href="/agents"]').click();
      await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
      const [{ ownerId }] = await fixture.kavach.agents.list();
      const permissions = [{ resource: "a", actions: ["b"] }];
      const made = (name) => fixture.kavach.agents.create({ ownerId, name, type: "service", permissions });
      await page.getByRole("searchbox").fill("made-");
      await page.getByRole("heading", { name: "No agent is like that" }).waitFor();
      await made("made-elsewhere");
      await page.waitForFunction(() => {
        dispatchEvent(new Event("focus"));
        return document.body.textContent.includes("made-elsewhere");
      });
      await made("made-later");
      await page.getByRole("button", { name: "Refresh" }).click();
      await page.getByRole("link", { name: "made-later" }).waitFor();
      await fixture.close(page);
    });

    for (const path of PAGES) {
      it(`shows the client's own words on ${path} when there were too many requests`, async () => {
        const page = await fixture.open("/playground", { connect: false });
        // From the start: what is answered before stays shown. Connecting asks for one entry.
        await page.route(api(), (route) =>
          route.request().method() === "OPTIONS" || /[?&]limit=1(&|$)/.test(route.request().url())
            ? route.continue()
            : route.fulfill(refusal(429, "RATE_LIMITED", "Slow down, please", { "retry-after": "120" })),
        );
        await fixture.connect(page);
        // A page that nothing was loaded for yet.
        await page.evaluate((path) => history.pushState(null, "", path), path);
        if (path === "/playground") await page.evaluate(() => history.pushState(null, "", "/agents/nobody"));
        await page.getByRole("alert").getByText("Slow down, please").first().waitFor();
        await page.unroute(api());
        await page.getByRole("button", { name: "Try again" }).first().click();
        await page.getByText("Slow down, please").waitFor({ state: "detached" });
        await fixture.close(page);
      });
    }

    it("says that a page cannot be loaded, and shows the others", async () => {
      const page = await fixture.open("/agents");
      await page.route(/\/assets\/audit-page/, (route) => route.abort());
      await page.locator('nav a[href="/audit"]').click();
      await page.getByRole("alert").getByText("This page could not be shown").waitFor();
      await page.locator('nav a[href="/agents"]').click();
      await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
      await fixture.close(page);
    });

    it("takes a person back in whose session has ended, on the page where they are", async () => {
      const page = await fixture.open("/agents", { signIn: true });
      await page.getByRole("main").getByRole("link").first().waitFor();
      await page.route(api("/agents|/audit|/delegations"), (route) =>
        route.request().method() === "OPTIONS"
          ? route.continue()
          : route.fulfill(refusal(401, "UNAUTHORIZED", "The session has expired")),
      );
      await page.locator('nav a[href="/audit"]').click();
      const again = banner(page);
      await again.getByText("Your session has ended").waitFor();
      await again.getByLabel(`Password of ${DEMO.email}`).fill("not the password");
      await again.getByRole("button", { name: "Sign in" }).click();
      await again.locator(".wrong").waitFor();
      await page.unroute(api("/agents|/audit|/delegations"));
      await again.getByLabel(`Password of ${DEMO.email}`).fill(DEMO.password);
      await again.getByRole("button", { name: "Sign in" }).click();
      await again.waitFor({ state: "detached" });
      assert.equal(new URL(page.url()).pathname, "/audit");
      await page.locator("tr[data-entry]").first().waitFor();
      await fixture.close(page);
    });
  });
}
