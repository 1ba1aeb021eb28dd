// A walk through the dashboard in Firefox: every page opens, shows what the server holds, and says nothing on the console.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, hasFirefox } from "./fixture.mjs";

for (const dialect of ["sdk", "adapter"]) {
  describe(`Firefox, ${dialect} dialect`, { skip: hasFirefox ? false : "there is no Firefox here" }, () => {
    const fixture = dashboard({ dialect, engine: "firefox" });

    it("opens every page", async () => {
      const [agent] = await fixture.kavach.agents.list({ status: "active" });
      const page = await fixture.open("/");
      const heading = page.getByRole("heading", { level: 1 });
      for (const [path, title] of [
        ["/", "Overview"],
        ["/agents", "Agents"],
        ["/playground", "Policy playground"],
        ["/delegations", "Delegations"],
        ["/audit", "Audit"],
      ]) {
        await page.locator(`nav a[href="${path}"]`).click();
        await heading.getByText(title).waitFor();
        assert.equal(await page.getByRole("alert").count(), 0, path);
      }
      await page.locator('nav a[href="/agents"]').click();
      await page.getByRole("main").getByRole("link", { name: agent.name }).first().click();
      await heading.getByText(agent.name).waitFor();
      await page.goBack();
      await heading.getByText("Agents").waitFor();
      await fixture.fits(page);
      await fixture.close(page);
    });
  });
}
