// The delegations page against a real server: what the graph and the list show, how one moves in it, and on a phone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { behind, details, dialog, label, node, SHOWCASE, within } from "./delegations-page.mjs";
import { dashboard, PHONE } from "./fixture.mjs";

const { NotFoundError, read } = await import(process.env.KAVACHOS_PACKAGE);

for (const dialect of ["sdk", "adapter"]) {
  describe(`delegations, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: SHOWCASE });
    const { idOf, newOwner, make, lend } = behind(fixture);

    it("shows the delegations of all agents, and how each stands", async () => {
      const agents = await fixture.kavach.agents.list();
      const named = new Map(agents.map(({ id, name }) => [id, name]));
      const chains = (await Promise.all(agents.map(({ id }) => fixture.kavach.delegation.listChains(id)))).flat();
      assert.ok(chains.length >= 8);
      const page = await fixture.open("/delegations");
      await label(page, "release-captain", "ci-runner").waitFor();
      assert.equal(await page.locator(".link-label").count(), chains.length);
      assert.equal(await page.locator(".agent-node").count(), agents.length);
      let over = 0;
      for (const { fromAgent, toAgent, depth, expiresAt, permissions } of chains) {
        const shown = label(page, named.get(fromAgent), named.get(toAgent));
        assert.equal(await shown.locator(".depth").textContent(), String(depth));
        // Only one dialect tells what counts; there it is compared with what the server decides.
        const [{ resource, actions }] = permissions;
        const past = Date.parse(expiresAt) <= Date.now();
        const text = await shown.textContent();
        assert.equal(text.includes("ended"), past, text);
        if (past) over += 1;
        else if (dialect === "sdk") {
          const effective = await fixture.kavach.delegation.getEffectivePermissions(toAgent);
          const counts = effective.some((one) => one.resource === resource && one.actions.join() === actions.join());
          assert.equal(text.includes("revoked"), !counts, text);
        } else assert.ok(!text.includes("revoked"), text);
      }
      assert.ok(over > 0, "the showcase has one whose time is over");
      const untold = page.getByText("This server keeps revoked delegations in its list");
      assert.equal(await untold.count(), dialect === "adapter" ? 1 : 0);
      await fixture.accessible(page);
      await fixture.picture(page, `delegations-${dialect}`);

      await page.getByLabel("What has ended").uncheck();
      await label(page, "forecast-analyst", "sales-notebook").waitFor({ state: "detached" });
      await page.getByLabel("Agents without delegations").uncheck();
      await node(page, "old-chatbot").waitFor({ state: "detached" });
      assert.equal(new URL(page.url()).search, "?over=no&alone=no");
      await fixture.close(page);
    });

    it("opens on an agent, shows its neighbourhood, and goes back", async () => {
      const id = await idOf("ci-runner");
      const page = await fixture.open(`/delegations?agent=${id}`);
      await details(page).getByRole("heading", { name: "ci-runner" }).waitFor();
      assert.equal(await node(page, "ci-runner").getAttribute("aria-pressed"), "true");
      assert.equal(await node(page, "ticket-triage").getAttribute("data-dim"), "true");
      assert.equal(await node(page, "release-captain").getAttribute("data-dim"), "false");
      await details(page).getByText("borrowed from release-captain").waitFor();
      await fixture.accessible(page);
      await fixture.picture(page, `delegations-agent-${dialect}`);

      await details(page).getByRole("button", { name: "Only its neighbourhood" }).click();
      await node(page, "ticket-triage").waitFor({ state: "detached" });
      assert.ok((await page.locator(".agent-node").count()) >= 4);

      await label(page, "release-captain", "ci-runner").click();
      await details(page).getByRole("button", { name: "Revoke…" }).click();
      await dialog(page).getByText("incident-responder").first().waitFor();
      await fixture.picture(page, `revoke-${dialect}`);
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
      await page.goBack();

      await label(page, "ci-runner", "docs-writer").click();
      await details(page).getByRole("heading", { name: "Delegation" }).waitFor();
      assert.match(page.url(), /\?link=/);
      await page.goBack();
      await details(page).getByRole("heading", { name: "ci-runner" }).waitFor();

      await page.getByRole("combobox", { name: "Find an agent" }).fill("triage");
      await page.keyboard.press("Enter");
      await details(page).getByRole("heading", { name: "ticket-triage" }).waitFor();
      await fixture.close(page);
    });

    it("shows effective permissions beside an agent that is hovered over or has the focus", async () => {
      const page = await fixture.open("/delegations");
      await node(page, "ci-runner").hover();
      const card = page.getByRole("tooltip");
      await card.getByText("borrowed from release-captain").waitFor();
      assert.match(await card.textContent(), /execute on mcp:deploy:staging/);
      const worked = /since this server does not tell/;
      assert.equal(worked.test(await card.textContent()), dialect === "adapter");
      await page.mouse.move(0, 0);
      await card.waitFor({ state: "detached" });

      await page.getByRole("combobox", { name: "Find an agent" }).focus();
      while (!(await page.evaluate(() => document.activeElement.matches(".graph *")))) await page.keyboard.press("Tab");
      await card.waitFor();
      const first = await page.evaluate(() => document.activeElement.dataset.item);
      await page.keyboard.press("ArrowDown");
      assert.notEqual(await page.evaluate(() => document.activeElement.dataset.item), first);
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "detached" });
      await fixture.close(page);
    });

    it("magnifies and moves by wheel, keys and buttons", async () => {
      const page = await fixture.open("/delegations");
      await node(page, "ci-runner").waitFor();
      const place = () => page.locator(".world").evaluate((element) => element.style.transform);
      const seen = new Set([await place()]);
      const changed = async (what) => {
        const now = await place();
        assert.ok(!seen.has(now), what);
        seen.add(now);
      };
      await page.getByRole("button", { name: "Magnify" }).click();
      await changed("button");
      await page.locator(".graph").hover({ position: { x: 4, y: 4 } });
      await page.mouse.wheel(0, -300);
      await page.waitForTimeout(100);
      await changed("wheel");
      await page.mouse.down();
      await page.mouse.move(600, 400, { steps: 4 });
      await page.mouse.up();
      await changed("dragging the ground");
      await node(page, "ci-runner").focus();
      await page.keyboard.press("-");
      await changed("key");
      await page.keyboard.press("Shift+ArrowLeft");
      await changed("Shift and an arrow");
      assert.equal(await dialog(page).count(), 0);
      await fixture.close(page);
    });

    it("shows and does the same as a list", async () => {
      const owner = await newOwner("list");
      const one = await make(owner, "list-lender", [read("listed")]);
      const two = await make(owner, "list-borrower", [read("else")]);
      const { id } = await lend(one, two, [read("listed")]);
      const page = await fixture.open("/delegations");
      await node(page, "list-lender").waitFor();
      const shown = await page.locator(".link-label").count();
      await page.getByRole("button", { name: "As a list" }).click();
      assert.equal(await page.getByRole("table").locator("tbody tr").count(), shown);
      await fixture.accessible(page);
      const row = page.getByRole("row", { name: "list-lender" });
      await row.getByText("read on listed").waitFor();
      await row.getByRole("button", { name: "Details of the delegation from list-lender to list-borrower" }).click();
      assert.equal(new URL(page.url()).searchParams.get("link"), id);
      await row.getByRole("button", { name: "Revoke… the delegation from list-lender" }).click();
      await dialog(page).getByText("Nothing else ends with it").waitFor();
      await dialog(page).getByRole("button", { name: "Revoke", exact: true }).click();
      await row.getByText("revoked").waitFor();
      assert.equal((await fixture.kavach.authorize(two.id, { action: "read", resource: "listed" })).allowed, false);
      await assert.rejects(fixture.kavach.delegation.revoke("nothing"), NotFoundError);
      await fixture.close(page);
    });

    it("can be stopped while it loads, and goes on", async () => {
      const page = await fixture.open("/agents");
      let open = 0;
      let most = 0;
      let slow = true;
      await page.route(/\/delegations\/[^/]+$/, async (route) => {
        most = Math.max(most, ++open);
        if (slow) await new Promise((resolve) => setTimeout(resolve, 400));
        open -= 1;
        await route.continue().catch(() => {}); // Given up meanwhile.
      });
      await page.locator('nav a[href="/delegations"]').click();
      await page.getByRole("progressbar").waitFor();
      await page.getByText(/Asking who delegates to whom: [1-9]/).waitFor();
      await page.getByRole("button", { name: "Cancel" }).click();
      slow = false;
      await page.getByText("agents were asked what they delegate").waitFor();
      assert.equal(await page.getByRole("alert").count(), 0, "who cancels is not told of a failure");
      assert.ok(most <= 6, `${most} at once`);
      await page.getByRole("button", { name: "Ask the others" }).click();
      await label(page, "release-captain", "ci-runner").waitFor();
      await page.getByText("agents were asked what they delegate").waitFor({ state: "detached" });
      await fixture.close(page);
    });

    it("fits a phone, where one delegates from an agent's dot", async () => {
      const path = `/delegations?agent=${await idOf("ci-runner")}&around=`;
      const page = await fixture.open(path, { viewport: PHONE, hasTouch: true, isMobile: true });
      await node(page, "ci-runner").waitFor();
      await fixture.fits(page);
      await fixture.accessible(page);
      await fixture.picture(page, `delegations-phone-${dialect}`);
      const touch = await page.context().newCDPSession(page);
      const at = (type, ...points) =>
        touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
      const swipe = async ([x, y], [toX, toY]) => {
        await at("touchStart", [x, y]);
        for (let step = 1; step <= 5; step++) {
          await at("touchMove", [x + ((toX - x) * step) / 5, y + ((toY - y) * step) / 5]);
        }
        await at("touchEnd");
      };
      const scale = async () => Number(/scale\(([\d.]+)\)/.exec(await transform())[1]);
      const transform = () => page.locator(".world").evaluate((element) => element.style.transform);
      // Out from under the bars at the top and at the bottom.
      await page.locator(".graph").evaluate((element) => element.scrollIntoView({ block: "center" }));
      const before = await transform();
      const [x, y] = await within(node(page, "ci-runner"));
      await swipe([x, y], [x + 10, y + 30]);
      assert.notEqual(await transform(), before, "a finger on an agent moves the graph");
      assert.equal(await dialog(page).count(), 0);

      const small = await scale();
      await at("touchStart", [150, y], [200, y]);
      for (let step = 1; step <= 5; step++) await at("touchMove", [150 - step * 8, y], [200 + step * 8, y]);
      await at("touchEnd");
      assert.ok((await scale()) > small * 1.2, "two fingers magnify");
      await page.getByRole("button", { name: "Fit" }).click();
      assert.ok((await scale()) <= 1, "the next touch is no part of that");

      await swipe(
        await within(node(page, "release-captain").locator(".handle")),
        await within(node(page, "docs-writer")),
      );
      await dialog(page).getByRole("heading", { name: "Delegate" }).waitFor();
      assert.equal(await dialog(page).getByLabel("Receiving agent").inputValue(), "docs-writer");
      await fixture.fits(page);
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "As a list" }).click();
      await page.getByRole("table").waitFor();
      await fixture.fits(page);
      await fixture.close(page);
    });
  });
}

describe("delegations of very many agents", () => {
  const fixture = dashboard({ dialect: "adapter", server: [...SHOWCASE, "--showcase-agents", "300"] });

  it("begins with one, and asks no others unless told to", async () => {
    const page = await fixture.open("/delegations");
    const asked = [];
    page.on("request", (request) => {
      if (request.method() === "GET" && request.url().includes("/delegations/")) asked.push(request.url());
    });
    await page.getByRole("heading", { name: "Begin with an agent" }).waitFor();
    await fixture.accessible(page);
    assert.deepEqual(asked, []);
    await page.getByRole("combobox", { name: "Find an agent" }).fill("release-cap");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delegation from incident-responder to code-reviewer" }).waitFor();
    assert.ok(asked.length < 12, `${asked.length} requests`);
    await page.getByText("What others delegate is not shown").waitFor();
    await page.getByRole("button", { name: /^Ask the other \d+$/ }).click();
    await page.getByRole("button", { name: "Delegation from ticket-triage to refund-agent" }).waitFor();
    assert.ok(asked.length >= 324);
    await fixture.close(page);
  });
});
