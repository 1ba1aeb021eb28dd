// Going from page to page: the title and the focus follow, as they do when a browser loads a page; and dialogs take the focus
// to where one goes on.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard } from "./fixture.mjs";

describe("navigation", () => {
  const fixture = dashboard({ dialect: "sdk", server: ["--showcase", "--showcase-rows", "200"] });
  const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
  const focused = (page, text) => page.waitForFunction((text) => document.activeElement?.textContent === text, text);
  const titled = (page, title) => page.waitForFunction((title) => document.title === title, title);

  it("names the document after the page, and moves the focus to its heading", async () => {
    const [agent] = await fixture.kavach.agents.list({ status: "active" });
    const page = await fixture.open("/");
    await titled(page, "Overview · KavachOS");
    for (const [path, title] of [
      ["/agents", "Agents"],
      ["/playground", "Policy playground"],
      ["/delegations", "Delegations"],
      ["/audit", "Audit"],
      ["/", "Overview"],
      ["/agents", "Agents"],
    ]) {
      await page.locator(`nav a[href="${path}"]`).click();
      await heading(page, title).waitFor();
      await titled(page, `${title} · KavachOS`);
      await focused(page, title);
    }
    await page.getByRole("main").getByRole("link", { name: agent.name, exact: true }).click();
    await titled(page, `${agent.name} · KavachOS`);
    await focused(page, agent.name);
    await page.goBack();
    await titled(page, "Agents · KavachOS");
    await focused(page, "Agents");
    await fixture.accessible(page);
    await page.getByRole("button", { name: "Disconnect" }).click();
    await titled(page, "KavachOS");
    await fixture.close(page);
  });

  it("leaves the focus where it is while one narrows a page down, and when the first one is opened", async () => {
    const page = await fixture.open("/agents");
    await heading(page, "Agents").waitFor();
    await titled(page, "Agents · KavachOS");
    assert.notEqual(await page.evaluate(() => document.activeElement.textContent), "Agents");
    const search = page.getByRole("searchbox");
    await search.fill("docs");
    await page.waitForFunction(() => location.search.includes("q=docs"));
    assert.ok(await search.evaluate((field) => field === document.activeElement));
    await fixture.close(page);
  });

  it("shows no title that reads the other way round", async () => {
    const { id } = await fixture.kavach.agents.create({
      ...{ ownerId: "usr_demo", type: "service", name: "invoice\u202efdp.exe" },
      permissions: [{ resource: "mcp:x", actions: ["read"] }],
    });
    const page = await fixture.open(`/agents/${id}`);
    await titled(page, "invoicefdp.exe · KavachOS");
    await fixture.close(page);
  });

  it("has dialogs begin at their first field, or else at their title, and not at what closes them", async () => {
    const [agent] = await fixture.kavach.agents.list({ status: "active" });
    const page = await fixture.open(`/agents/${agent.id}`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Rename or extend" }).click();
    await page.waitForFunction((name) => document.activeElement?.value === name, agent.name);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    for (const name of ["Rotate token", "Revoke"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await page.waitForFunction(() => document.activeElement?.matches("dialog h2"));
      await fixture.accessible(page);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
    await page.locator('nav a[href="/audit"]').click();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.matches("dialog input:checked"));
    await fixture.close(page);
  });
});
