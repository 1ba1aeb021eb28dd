// One agent: created, shown, changed and revoked; and its token, which is shown once and kept nowhere.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, PHONE } from "./world.mjs";

const library = await import(process.env.KAVACHOS_PACKAGE);
const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const tokenDialog = (page) => page.getByRole("dialog").filter({ hasText: "the only time that the token is shown" });
const tokenOf = (page) => tokenDialog(page).getByLabel("Token", { exact: true }).inputValue();

/** Says that the token is stored, as one has to. */
async function stored(page) {
  const dialog = tokenDialog(page);
  assert.ok(await dialog.getByRole("button", { name: "Done" }).isDisabled());
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Fails if a text is anywhere a page can keep it. All calls in the inspector are opened and read first. */
async function isNowhere(page, text) {
  await page.getByRole("button", { name: /^Calls/ }).click();
  const lines = page.locator(".inspector .call");
  let read = "";
  for (let index = 0; index < (await lines.count()); index++) {
    await lines.nth(index).click();
    read += await page.locator(".inspector").innerHTML();
  }
  assert.match(read, /agents\.(create|rotate)/);
  const kept = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll("input, textarea")].map(({ value }) => value),
      JSON.stringify({ ...sessionStorage }),
      JSON.stringify({ ...localStorage }),
      JSON.stringify(history.state),
      location.href,
      document.cookie,
      document.title,
    ].join("\n"),
  );
  for (const place of [read, kept]) assert.ok(!place.includes(text), "the token is kept");
  await page.locator(".inspector").getByRole("button", { name: "Close" }).click();
}

async function fillIn(page, { name, owner = "usr_demo" }) {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel(/^Owner/).fill(owner);
  await page.getByRole("button", { name: "rateLimited" }).click();
}

for (const dialect of ["sdk", "adapter"]) {
  describe(`an agent, ${dialect} dialect`, () => {
    const world = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "3000", "--max-agents", "100"] });
    const works = async (token) =>
      (await world.kavach.auth.authorizeByToken(token, { action: "read", resource: "mcp:github:repos" })).allowed;
    const find = async (name) => (await world.kavach.agents.list()).find((agent) => agent.name === name);

    it("is created; its token is shown once, whatever one presses, and is gone afterwards", async () => {
      const page = await world.open("/agents", { signIn: true });
      await page.getByRole("link", { name: "New agent" }).click();
      await heading(page, "New agent").waitFor();
      assert.equal(await page.getByLabel(/^Owner/).inputValue(), "usr_demo");
      await fillIn(page, { name: "made here" });
      await page.getByRole("button", { name: "Create agent" }).click();
      await tokenDialog(page).waitFor();
      const token = await tokenOf(page);
      assert.match(token, /^kv_[\w-]{43}$/);
      for (let press = 0; press < 4; press++) {
        await page.keyboard.press("Escape");
        assert.ok(await tokenDialog(page).isVisible());
      }
      assert.equal(await tokenDialog(page).getByRole("button", { name: "Close" }).count(), 0);
      await page.goBack();
      assert.equal(await tokenOf(page), token);
      await page.goForward();
      await tokenDialog(page).getByRole("button", { name: "curl" }).click();
      const code = await tokenDialog(page).locator("pre").textContent();
      assert.match(code, /\$AGENT_TOKEN/);
      assert.ok(!code.includes(token));
      await world.accessible(page);
      await stored(page);
      await heading(page, "made here").waitFor();
      await isNowhere(page, token);
      const made = await find("made here");
      assert.equal(made.ownerId, "usr_demo");
      assert.deepEqual(made.permissions, [library.rateLimited(library.read("mcp:github:*"), 100)]);
      const days = (Date.parse(made.expiresAt) - Date.now()) / 86_400_000;
      assert.ok(days > 29.9 && days < 30.1, `${days} days`);
      assert.ok(await works(token));
      await world.close(page);
    });

    it("copies the token", async () => {
      const page = await world.open(`/agents/${(await find("docs-writer")).id}`, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.getByRole("button", { name: "Rotate token" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Rotate token" }).click();
      const token = await tokenOf(page);
      await tokenDialog(page).getByRole("button", { name: "Copy token" }).click();
      await tokenDialog(page).getByText("Copied").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
      await stored(page);
      await world.close(page);
    });

    it("is shown as code that does the same", async () => {
      const page = await world.open("/agents/new");
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
      await world.close(page);
    });

    it("is refused in the server's words, and what was typed stays", async () => {
      const page = await world.open("/agents/new");
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
      await world.close(page);
    });

    it("hands over a token that came in an answer which is not what it should be", async () => {
      const page = await world.open("/agents/new");
      await page.route(`${world.baseUrl}/agents`, async (route) => {
        if (route.request().method() !== "POST") return route.continue();
        const answer = await route.fetch();
        const json = await answer.json();
        delete (json.data ?? json).createdAt;
        return route.fulfill({ response: answer, json });
      });
      await fillIn(page, { name: "half an answer" });
      await page.getByRole("button", { name: "Create agent" }).click();
      const token = await tokenOf(page);
      await tokenDialog(page).getByText("createdAt").waitFor();
      assert.ok(await works(token));
      await stored(page);
      await heading(page, "half an answer").waitFor();
      await isNowhere(page, token);
      await world.close(page);
    });

    it("says that no answer is not a no", async () => {
      const page = await world.open("/agents/new");
      await page.route(`${world.baseUrl}/agents`, (route) =>
        route.request().method() === "POST" ? route.abort() : route.continue(),
      );
      await fillIn(page, { name: "unheard" });
      await page.getByRole("button", { name: "Create agent" }).click();
      await page.getByText("The server may have created it all the same").waitFor();
      await world.close(page);
    });

    it("gets a new token; the old one stops working", async () => {
      const made = await world.kavach.agents.create({
        ownerId: "usr_demo",
        name: "to be rotated",
        type: "service",
        permissions: [library.read("mcp:github:*")],
      });
      const page = await world.open(`/agents/${made.id}`);
      await page.getByRole("button", { name: "Rotate token" }).click();
      const ask = page.getByRole("dialog", { name: "Rotate the token of “to be rotated”?" });
      await ask.getByText("The old one stops working at once").waitFor();
      await ask.getByRole("button", { name: "Rotate token" }).click();
      const token = await tokenOf(page);
      assert.notEqual(token, made.token);
      await stored(page);
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await isNowhere(page, token);
      assert.deepEqual([await works(made.token), await works(token)], [false, true]);
      await world.close(page);
    });

    it("says why a token could not be rotated", async () => {
      const { id } = await find("docs-writer");
      const page = await world.open(`/agents/${id}`);
      await page.route(`${world.baseUrl}/agents/${id}/rotate`, (route) =>
        route.request().method() === "OPTIONS"
          ? route.continue()
          : route.fulfill({
              status: 500,
              headers: { ...cors, "content-type": "application/json" },
              body: JSON.stringify({ error: { code: "INTERNAL_ERROR", message: "Out of tokens" } }),
            }),
      );
      await page.getByRole("button", { name: "Rotate token" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Rotate token" }).click();
      await page.getByRole("dialog").getByRole("alert").getByText("Out of tokens").waitFor();
      await world.close(page);
    });

    it("is shown with what it did, may do and lends", async () => {
      const agent = await find("support-copilot");
      const entries = await world.kavach.audit.query({ agentId: agent.id, limit: 60 });
      const page = await world.open(`/agents/${agent.id}`);
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
      const [denied] = await world.kavach.audit.query({ agentId: agent.id, result: "denied", limit: 1 });
      const link = new URL(await why.getAttribute("href"), world.url);
      assert.equal(link.pathname, "/playground");
      assert.deepEqual(
        ["agent", "action", "resource", "at"].map((name) => link.searchParams.get(name)),
        [agent.id, denied.action, denied.resource, denied.timestamp],
      );
      await page.locator("dl.facts").getByText(agent.id).waitFor();
      for (const { resource } of agent.permissions) await page.getByText(resource, { exact: true }).first().waitFor();
      await page.getByText("Refused most often").waitFor();
      await world.picture(page, `agent-${dialect}`);
      await world.close(page);
    });

    it("is shown with what others lend it, as far as the server tells", async () => {
      const agent = await find("rollout-agent");
      const page = await world.open(`/agents/${agent.id}`);
      const card = page.locator("section", { has: page.getByRole("heading", { name: "Effective permissions" }) });
      if (dialect === "adapter") {
        await card.getByText("This server does not tell effective permissions").waitFor();
        assert.equal(await card.getByText("mcp:deploy:production").count(), 0);
      } else {
        await card.getByText("mcp:deploy:production").waitFor();
        assert.equal(await card.getByText("mcp:deploy:status").count(), 0);
      }
      await card.getByRole("button", { name: /^Ask \d+ agents what they lend it$/ }).click();
      await card.getByRole("link", { name: "release-captain" }).click();
      await heading(page, "release-captain").waitFor();
      const lends = page.locator("section", { has: page.getByRole("heading", { name: "What it lends" }) });
      await lends.getByRole("link", { name: "rollout-agent" }).waitFor();
      assert.match(
        await lends.getByRole("link", { name: "Show the graph" }).getAttribute("href"),
        /^\/delegations\?agent=/,
      );
      await world.close(page);
    });

    it("is renamed, and its permissions are changed after a look at what that comes to", async () => {
      const { id } = await world.kavach.agents.create({
        ownerId: "usr_demo",
        name: "plain",
        type: "service",
        permissions: [library.read("mcp:github:*"), library.read("mcp:docs:*")],
      });
      const page = await world.open(`/agents/${id}`);
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
      await world.accessible(page);
      await save.click();
      await page.getByText("Permissions saved").waitFor();
      const after = await world.kavach.agents.get(id);
      assert.equal(after.name, "fancy");
      assert.deepEqual(after.permissions, wanted);
      assert.ok(Date.parse(after.expiresAt) > Date.now() + 89 * 86_400_000);
      await page.getByRole("button", { name: "Revoke", exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke “fancy”" }).click();
      await page.getByText("1 revoked").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      await page.locator(".agent-head").getByText("Revoked").waitFor();
      assert.equal(await page.getByRole("button", { name: "Rotate token" }).count(), 0);
      assert.equal((await world.kavach.agents.get(id)).status, "revoked");
      await world.close(page);
    });

    it("is not there, and that is said kindly", async () => {
      const page = await world.open("/agents/nobody-at-all");
      await page.getByRole("heading", { name: "There is no such agent" }).waitFor();
      await page.getByText("nobody-at-all").waitFor();
      await page.getByRole("link", { name: "All agents" }).click();
      await heading(page, "Agents").waitFor();
      await world.close(page);
    });

    for (const [what, options] of Object.entries({
      "a phone": { viewport: PHONE },
      "the dark": { colorScheme: "dark" },
    })) {
      it(`is accessible, and fits, on ${what}`, async () => {
        const { id } = await find("support-copilot");
        const page = await world.open(`/agents/${id}`, options);
        await page.getByText("Refused most often").waitFor();
        await page.locator(".timeline li").first().waitFor();
        await world.fits(page);
        await world.accessible(page);
        await page.evaluate(() => history.pushState(null, "", "/agents/new"));
        await fillIn(page, { name: "on the way" });
        await world.fits(page);
        await world.accessible(page);
        await page.getByRole("button", { name: "Create agent" }).click();
        await tokenDialog(page).waitFor();
        await world.fits(page);
        await world.accessible(page);
        await stored(page);
        await world.close(page);
      });
    }
  });
}
