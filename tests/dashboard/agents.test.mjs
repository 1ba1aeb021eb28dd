// The list of agents: found, sorted and gone back to, ten thousand of them, and many revoked at once.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, PHONE } from "./fixture.mjs";

const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };

const rows = (page) => page.locator("tbody tr[data-index]");
const names = (page) => rows(page).locator("th a").allTextContents();
const count = (page, text) => page.getByRole("main").getByRole("status").filter({ hasText: text }).waitFor();
const logIsThere = (page) =>
  page.waitForFunction(() => (document.querySelector("tbody td.decisions")?.textContent ?? "…") !== "…");
const search = (page) => new URL(page.url()).searchParams;

/** Waits until the rows are those, in that order. */
async function listed(page, expected) {
  const wanted = JSON.stringify(expected);
  await page
    .waitForFunction(
      (wanted) =>
        JSON.stringify([...document.querySelectorAll("tbody tr[data-index] th a")].map((a) => a.textContent)) ===
        wanted,
      wanted,
    )
    .catch(async () => assert.deepEqual(await names(page), expected));
}

for (const dialect of ["sdk", "adapter"]) {
  describe(`agents, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", "4000"] });

    it("finds by name, id, owner and resource, keeps that in the URL, and comes back to it", async () => {
      const agents = await fixture.kavach.agents.list();
      const page = await fixture.open("/agents");
      await count(page, `${agents.length} agents`);
      const box = page.getByRole("searchbox");
      const payments = agents.filter(({ permissions }) =>
        permissions.some(({ resource }) => /payments/.test(resource)),
      );
      assert.ok(payments.length > 1);
      await box.fill("mcp:Payments");
      await listed(page, payments.map(({ name }) => name).sort());
      await count(page, `${payments.length} of ${agents.length} agents`);
      await page.waitForURL(/q=mcp/);
      await box.fill(agents[3].id);
      await listed(page, [agents[3].name]);
      await box.fill("usr_maya deploy");
      const both = agents.filter(
        ({ ownerId, permissions }) =>
          ownerId === "usr_maya" && permissions.some(({ resource }) => resource.includes("deploy")),
      );
      await listed(page, both.map(({ name }) => name).sort());
      await page.waitForURL(/q=usr_maya/);
      await rows(page).first().locator("th").getByRole("link").click();
      await page.getByRole("heading", { level: 1, name: both[0].name }).waitFor();
      await page.goBack();
      assert.equal(await box.inputValue(), "usr_maya deploy");
      await listed(page, both.map(({ name }) => name).sort());
      await box.fill("there is no such agent");
      await page.getByText("No agent is like that").waitFor();
      await page.getByRole("button", { name: "Show all agents" }).click();
      await count(page, `${agents.length} agents`);
      assert.equal(await box.inputValue(), "");
      await fixture.close(page);
    });

    it("opens as a link says: narrowed by status, type, owner and expiry", async () => {
      const agents = await fixture.kavach.agents.list();
      const those = agents.filter(({ type, ownerId }) => type === "service" && ownerId === "usr_demo");
      const page = await fixture.open("/agents?type=service&owner=usr_demo&sort=-name");
      await listed(
        page,
        those
          .map(({ name }) => name)
          .sort()
          .reverse(),
      );
      await page.getByLabel("Type").selectOption("");
      await page.getByLabel("Status").selectOption("revoked");
      const revoked = agents.filter(({ status, ownerId }) => status === "revoked" && ownerId === "usr_demo");
      await listed(
        page,
        revoked
          .map(({ name }) => name)
          .sort()
          .reverse(),
      );
      assert.deepEqual(Object.fromEntries(search(page)), { status: "revoked", owner: "usr_demo", sort: "-name" });
      await page.getByLabel("Owner", { exact: true }).selectOption("");
      await page.getByLabel("Status").selectOption("");
      await page.getByLabel("Expires soon").check();
      const limit = Date.now() + 3 * 86_400_000;
      const soon = agents.filter(({ status, expiresAt }) => status === "active" && Date.parse(expiresAt) < limit);
      assert.ok(soon.length > 0);
      await listed(
        page,
        soon
          .map(({ name }) => name)
          .sort()
          .reverse(),
      );
      const warnings = await rows(page).locator("td.status .expiry").allTextContents();
      assert.equal(warnings.length, soon.length);
      for (const warning of warnings) assert.match(warning, /^ ?expire[sd] /);
      await fixture.close(page);
    });

    it("counts what they did as the log does, and sorts by it", async () => {
      const entries = await fixture.kavach.audit.query({ limit: 50_000 });
      const week = entries.filter(({ timestamp }) => Date.parse(timestamp) > Date.now() - 7 * 86_400_000 + 60_000);
      const tally = new Map();
      // Where delegated permissions were tried too, there are two rows of a call, one after the other.
      const call = ({ agentId, action, resource, parameters, timestamp }) =>
        JSON.stringify([agentId, action, resource, parameters, timestamp]);
      const isTwice = (entry, index) =>
        entry.result !== "allowed" && week[index + 1] && call(entry) === call(week[index + 1]);
      for (const [index, entry] of week.entries())
        if (!isTwice(entry, index)) tally.set(entry.agentId, (tally.get(entry.agentId) ?? 0) + 1);
      const page = await fixture.open("/agents?sort=-decisions");
      await logIsThere(page);
      const busiest = [...tally].sort(([, a], [, b]) => b - a)[0];
      const first = rows(page).first();
      await first.locator(".spark").waitFor();
      const { name } = await fixture.kavach.agents.get(busiest[0]);
      assert.equal(await first.locator("th a").textContent(), name);
      const shown = Number(
        (await first.locator(".spark .numeric").evaluate((cell) => cell.firstChild.textContent)).replace(",", ""),
      );
      // The oldest minute of the log may have fallen out of the week meanwhile.
      assert.ok(Math.abs(shown - busiest[1]) <= 2, `${shown} for ${busiest[1]}`);
      assert.match(await first.locator("svg title").textContent(), /decisions, \d+ refused/);
      // By refusals, with the way to them.
      await page.getByRole("button", { name: "Refused", exact: true }).click();
      assert.equal(await page.locator("th.refused").getAttribute("aria-sort"), "descending");
      const refused = await rows(page)
        .locator(".refused a")
        .evaluateAll((links) => links.map(({ textContent }) => Number(textContent.replaceAll(",", ""))));
      assert.ok(refused.length > 1);
      assert.deepEqual(
        refused,
        refused.toSorted((a, b) => b - a),
      );
      assert.match(await rows(page).first().locator(".refused a").getAttribute("href"), /outcome=refused/);
      await page.getByRole("button", { name: "Last seen" }).click();
      assert.equal(await page.locator("th.seen").getAttribute("aria-sort"), "descending");
      await page.waitForURL(/sort=-seen/);
      const newest = await fixture.kavach.agents.get(week[0].agentId);
      await page.waitForFunction((name) => document.querySelector("tbody th a").textContent === name, newest.name);
      await page.getByRole("button", { name: "Last seen" }).click();
      assert.equal(await page.locator("th.seen").getAttribute("aria-sort"), "ascending");
      await fixture.picture(page, `agents-${dialect}`);
      await fixture.close(page);
    });

    it("is gone through with the keyboard", async () => {
      const sorted = (await fixture.kavach.agents.list()).map(({ name }) => name).sort();
      const page = await fixture.open("/agents");
      await rows(page).first().waitFor();
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.type), "search");
      await rows(page).first().locator("th").getByRole("link").focus();
      const focused = () => page.evaluate(() => document.activeElement.textContent);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), sorted[2]);
      await page.keyboard.press("End");
      await page.waitForFunction((name) => document.activeElement.textContent === name, sorted.at(-1));
      await page.keyboard.press("Home");
      await page.waitForFunction((name) => document.activeElement.textContent === name, sorted[0]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Space");
      assert.ok(await page.getByLabel(`Select ${sorted[1]}`).isChecked());
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: sorted[1] }).waitFor();
      await fixture.close(page);
    });

    it("revokes many, says what came of each, and tries the failed again", async () => {
      const owner = { ownerId: "usr_maya", type: "service", permissions: [{ resource: "mcp:x", actions: ["read"] }] };
      const made = [];
      for (const letter of ["a", "b", "c", "d"])
        made.push(await fixture.kavach.agents.create({ ...owner, name: `bulk-${letter}` }));
      await fixture.kavach.agents.revoke(made[3].id);
      const page = await fixture.open("/agents?q=bulk-");
      await listed(page, ["bulk-a", "bulk-b", "bulk-c", "bulk-d"]);
      await page.getByLabel("Select bulk-a").click();
      await page.getByLabel("Select bulk-d").click({ modifiers: ["Shift"] });
      await page.getByText("4 selected").waitFor();
      const asked = [];
      await page.route(`${fixture.baseUrl}/agents/*`, (route) => {
        if (route.request().method() !== "DELETE") return route.continue();
        const id = route.request().url().split("/").at(-1);
        asked.push(id);
        if (id !== made[1].id) return route.continue();
        const body = JSON.stringify({ error: { code: "INTERNAL_ERROR", message: "The disk is full" } });
        return route.fulfill({ status: 500, headers: { ...cors, "content-type": "application/json" }, body });
      });
      await page.getByRole("button", { name: "Revoke…" }).click();
      const dialog = page.getByRole("dialog", { name: "Revoke 3 agents?" });
      await dialog.getByText("This cannot be undone").waitFor();
      await dialog.getByText("One of them is revoked already").waitFor();
      await fixture.accessible(page);
      await dialog.getByRole("button", { name: "Revoke 3 agents" }).click();
      const after = page.getByRole("dialog", { name: "Not all are revoked" });
      await after.getByText("2 revoked, 1 revoked before, 1 failed").waitFor();
      await after.locator("li", { hasText: "bulk-b" }).getByText("The disk is full").waitFor();
      await after.locator("li", { hasText: "bulk-d" }).getByText("Was revoked before").waitFor();
      // A removal that fails is tried again by the client: what counts is who was asked for.
      assert.deepEqual([...new Set(asked)].sort(), [made[0].id, made[1].id, made[2].id].sort());
      await fixture.accessible(page);
      await fixture.picture(page, `agents-revoke-${dialect}`);
      await page.unroute(`${fixture.baseUrl}/agents/*`);
      await after.getByRole("button", { name: "Try the other one again" }).click();
      await page.getByText("3 revoked, 1 revoked before").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      for (const { id } of made) assert.equal((await fixture.kavach.agents.get(id)).status, "revoked");
      assert.deepEqual(await rows(page).locator("td.status").allTextContents(), Array(4).fill(" Revoked"));
      assert.equal(await page.getByText("selected").count(), 0);
      await fixture.close(page);
    });

    it("stops revoking when asked to", async () => {
      const owner = { ownerId: "usr_priya", type: "service", permissions: [{ resource: "mcp:x", actions: ["read"] }] };
      const made = [];
      for (const name of ["stop-a", "stop-b"]) made.push(await fixture.kavach.agents.create({ ...owner, name }));
      const page = await fixture.open("/agents?q=stop-");
      await listed(page, ["stop-a", "stop-b"]);
      await page.getByLabel("Select all 2 agents listed").check();
      // The server takes forever.
      await page.route(`${fixture.baseUrl}/agents/*`, () => {});
      await page.getByRole("button", { name: "Revoke…" }).click();
      await page.getByRole("button", { name: "Revoke 2 agents" }).click();
      await page.getByRole("dialog").getByText("Under way").first().waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("0 revoked, 2 not known").waitFor();
      await page.getByText("Stopped under way: it may be revoked").first().waitFor();
      for (const { id } of made) assert.equal((await fixture.kavach.agents.get(id)).status, "active");
      await fixture.close(page);
    });

    it("holds names that are long, or run the other way, on every page of a phone", async () => {
      const [{ ownerId }] = await fixture.kavach.agents.list();
      const permissions = [{ resource: "a", actions: ["b"] }];
      const made = [];
      for (const name of ["n".repeat(200), "\u202Egnp.cod \u05e9\u05dc\u05d5\u05dd"])
        made.push(await fixture.kavach.agents.create({ ownerId, name, type: "service", permissions }));
      for (const { id } of made)
        await fixture.kavach.authorize(id, { action: "c", resource: `mcp:${"r".repeat(150)}` });
      const page = await fixture.open("/agents?q=nnnn", { viewport: PHONE });
      await rows(page).first().locator("th a bdi").waitFor();
      await fixture.fits(page);
      const go = async (path, there) => {
        await page.evaluate((path) => history.pushState(null, "", path), path);
        await page.locator(there).first().waitFor();
        await fixture.fits(page);
      };
      for (const { id } of made) await go(`/agents/${id}`, "h1 bdi");
      await go("/?last=1h", ".latest bdi");
      await page.getByText("As a table").first().click();
      await fixture.fits(page);
      await go("/audit?outcome=refused", "tr[data-entry] bdi");
      await go(`/playground?agent=${made[0].id}&action=c&resource=${"r".repeat(150)}`, ".answers .reason");
      await page.getByRole("button", { name: "Replay" }).click();
      await page.locator("[data-replay]").waitFor();
      await fixture.fits(page);
      await fixture.picture(page, `names-${dialect}`);
      await fixture.close(page);
    });

    for (const [what, options] of Object.entries({
      "a phone": { viewport: PHONE },
      "the dark": { colorScheme: "dark" },
    })) {
      it(`is accessible, and fits, on ${what}`, async () => {
        const page = await fixture.open("/agents?sort=-decisions", options);
        await logIsThere(page);
        await rows(page).first().locator(".spark").waitFor();
        await fixture.fits(page);
        await fixture.accessible(page);
        await fixture.close(page);
      });
    }
  });
}

describe("ten thousand agents", () => {
  const fixture = dashboard({
    dialect: "sdk",
    server: ["--showcase", "--showcase-rows", "1000", "--showcase-agents", "10000"],
  });

  it("render few rows, and scroll from one end to the other", async () => {
    const sorted = (await fixture.kavach.agents.list()).map(({ name }) => name).sort();
    const page = await fixture.open("/agents");
    await count(page, "10,024 agents");
    await logIsThere(page);
    const table = page.locator(".agents-table");
    assert.equal(await page.getByRole("table").getAttribute("aria-rowcount"), "10025");
    const most = await table.evaluate(async (table) => {
      let most = 0;
      for (let top = 0; top < table.scrollHeight; top += table.scrollHeight / 100) {
        table.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        most = Math.max(most, table.querySelectorAll("tbody tr").length);
        const box = table.getBoundingClientRect();
        const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (!middle?.closest("tr[data-index]"))
          throw new Error(`no row in sight at ${top}, but ${middle?.outerHTML.slice(0, 200)}`);
      }
      table.scrollTop = table.scrollHeight;
      return most;
    });
    assert.ok(most < 60, `${most} rows`);
    await rows(page).last().getByText(sorted.at(-1)).waitFor();
    assert.equal(await rows(page).last().getAttribute("aria-rowindex"), "10025");
    await page.getByLabel("Select all 10024 agents listed").check();
    await page.getByText("10,024 selected").waitFor();
    await page.getByRole("button", { name: "Revoke…" }).click();
    const dialog = page.getByRole("dialog", { name: /^Revoke 10,0\d\d agents\?$/ });
    assert.ok((await dialog.locator("li").count()) < 60);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await fixture.close(page);
  });
});
