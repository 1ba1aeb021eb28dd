// Tokens of agents: shown once, whatever happens, and kept nowhere.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fillIn, heading, isNowhere, stored, tokenDialog, tokenOf } from "./agent-steps.mjs";
import { dashboard } from "./fixture.mjs";

const library = await import(process.env.KAVACHOS_PACKAGE);
const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };

for (const dialect of ["sdk", "adapter"]) {
  describe(`tokens, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "3000", "--max-agents", "100"] });
    const works = async (token) =>
      (await fixture.kavach.auth.authorizeByToken(token, { action: "read", resource: "mcp:github:repos" })).allowed;
    const find = async (name) => (await fixture.kavach.agents.list()).find((agent) => agent.name === name);

    it("is created; its token is shown once, whatever one presses, and is gone afterwards", async () => {
      const page = await fixture.open("/agents", { signIn: true });
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
      await fixture.accessible(page);
      await stored(page);
      await heading(page, "made here").waitFor();
      await isNowhere(page, token);
      const made = await find("made here");
      assert.equal(made.ownerId, "usr_demo");
      assert.deepEqual(made.permissions, [library.rateLimited(library.read("mcp:github:*"), 100)]);
      const days = (Date.parse(made.expiresAt) - Date.now()) / 86_400_000;
      assert.ok(days > 29.9 && days < 30.1, `${days} days`);
      assert.ok(await works(token));
      await fixture.close(page);
    });

    it("copies the token", async () => {
      const page = await fixture.open(`/agents/${(await find("docs-writer")).id}`, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.getByRole("button", { name: "Rotate token" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Rotate token" }).click();
      const token = await tokenOf(page);
      await tokenDialog(page).getByRole("button", { name: "Copy token" }).click();
      await tokenDialog(page).getByText("Copied").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
      await stored(page);
      await fixture.close(page);
    });

    it("hands over a token that came in an answer which is not what it should be", async () => {
      const page = await fixture.open("/agents/new");
      await page.route(`${fixture.baseUrl}/agents`, async (route) => {
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
      await fixture.close(page);
    });

    it("says that no answer is not a no", async () => {
      const page = await fixture.open("/agents/new");
      await page.route(`${fixture.baseUrl}/agents`, (route) =>
        route.request().method() === "POST" ? route.abort() : route.continue(),
      );
      await fillIn(page, { name: "unheard" });
      await page.getByRole("button", { name: "Create agent" }).click();
      await page.getByText("The server may have created it all the same").waitFor();
      await fixture.close(page);
    });

    it("gets a new token; the old one stops working", async () => {
      const made = await fixture.kavach.agents.create({
        ownerId: "usr_demo",
        name: "to be rotated",
        type: "service",
        permissions: [library.read("mcp:github:*")],
      });
      const page = await fixture.open(`/agents/${made.id}`);
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
      await fixture.close(page);
    });

    it("says why a token could not be rotated", async () => {
      const { id } = await find("docs-writer");
      const page = await fixture.open(`/agents/${id}`);
      await page.route(`${fixture.baseUrl}/agents/${id}/rotate`, (route) =>
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
      await fixture.close(page);
    });
  });
}
