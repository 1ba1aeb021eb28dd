// One agent: created, shown, changed and revoked.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fillIn, heading, stored, tokenDialog } from "./agent-steps.mjs";
import { dashboard, PHONE } from "./fixture.mjs";

const library = await import(process.env.KAVACHOS_PACKAGE);
for (const dialect of ["sdk", "adapter"]) {
  describe(`an agent, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "3000", "--max-agents", "100"] });
    const find = async (name) => (await fixture.kavach.agents.list()).find((agent) => agent.name === name);

    it("is shown as code that does the same", async () => {
      const page = await fixture.open("/agents/new");
      await fillIn(page, { name: 'quote "it"', owner: "usr_priya" });
      for (const helper of ["read", "readWrite", "fullAccess", "withApproval"]) {
        await page.getByRole("button", { name: helper, exact: true }).last().click();
      }
      await page.getByLabel("Type").selectOption("service");
      await page.getByLabel("Expires").selectOption("7d");
      const beside = page.locator(".code-beside");
      const code = await beside.locator("pre").textContent();
      assert.match(code, /rateLimited\(read\("mcp:github:\*"\), 100\)/);
      let sent;
      const KavachClient = class {
        agents = { create: (input) => (sent = input) };
      };
      const names = /import \{ (.*) \}/.exec(code)[1].split(", ");
      const body = code.replace(/^import .*$/m, "");
      const run = new Function(...names, "process", `return (async () => {${body}\n})()`);
      await run(...names.map((name) => (name === "KavachClient" ? KavachClient : library[name])), { env: {} });
      await beside.getByRole("button", { name: "JSON", exact: true }).click();
      const { expiresAt, ...rest } = JSON.parse(await beside.locator("pre").textContent());
      const { expiresAt: ends, ...others } = sent;
      assert.deepEqual(others, rest);
      assert.equal(others.permissions.length, 5);
      assert.ok(Math.abs(Date.parse(expiresAt) - ends) < 60_000);
      await fixture.close(page);
    });

    it("is refused in the server's words, and what was typed stays", async () => {
      const page = await fixture.open("/agents/new");
      await fillIn(page, { name: "nobody's", owner: "nobody" });
      await page.getByRole("button", { name: "Create agent" }).click();
      const alert = page.getByRole("alert");
      await alert.getByText("The agent was not created").waitFor();
      // Servers of the adapter dialect say no more than their database does.
      if (dialect === "sdk") await alert.getByText('User "nobody" not found').waitFor();
      else await page.getByText("check the owner's id").waitFor();
      assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "nobody's");
      assert.equal(await page.getByLabel(/^Owner/).inputValue(), "nobody");
      await page.getByLabel(/^Owner/).fill("usr_demo");
      await page.getByRole("button", { name: "Create agent" }).click();
      await stored(page);
      await heading(page, "nobody's").waitFor();
      await fixture.close(page);
    });

    it("is shown with what it did, may do and delegates", async () => {
      const agent = await find("support-copilot");
      const entries = await fixture.kavach.audit.query({ agentId: agent.id, limit: 60 });
      const page = await fixture.open(`/agents/${agent.id}`);
      await heading(page, agent.name).waitFor();
      const timeline = page.locator(".timeline");
      await timeline.locator("li").nth(24).waitFor();
      await timeline.getByRole("button", { name: "Show more" }).click();
      await timeline.locator("li").nth(49).waitFor();
      const shown = await timeline.locator("li code").allTextContents();
      assert.deepEqual(
        shown,
        entries.slice(0, 50).map(({ resource }) => resource),
      );
      await timeline.getByLabel("Only what was refused").check();
      const why = timeline.getByRole("link", { name: "Why?" }).first();
      await why.waitFor();
      const [denied] = await fixture.kavach.audit.query({ agentId: agent.id, result: "denied", limit: 1 });
      const link = new URL(await why.getAttribute("href"), fixture.url);
      assert.equal(link.pathname, "/playground");
      assert.deepEqual(
        ["agent", "action", "resource", "at"].map((name) => link.searchParams.get(name)),
        [agent.id, denied.action, denied.resource, denied.timestamp],
      );
      await page.locator("dl.facts").getByText(agent.id).waitFor();
      for (const { resource } of agent.permissions) await page.getByText(resource, { exact: true }).first().waitFor();
      await page.getByText("Refused most often").waitFor();
      await fixture.picture(page, `agent-${dialect}`);
      await fixture.close(page);
    });

    it("is shown with what others delegate to it, as far as the server tells", async () => {
      const agent = await find("rollout-agent");
      const page = await fixture.open(`/agents/${agent.id}`);
      const card = page.locator("section", { has: page.getByRole("heading", { name: "Effective permissions" }) });
      if (dialect === "adapter") {
        await card.getByText("This server does not tell effective permissions").waitFor();
        assert.equal(await card.getByText("mcp:deploy:production").count(), 0);
      } else {
        await card.getByText("mcp:deploy:production").waitFor();
        assert.equal(await card.getByText("mcp:deploy:status").count(), 0);
      }
      await card.getByRole("button", { name: /^Ask \d+ agents what they delegate to it$/ }).click();
      await card.getByRole("link", { name: "release-captain" }).click();
      await heading(page, "release-captain").waitFor();
      const lends = page.locator("section", { has: page.getByRole("heading", { name: "What it delegates" }) });
      await lends.getByRole("link", { name: "rollout-agent" }).waitFor();
      assert.match(
        await lends.getByRole("link", { name: "Show the graph" }).getAttribute("href"),
        /^\/delegations\?agent=/,
      );
      await fixture.close(page);
    });

    it("is renamed, and its permissions are changed after a look at what that comes to", async () => {
      const { id } = await fixture.kavach.agents.create({
        ownerId: "usr_demo",
        name: "plain",
        type: "service",
        permissions: [library.read("mcp:github:*"), library.read("mcp:docs:*")],
      });
      const page = await fixture.open(`/agents/${id}`);
      await page.getByRole("button", { name: "Rename or extend" }).click();
      await page.getByRole("dialog").getByLabel("Name").fill("fancy");
      await page.getByRole("dialog").getByLabel("Expires").selectOption("90d");
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await heading(page, "fancy").waitFor();
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      const save = page.getByRole("button", { name: "Save permissions" });
      assert.ok(await save.isDisabled());
      await page.getByRole("button", { name: "JSON", exact: true }).click();
      const wanted = [library.rateLimited(library.read("mcp:github:*"), 5), library.write("mcp:notes")];
      await page.locator(".permission-editor textarea").fill(JSON.stringify(wanted));
      const changes = page.locator(".changes li");
      await changes.filter({ hasText: "New: write on mcp:notes" }).waitFor();
      await changes.filter({ hasText: "Gone: read on mcp:docs:*" }).waitFor();
      await changes.filter({ hasText: "Changed: mcp:github:*" }).getByText("none → at most 5 an hour").waitFor();
      await fixture.accessible(page);
      await save.click();
      await page.getByText("Permissions saved").waitFor();
      const after = await fixture.kavach.agents.get(id);
      assert.equal(after.name, "fancy");
      assert.deepEqual(after.permissions, wanted);
      assert.ok(Date.parse(after.expiresAt) > Date.now() + 89 * 86_400_000);
      await page.getByRole("button", { name: "Revoke", exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke “fancy”" }).click();
      await page.getByText("1 revoked").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      await page.locator(".agent-head").getByText("Revoked").waitFor();
      assert.equal(await page.getByRole("button", { name: "Rotate token" }).count(), 0);
      assert.equal((await fixture.kavach.agents.get(id)).status, "revoked");
      await fixture.close(page);
    });

    it("is not there, and that is said kindly", async () => {
      const page = await fixture.open("/agents/nobody-at-all");
      await page.getByRole("heading", { name: "There is no such agent" }).waitFor();
      await page.getByText("nobody-at-all").waitFor();
      await page.getByRole("link", { name: "All agents" }).click();
      await heading(page, "Agents").waitFor();
      await fixture.close(page);
    });

    for (const [what, options] of Object.entries({
      "a phone": { viewport: PHONE },
      "the dark": { colorScheme: "dark" },
    })) {
      it(`is accessible, and fits, on ${what}`, async () => {
        const { id } = await find("support-copilot");
        const page = await fixture.open(`/agents/${id}`, options);
        await page.getByText("Refused most often").waitFor();
        await page.locator(".timeline li").first().waitFor();
        await fixture.fits(page);
        await fixture.accessible(page);
        await page.evaluate(() => history.pushState(null, "", "/agents/new"));
        await fillIn(page, { name: "on the way" });
        await fixture.fits(page);
        await fixture.accessible(page);
        await page.getByRole("button", { name: "Create agent" }).click();
        await tokenDialog(page).waitFor();
        await fixture.fits(page);
        await fixture.accessible(page);
        await stored(page);
        await fixture.close(page);
      });
    }
  });
}
