// Delegating and revoking on the delegations page: nothing is sent that would be refused, and what ends is what was said.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { behind, changes, details, dialog, drag, label, node, SHOWCASE } from "./delegations-page.mjs";
import { dashboard, hasFirefox } from "./fixture.mjs";

const { read, withApproval, write } = await import(process.env.KAVACHOS_PACKAGE);

for (const dialect of ["sdk", "adapter"]) {
  describe(`delegating, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect, server: SHOWCASE });
    const { idOf, newOwner, make, lend } = behind(fixture);

    it("delegates by dragging, warns of lost constraints, and shows what it made", async () => {
      const page = await fixture.open("/delegations");
      const sent = changes(page);
      await node(page, "invoice-reader").waitFor();
      await drag(page, node(page, "release-captain"), node(page, "code-reviewer"));
      await dialog(page).getByRole("heading", { name: "Delegate" }).waitFor();
      assert.equal(await dialog(page).getByLabel("Delegating agent").inputValue(), "release-captain");
      assert.equal(await dialog(page).getByLabel("Receiving agent").inputValue(), "code-reviewer");
      const send = dialog(page).getByRole("button", { name: "Delegate" });
      assert.ok(await send.isDisabled(), "nothing is chosen yet");
      await dialog(page).getByRole("checkbox", { name: "mcp:deploy:production" }).check();
      await dialog(page).getByText("drops constraints from what is delegated: “with approval” will not bind").waitFor();
      await dialog(page).getByText("This one will be 1 deep").waitFor();
      await dialog(page).getByRole("button", { name: "1 week" }).click();
      await dialog(page).getByText("Code", { exact: true }).click();
      await dialog(page).getByText("await kavach.delegation.create({").waitFor();
      await fixture.accessible(page);
      await fixture.picture(page, `delegate-${dialect}`);
      await send.click();
      await label(page, "release-captain", "code-reviewer").waitFor();
      assert.deepEqual(sent, ["POST /api/kavach/delegations"]);
      const chains = await fixture.kavach.delegation.listChains(await idOf("release-captain"));
      const made = chains.find(
        ({ toAgent, permissions }) => permissions[0].resource === "mcp:deploy:production" && toAgent,
      );
      assert.ok(made);
      await details(page).getByText("execute on mcp:deploy:production").waitFor();
      await fixture.close(page);
    });

    it("delegates by keyboard", async () => {
      const page = await fixture.open(`/delegations?agent=${await idOf("crm-sync")}`);
      await node(page, "crm-sync").focus();
      await page.keyboard.press("d");
      await dialog(page).getByRole("heading", { name: "Delegate" }).waitFor();
      await dialog(page).getByRole("combobox", { name: "Receiving agent" }).focus();
      await page.keyboard.type("newsletter");
      await page.keyboard.press("Enter");
      const box = dialog(page).getByRole("checkbox").first();
      await box.focus();
      await page.keyboard.press("Space");
      await dialog(page).locator('[data-verdict="yes"]').waitFor();
      await dialog(page).getByLabel("Greatest depth of the chain").focus();
      await page.keyboard.press("Enter");
      await label(page, "crm-sync", "newsletter-sender").waitFor();
      await fixture.close(page);
    });

    it("sends nothing that the preflight refuses", async () => {
      const owner = await newOwner("careful");
      const lender = await make(owner, "careful-lender", [read("own:a"), withApproval(write("own:b"))]);
      const top = await make(owner, "careful-top", [read("top")]);
      await lend(top, lender, [read("top")]);
      const page = await fixture.open(`/delegations?agent=${lender.id}`);
      const sent = changes(page);
      await details(page).getByRole("button", { name: "Delegate…" }).click();
      await dialog(page).getByRole("combobox", { name: "Receiving agent" }).fill("load-tester");
      await page.keyboard.press("Enter");
      await dialog(page).getByRole("checkbox", { name: "own:a" }).check();
      await dialog(page).locator('[data-verdict="yes"]').waitFor();
      const send = dialog(page).getByRole("button", { name: "Delegate" });
      const refused = async (field, value, words) => {
        const before = await field.inputValue();
        await field.fill(value);
        await dialog(page).locator('[data-verdict="no"]').getByText(words).waitFor();
        assert.ok(await send.isDisabled(), value);
        await field.press("Enter");
        await field.fill(before);
        await dialog(page).locator('[data-verdict="yes"]').waitFor();
      };
      const resource = dialog(page).getByLabel("Resource of permission 1");
      await resource.fill("own:*");
      await dialog(page).locator(".told.wrong").getByText("own:*").waitFor();
      await resource.fill("own:a");
      await refused(resource, "own:*", "careful-lender cannot delegate this");
      await refused(resource, "top", "careful-lender cannot delegate this");
      await refused(dialog(page).getByLabel("Ends"), "2020-01-01T00:00", "It would be over at once");
      const depth = dialog(page).getByLabel("Greatest depth of the chain");
      await refused(depth, "none", "a whole number");
      if (dialect === "sdk") await refused(depth, "1", "It would be 2 deep; at most 1 is allowed");
      else {
        // What the delegating agent has received may have been revoked: that it is too deep cannot be known.
        await depth.fill("1");
        await dialog(page).getByText("It would be up to 2 deep").waitFor();
        await depth.fill("");
      }
      // Below what is held without `*`: the server delegates it, though the delegating agent may not do it.
      await resource.fill("own:a:deeper");
      await dialog(page).getByText("yet careful-lender may not do it itself").waitFor();
      const borrower = dialog(page).getByRole("combobox", { name: "Receiving agent" });
      await dialog(page).getByRole("button", { name: "Another permission" }).click();
      await dialog(page).getByText("careful-lender cannot delegate 1 of these 2 permissions").waitFor();
      await borrower.fill("careful-lender");
      await page.keyboard.press("Enter");
      await dialog(page).getByText("no use for its own permissions").waitFor();
      assert.deepEqual(sent, []);
      await fixture.close(page);
    });

    it("says in the client's words what the server refuses", async () => {
      const lender = await make(await newOwner("gone"), "gone-lender", [read("gone")]);
      const page = await fixture.open(`/delegations?agent=${lender.id}`);
      await details(page).getByRole("button", { name: "Delegate…" }).click();
      await dialog(page).getByRole("combobox", { name: "Receiving agent" }).fill("load-tester");
      await page.keyboard.press("Enter");
      await dialog(page).getByRole("checkbox", { name: "gone" }).check();
      await fixture.kavach.agents.revoke(lender.id);
      await dialog(page).getByRole("button", { name: "Delegate" }).click();
      const message = 'Parent agent "gone-lender" is revoked';
      await dialog(page).getByRole("alert").getByText(message).waitFor();
      await fixture.close(page);
    });

    it("previews exactly what ends when a delegation is revoked", async () => {
      const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
      const owner = await newOwner("cascade");
      const made = {};
      for (const name of names)
        made[name] = await make(
          owner,
          `cascade-${name}`,
          names.map((to) => read(`of:${name}:${to}`)),
        );
      const { a, b, c, d, e, f, g, h } = made;
      const links = [];
      const link = async (from, to, extra) => {
        const resource = `of:${from.name.at(-1)}:${to.name.at(-1)}`;
        const { id } = await lend(from, to, [read(resource)], extra);
        links.push({ id, to, resource, ended: extra !== undefined });
      };
      await link(a, b);
      await link(b, c);
      await link(c, d);
      await link(b, e);
      await link(h, c); // Another delegating agent of one that is reached: what it delegates stays.
      await link(a, h); // Another receiving agent of the delegating agent.
      await link(b, f, { expiresAt: "2020-01-01T00:00:00Z" }); // Over, but it leads on.
      await link(f, g);
      await link(d, b); // A circle.
      const counting = async () => {
        const ids = [];
        for (const { id, to, resource } of links) {
          if ((await fixture.kavach.authorize(to.id, { action: "read", resource })).allowed) ids.push(id);
        }
        return ids;
      };
      const before = await counting();
      assert.deepEqual(
        before,
        links.filter(({ ended }) => !ended).map(({ id }) => id),
      );

      const page = await fixture.open(`/delegations?link=${links[0].id}`);
      const sent = changes(page);
      await details(page).getByRole("button", { name: "Revoke…" }).click();
      await dialog(page).locator("[data-chain]").first().waitFor();
      await page.getByText("Looking for what hangs on it").waitFor({ state: "detached" });
      const previewed = await dialog(page)
        .locator("[data-chain]")
        .evaluateAll((items) => items.map((item) => item.dataset.chain));
      const certain = await dialog(page)
        .locator('[data-cascade="ends"] [data-chain]')
        .evaluateAll((items) => items.map((item) => item.dataset.chain));
      await fixture.accessible(page);
      assert.deepEqual(sent, [], "a preview changes nothing");
      await dialog(page)
        .getByRole("button", { name: /^Revoke/ })
        .click();
      await dialog(page).waitFor({ state: "detached" });
      assert.deepEqual(sent, [`DELETE /api/kavach/delegations/${links[0].id}`]);

      const after = await counting();
      const gone = before.filter((id) => !after.includes(id));
      assert.deepEqual([links[0].id, ...previewed].toSorted(), gone.toSorted());
      // What is beyond one that may have been revoked before is never promised.
      assert.equal(certain.length, dialect === "sdk" ? 4 : 2);
      await label(page, "cascade-a", "cascade-b").getByText("revoked").waitFor();
      await label(page, "cascade-b", "cascade-e").getByText("revoked").waitFor();
      assert.equal(await label(page, "cascade-a", "cascade-h").getByText("revoked").count(), 0);
      assert.equal(await label(page, "cascade-h", "cascade-c").getByText("revoked").count(), 0);
      await fixture.close(page);
    });
  });
}

describe("delegating in Firefox", { skip: hasFirefox ? false : "there is no Firefox here" }, () => {
  const fixture = dashboard({ dialect: "sdk", server: SHOWCASE, engine: "firefox" });

  it("is done by dragging", async () => {
    const page = await fixture.open("/delegations");
    await node(page, "code-reviewer").waitFor();
    await drag(page, node(page, "release-captain"), node(page, "code-reviewer"));
    await dialog(page).getByRole("checkbox", { name: "mcp:deploy:staging" }).check();
    await dialog(page).getByRole("button", { name: "Delegate" }).click();
    await label(page, "release-captain", "code-reviewer").waitFor();
    await fixture.close(page);
  });
});
