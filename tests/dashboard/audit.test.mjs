// The audit page: every entry is reached by scrolling, filters are in the URL and it in them, and what happens in between.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, PHONE } from "./fixture.mjs";

const ROWS = 3000;
const idsOf = (entries) => entries.map(({ id }) => id);
const rowsOf = (page) => page.locator("tr[data-entry]");
const end = (page) => page.locator(".entries-end");

/** Scrolls to the end, and collects the ids of all rows on the way. */
async function scrolledThrough(page) {
  await rowsOf(page).first().waitFor();
  return page.evaluate(async () => {
    const list = document.querySelector(".entries");
    const seen = new Map();
    const collect = () => {
      for (const row of document.querySelectorAll("tr[data-entry]"))
        seen.set(Number(row.dataset.index), row.dataset.entry);
    };
    for (let turn = 0; turn < 5000; turn++) {
      collect();
      const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      if (isAtEnd && document.querySelector(".entries-end").textContent.startsWith("All")) break;
      list.scrollTop += list.clientHeight - 40;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
    return [...seen].sort(([one], [other]) => one - other).map(([, id]) => id);
  });
}

for (const dialect of ["sdk", "adapter"]) {
  describe(`audit, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: ["--showcase", "--showcase-rows", String(ROWS)] });
    const search = (page) => Object.fromEntries(new URL(page.url()).searchParams);

    it("reaches every entry by scrolling, in order, while only those in sight are there", async () => {
      const page = await fixture.open("/audit");
      const ids = await scrolledThrough(page);
      assert.deepEqual(ids, idsOf(await fixture.kavach.audit.query()));
      assert.equal(ids.length, ROWS);
      assert.equal(await end(page).textContent(), "All 3,000 entries");
      assert.ok((await rowsOf(page).count()) < 100);
      assert.equal(await page.getByRole("table").getAttribute("aria-rowcount"), String(ROWS + 1));
      await fixture.accessible(page);
      await fixture.close(page);
    });

    it("goes on after a failure in the middle, with what is there", async () => {
      const page = await fixture.open("/audit");
      await rowsOf(page).first().waitFor();
      await page.route(/\/audit\?/, (route) => route.abort());
      await page.locator(".entries").evaluate((list) => {
        list.scrollTop = list.scrollHeight;
      });
      const failure = page.getByRole("alert");
      // A page or two may have come before.
      await page.waitForFunction(() => {
        const list = document.querySelector(".entries");
        list.scrollTop = list.scrollHeight;
        return document.querySelector("main [role=alert]");
      });
      await failure.getByText("Tried to load more.").waitFor();
      assert.match(await end(page).textContent(), /^\d+ entries so far$/);
      await page.unroute(/\/audit\?/);
      await failure.getByRole("button", { name: "Try again" }).click();
      await failure.waitFor({ state: "detached" });
      await page.locator(".entries").evaluate((list) => {
        list.scrollTop = 0;
      });
      await page.locator('tr[data-index="0"]').waitFor();
      assert.deepEqual(await scrolledThrough(page), idsOf(await fixture.kavach.audit.query()));
      await fixture.close(page);
    });

    it("has its filters in the URL, and takes them from there", async () => {
      const [agent] = (await fixture.kavach.agents.list()).filter(({ name }) => name === "chat-summarizer");
      const page = await fixture.open("/audit");
      await rowsOf(page).first().waitFor();

      await page.getByLabel("Outcome").selectOption("Refused, in any way");
      assert.deepEqual(search(page), { outcome: "refused" });
      const denied = idsOf(await fixture.kavach.audit.query({ result: "denied" }));
      assert.deepEqual(await scrolledThrough(page), denied);

      const picker = page.getByRole("combobox", { name: "Agent" });
      await picker.fill("chat-s");
      await picker.press("Enter");
      await page.getByRole("button", { name: "Remove the filter Agent chat-summarizer" }).waitFor();
      assert.deepEqual(search(page), { outcome: "refused", agent: agent.id });

      await page.getByLabel("Actions").fill(" write , read,write");
      await page.getByLabel("Actions").press("Enter");
      await page.getByText("Refused decisions on write or read of chat-summarizer, newest first").waitFor();
      assert.equal(search(page).actions, "write,read");
      const narrowed = await fixture.kavach.audit.query({ result: "denied", agentId: agent.id });
      const wanted = narrowed.filter(({ action }) => ["read", "write"].includes(action));
      assert.ok(wanted.length > 0);
      assert.deepEqual(await scrolledThrough(page), idsOf(wanted));

      await page.goBack();
      await page.getByText("Refused decisions of chat-summarizer, newest first").waitFor();
      await page.waitForFunction(() => document.querySelector('[placeholder="Any: read, write"]').value === "");
      await page.getByRole("button", { name: "Remove the filter Outcome Refused, in any way" }).click();
      await page.getByText("All decisions of chat-summarizer, newest first").waitFor();
      await page.getByLabel("Owner").fill(agent.ownerId);
      await page.getByLabel("Owner").press("Enter");
      await page.getByRole("button", { name: "Clear all" }).click();
      await page.getByText("All decisions, newest first").waitFor();
      assert.deepEqual(search(page), {});
      await fixture.close(page);
    });

    it("filters by outcome, resource, reason and text, which servers do not", async () => {
      const all = await fixture.kavach.audit.query();
      const page = await fixture.open("/audit");
      await rowsOf(page).first().waitFor();
      const is = {
        denied: ({ reason }) => reason && !/^(This action req|Rate limit)/.test(reason),
        needs_approval: ({ reason }) => reason?.startsWith("This action req"),
        rate_limited: ({ reason }) => reason?.startsWith("Rate limit"),
      };
      for (const [outcome, keeps] of Object.entries(is)) {
        await page.getByLabel("Outcome").selectOption(outcome);
        await page.waitForFunction((outcome) => location.search === `?outcome=${outcome}`, outcome);
        const wanted = all.filter(keeps);
        if (wanted.length > 0) assert.deepEqual(await scrolledThrough(page), idsOf(wanted), outcome);
        else await page.getByRole("heading", { name: "No entry is like that" }).waitFor();
      }
      const { resource, action, reason } = all.find(is.denied);
      const fill = async (label, value) => {
        await page.getByLabel(label, { exact: true }).fill(value);
        await page.getByLabel(label, { exact: true }).press("Enter");
        await page.getByRole("button", { name: `Remove the filter ${label} ${value}` }).waitFor();
      };
      await page.getByRole("button", { name: "Remove the filter Outcome" }).click();
      await fill("Resource", resource);
      assert.deepEqual(await scrolledThrough(page), idsOf(all.filter((entry) => entry.resource === resource)));
      await fill("Reason", reason.slice(3, 14));
      await fill("Text", `${action.toUpperCase()} ${resource.slice(4)}`);
      const found = await scrolledThrough(page);
      const wanted = all.filter(
        (entry) =>
          entry.resource === resource &&
          entry.reason?.includes(reason.slice(3, 14)) &&
          JSON.stringify(entry).includes(action),
      );
      assert.ok(wanted.length > 0);
      assert.deepEqual(found, idsOf(wanted));
      await fixture.close(page);
    });

    it("opens with the filters of a link, in the zone of the reader", async () => {
      const all = await fixture.kavach.audit.query();
      // Not in the first second of a minute, which a field for moments does not spell out.
      const { timestamp: since } = all.slice(500).find(({ timestamp }) => !timestamp.endsWith(":00.000Z"));
      const until = all[100].timestamp;
      const link = `/audit?since=${since}&until=${until}&user=usr_maya&entry=`;
      const [entry] = await fixture.kavach.audit.query({ since, until, userId: "usr_maya", limit: 1 });
      const page = await fixture.open(link + entry.id, { timezoneId: "Asia/Kathmandu" });
      await page.getByText(/Times are in Asia\/Kat/).waitFor();
      assert.deepEqual(
        await scrolledThrough(page),
        idsOf(await fixture.kavach.audit.query({ since, until, userId: "usr_maya" })),
      );
      const shown = new Intl.DateTimeFormat("en", {
        ...{ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
        ...{ hourCycle: "h23", timeZone: "Asia/Kathmandu" },
      }).format(new Date(entry.timestamp));
      const details = page.getByRole("complementary", { name: "Entry" });
      await details.getByText(entry.id).waitFor();
      assert.ok((await details.textContent()).includes(shown.slice(-8)));
      assert.equal(await page.getByLabel("From").inputValue(), kathmandu(since));
      await page.getByLabel("Time").selectOption("Last 24 hours");
      await page.getByRole("button", { name: /Remove the filter From/ }).waitFor();
      const { since: preset, until: none } = search(page);
      assert.equal(none, undefined);
      assert.ok(Math.abs(Date.now() - 86_400_000 - Date.parse(preset)) < 60_000);
      await fixture.close(page);
    });

    it("shows all of an entry, and asks why it was denied", async () => {
      const denied = await fixture.kavach.audit.query({ result: "denied" });
      const entry = denied.find(({ parameters }) => Object.keys(parameters).length > 0);
      const page = await fixture.open(`/audit?result=denied&since=${entry.timestamp}&until=${entry.timestamp}`);
      await page.locator(`tr[data-entry="${entry.id}"]`).click();
      const details = page.getByRole("complementary", { name: "Entry" });
      for (const text of [entry.id, entry.agentId, entry.reason, entry.resource, `${entry.durationMs} ms`])
        await details.getByText(text, { exact: true }).first().waitFor();
      assert.deepEqual(JSON.parse(await details.locator("pre").textContent()), entry.parameters);
      await page.waitForURL(new RegExp(`entry=${entry.id}`));
      await fixture.accessible(page);
      await details.getByRole("link", { name: "Why was this denied?" }).click();
      const { pathname, searchParams } = new URL(page.url());
      assert.equal(pathname, "/playground");
      const { agent, action, resource, arguments: args, at } = Object.fromEntries(searchParams);
      assert.deepEqual([agent, action, resource, at], [entry.agentId, entry.action, entry.resource, entry.timestamp]);
      assert.deepEqual(JSON.parse(args), entry.parameters);
      await page.goBack();
      await details.getByText(entry.id).waitFor();
      await fixture.close(page);
    });

    it("is driven by the keyboard, and is where one left it when one comes back", async () => {
      const page = await fixture.open("/audit");
      await rowsOf(page).first().getByRole("button").focus();
      const focused = () => page.evaluate(() => Number(document.activeElement.closest("tr")?.dataset.index));
      const press = async (key, expected) => {
        await page.keyboard.press(key);
        await page.waitForFunction(
          (index) => Number(document.activeElement.closest("tr")?.dataset.index) === index,
          expected,
        );
      };
      await press("ArrowDown", 1);
      await press("ArrowUp", 0);
      await press("ArrowUp", 0);
      await page.keyboard.press("PageDown");
      assert.ok((await focused()) > 5);
      await press("Home", 0);
      await press("End", 199);
      await end(page).getByText("400 entries so far").waitFor();
      await press("End", 399);
      await page.keyboard.press("Enter");
      const details = page.getByRole("complementary", { name: "Entry" });
      const id = await page.locator('tr[data-index="399"]').getAttribute("data-entry");
      await details.getByText(id).waitFor();
      await press("ArrowUp", 398);
      await details.getByText(await page.locator('tr[data-index="398"]').getAttribute("data-entry")).waitFor();
      // The focused row is wholly in sight.
      const [row, list] = await page.evaluate(() => {
        const box = (element) => element.getBoundingClientRect();
        return [box(document.activeElement.closest("tr")), box(document.querySelector(".entries"))];
      });
      assert.ok(row.top >= list.top && row.bottom <= list.bottom + 1);
      await page.keyboard.press("Escape");
      await details.waitFor({ state: "detached" });
      assert.equal(await focused(), 398);
      const scrolled = await page.locator(".entries").evaluate((list) => list.scrollTop);
      await page.locator('nav a[href="/agents"]').click();
      await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
      await page.goBack();
      await page.locator('tr[data-index="398"]').waitFor();
      assert.equal(await page.locator(".entries").evaluate((list) => list.scrollTop), scrolled);
      await fixture.close(page);
    });

    it("says when new entries have come, and goes to them", async () => {
      const [agent] = await fixture.kavach.agents.list({ status: "active" });
      const page = await fixture.open("/audit");
      await page.clock.install();
      await rowsOf(page).first().waitFor();
      const written = [];
      for (const action of ["never", "at-all"])
        written.unshift((await fixture.kavach.authorize(agent.id, { action, resource: "mcp:nowhere" })).auditId);
      await page.clock.fastForward(11_000);
      const news = page.getByRole("button", { name: /new entries/ });
      await news.waitFor({ timeout: 25_000 });
      const [count] = (await news.textContent()).match(/\d+/);
      assert.ok(Number(count) >= written.length);
      await news.click();
      for (const id of written) await page.locator(`tr[data-entry="${id}"]`).waitFor();
      await news.waitFor({ state: "detached" });
      await page.waitForFunction(() => document.activeElement.closest("tr")?.dataset.index === "0");
      await fixture.close(page);
    });

    it("says what it has nothing of, and what it does not understand", async () => {
      const page = await fixture.open("/audit?result=rate_limited");
      await page.getByRole("heading", { name: "No entry is like that" }).waitFor();
      await fixture.accessible(page);
      await page.getByRole("button", { name: "Show all entries" }).click();
      await rowsOf(page).first().waitFor();
      await page.evaluate(() => history.pushState(null, "", "/audit?since=yesterday"));
      await page.getByRole("alert").getByText("since", { exact: false }).waitFor();
      await page.getByRole("button", { name: "Remove the filter From yesterday" }).click();
      await rowsOf(page).first().waitFor();
      await fixture.close(page);
    });

    it("fits a phone, in the dark too", async () => {
      const page = await fixture.open("/audit?result=denied", { viewport: PHONE, colorScheme: "dark" });
      await rowsOf(page).first().waitFor();
      await fixture.fits(page);
      await fixture.accessible(page);
      await page.getByRole("button", { name: "Filters (1)" }).click();
      await page.getByLabel("Outcome").waitFor();
      await page.getByLabel("Time").selectOption("own");
      await fixture.fits(page);
      await fixture.accessible(page);
      await page.getByRole("button", { name: "Filters (1)" }).click();
      await rowsOf(page).nth(2).click();
      const dialog = page.getByRole("dialog", { name: "Entry" });
      await dialog.getByRole("button", { name: "Older" }).click();
      const id = await page.locator('tr[data-index="3"]').getAttribute("data-entry");
      await dialog.getByText(id).waitFor();
      await fixture.accessible(page);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await page.waitForFunction(() => document.activeElement.closest("tr")?.dataset.index === "3");
      await fixture.close(page);
    });
  });
}

function kathmandu(iso) {
  return new Date(Date.parse(iso) + (5 * 60 + 45) * 60_000).toISOString().slice(0, 19);
}
