// The policy playground: the verdict as one types, what the server says about it, why something was denied, what an edit
// would have changed, and the editor of permissions that all this stands on.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, PHONE } from "./fixture.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const { evaluate } = await import(new URL("./permissions.js", process.env.KAVACHOS_PACKAGE));
const TRIAL = "playground-trial";
const TIMEZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const dialect of ["sdk", "adapter"]) {
  describe(`playground, ${dialect} dialect`, () => {
    const fixture = dashboard({ dialect });

    const link = (question) => `/playground?${new URLSearchParams(question)}`;
    const verdict = (page) => page.locator(".verdict-card > [data-verdict]");
    const judged = (page, outcome) => page.locator(`.verdict-card > [data-verdict="${outcome}"]`).waitFor();
    const answered = (page, outcome) => page.locator(`[data-server="${outcome}"]`).waitFor();
    const compared = (page, kind) => page.locator(`.server-verdict [data-comparison="${kind}"]`);
    const button = (page, name) => page.getByRole("button", { name, exact: true });
    const ask = (page) => button(page, "Ask the server").click();
    const params = (page) => Object.fromEntries(new URL(page.url()).searchParams);
    async function agentNamed(name) {
      const agent = (await fixture.kavach.agents.list()).find((one) => one.name === name);
      assert.ok(agent, name);
      return agent;
    }
    /** Goes on to another page of the dashboard without loading it anew. */
    const go = (page, path) => page.evaluate((path) => history.pushState(null, "", path), path);
    async function setJson(page, permissions) {
      await button(page, "JSON").click();
      await page.getByLabel("Permissions as JSON").fill(JSON.stringify(permissions));
      await page.getByText("Valid:").waitFor();
    }

    it("changes the verdict as one types, and keeps the question in the URL without filling the history", async () => {
      const page = await fixture.open("/playground");
      await judged(page, "unfinished");
      await button(page, "read").first().click();
      const length = await page.evaluate(() => history.length);
      await page.getByLabel("Action", { exact: true }).pressSequentially("rea");
      await page.getByLabel("Resource", { exact: true }).pressSequentially("mcp:github:repos");
      await judged(page, "denied");
      assert.match(await verdict(page).textContent(), /No permission grants access to "rea" on "mcp:github:repos"/);
      await page.getByLabel("Action", { exact: true }).press("End");
      await page.getByLabel("Action", { exact: true }).pressSequentially("d");
      await judged(page, "allowed");
      assert.equal(await page.locator(".explanation .decides").count(), 1);

      await page.getByLabel("Arguments, as JSON").fill('{ "a": ');
      await judged(page, "unfinished");
      await page.locator("small.wrong").getByText("Not JSON yet").waitFor();
      await page.getByLabel("Arguments, as JSON").fill('{ "a": "b" }');
      await judged(page, "allowed");

      // What it needs to know is said, and can be entered.
      await button(page, "Time of day").click();
      await button(page, "Human approval").click();
      await judged(page, "needs_approval");
      await button(page, "Remove human approval of permission 1").click();
      await judged(page, "undecided");
      await page.locator('[data-need="timezone"]').getByRole("button", { name: "UTC" }).click();
      await page.getByLabel("Time, here").fill(localTime("2026-03-02T12:00:30Z"));
      await judged(page, "allowed");
      await page.getByLabel("Time, here").fill(localTime("2026-03-02T20:00:30Z"));
      await judged(page, "denied");
      assert.match(await verdict(page).textContent(), /Action is only allowed between 09:00 and 17:00/);
      await page.waitForURL(/at=2026-03-02T20/);
      assert.deepEqual(params(page), {
        action: "read",
        resource: "mcp:github:repos",
        arguments: '{ "a": "b" }',
        at: "2026-03-02T20:00:30.000Z",
        tz: "UTC",
      });
      assert.equal(await page.evaluate(() => history.length), length, "replaced, not pushed");
      await fixture.close(page);
    });

    it("fills everything in from the URL, and goes back", async () => {
      const agent = await agentNamed("invoice-reader");
      const question = {
        agent: agent.id,
        action: "read",
        resource: "mcp:files:receipts",
        ip: "10.20.1.2",
        calls: "3",
        tz: "UTC",
      };
      const page = await fixture.open(link(question));
      await judged(page, "allowed");
      assert.equal(await page.getByLabel("Agent", { exact: true }).inputValue(), "invoice-reader");
      assert.equal(await page.getByLabel("Calls in the last hour").inputValue(), "3");
      await go(page, link({ ...question, ip: "none", mode: "strict" }));
      await judged(page, "denied");
      assert.ok(await page.getByLabel("not known to it, as to adapters").isChecked());
      assert.ok(await page.getByLabel("strictly, as documented").isChecked());
      await page.goBack();
      await judged(page, "allowed");
      assert.ok(await page.getByLabel("as running servers do").isChecked());
      await go(page, link({ agent: "nobody", action: "read", resource: "a" }));
      await page.getByText("There is no such agent").waitFor();
      await fixture.close(page);
    });

    it("picks agents by keyboard", async () => {
      const page = await fixture.open("/playground?action=read&resource=mcp:crm:contacts");
      const picker = page.getByRole("combobox", { name: "Agent", exact: true });
      await picker.click();
      await page.getByRole("option").nth(5).waitFor();
      await picker.pressSequentially("crm-s");
      await page
        .getByText("1 agents", { exact: false })
        .or(page.getByText("1 agent", { exact: true }))
        .waitFor();
      await picker.press("Enter");
      await page.waitForURL(/agent=/);
      assert.equal(params(page).agent, (await agentNamed("crm-sync")).id);
      assert.equal(await picker.inputValue(), "crm-sync");
      await judged(page, "undecided");
      await page.locator('[data-need="callsInLastHour"]').getByRole("button", { name: "None" }).click();
      await judged(page, "allowed");
      await picker.click();
      await picker.press("Escape");
      assert.equal(await picker.inputValue(), "crm-sync");
      await picker.click();
      await picker.press("Enter");
      assert.equal(await picker.inputValue(), "");
      await fixture.close(page);
    });

    it("says what the server says", async () => {
      const page = await fixture.open("/playground");
      // Where it depends on the server, it is given what is so there.
      const questions = [
        ["code-reviewer", { action: "read", resource: "mcp:github:repos" }, "allowed"],
        ["code-reviewer", { action: "delete", resource: "mcp:github:repos" }, "denied"],
        ["release-captain", { action: "execute", resource: "mcp:deploy:production" }, "needs_approval"],
        ["newsletter-sender", { action: "execute", resource: "mcp:mail:send", arguments: '{"to":"x@y.z"}' }, "denied"],
        ["nightly-backup", { action: "write", resource: "mcp:files:backups", tz: TIMEZONE }, "denied"],
        [
          "invoice-reader",
          { action: "read", resource: "mcp:files:receipts", ip: dialect === "sdk" ? "127.0.0.1" : "none" },
          "denied",
        ],
        ["break-glass", { action: "anything", resource: "at:all" }, "allowed"],
      ];
      for (const [name, question, outcome] of questions) {
        const { id } = await agentNamed(name);
        await go(page, link({ agent: id, ...question }));
        await judged(page, outcome);
        await ask(page);
        await answered(page, outcome);
        await compared(page, "same").waitFor();
        const latest = await fixture.kavach.audit.query({ agentId: id, limit: 10 });
        const { action, resource } = question;
        const entry = latest.find((one) => one.action === action && one.resource === resource);
        assert.ok(entry && Date.now() - Date.parse(entry.timestamp) < 60_000, "it was recorded");
        if (outcome !== "allowed") assert.ok((await verdict(page).textContent()).includes(entry.reason), entry.reason);
      }
      await fixture.close(page);
    });

    it("shows a mismatch with its likely cause, until the cause is entered", async () => {
      const { id } = await agentNamed("invoice-reader");
      const page = await fixture.open(
        link({ agent: id, action: "read", resource: "mcp:files:receipts", ip: "10.20.3.4" }),
      );
      await judged(page, "allowed");
      await ask(page);
      await answered(page, "denied");
      await compared(page, "mismatch").waitFor();
      const cause =
        dialect === "sdk" ? /saw the call come from 127\.0\.0\.1; here .* 10\.20\.3\.4/ : /did not know the address/;
      assert.match(await compared(page, "mismatch").textContent(), cause);
      await fixture.accessible(page);
      await button(page, dialect === "sdk" ? "Say that the IP is 127.0.0.1" : "Say that the IP is not known").click();
      await compared(page, "same").waitFor();
      await judged(page, "denied");

      const revoked = await agentNamed("old-chatbot");
      await go(page, link({ agent: revoked.id, action: "read", resource: "mcp:chat:support" }));
      await judged(page, "allowed");
      await page.getByText("This agent is revoked").waitFor();
      await ask(page);
      await compared(page, "mismatch").getByText("revoked, expired or gone").waitFor();
      await fixture.close(page);
    });

    it("counts what is delegated to an agent, or says that it may be that", async () => {
      const { id } = await agentNamed("rollout-agent");
      const page = await fixture.open(link({ agent: id, action: "execute", resource: "mcp:deploy:production" }));
      if (dialect === "sdk") {
        await judged(page, "allowed");
        await page.getByText("one that was delegated to it allows it").waitFor();
      } else await judged(page, "denied");
      await ask(page);
      await answered(page, "allowed");
      if (dialect === "sdk") await compared(page, "same").waitFor();
      else await compared(page, "mismatch").getByText("delegated to the agent").waitFor();
      await fixture.close(page);
    });

    it("answers why something was denied: with the reason that was recorded", async () => {
      const denied = await fixture.kavach.audit.query({ result: "denied", limit: 5000 });
      // What was delegated later would allow today what was denied then.
      const own = new Map((await fixture.kavach.agents.list()).map((agent) => [agent.id, agent]));
      const chains = await Promise.all([...own.keys()].map((id) => fixture.kavach.delegation.listChains(id)));
      const borrowers = new Set(chains.flat().map(({ toAgent }) => toAgent));
      const stems = ["No permission", "Rate limit", "Argument", "This action requires", "Action is only", "IP_NOT"];
      const page = await fixture.open("/playground");
      for (const stem of stems) {
        const entry = denied.find(({ agentId, reason }) => reason.startsWith(stem) && !borrowers.has(agentId));
        assert.ok(entry, stem);
        const { agentId, action, resource, parameters, timestamp, reason } = entry;
        const args = JSON.stringify(parameters);
        await go(page, link({ agent: agentId, action, resource, arguments: args, at: timestamp }));
        const recorded = page.locator("[data-recorded]");
        await recorded.getByText(reason).waitFor();
        // What the reason tells is enough: the window was missed, whatever the server's zone is.
        if (stem === "Action is only")
          await page.getByText("Taken from the recorded reason: the time was outside").waitFor();
        await verdict(page).getByText(reason, { exact: true }).waitFor();
        await recorded.locator('[data-comparison="same"]').waitFor();
      }
      // Where a delegation decides there are two entries, and both are shown.
      const { id } = await agentNamed("rollout-agent");
      const { action, resource, parameters, timestamp, reason } = denied.find(
        (entry) => entry.agentId === id && entry.resource === "mcp:deploy:production",
      );
      const args = JSON.stringify(parameters);
      await go(page, link({ agent: id, action, resource, arguments: args, at: timestamp }));
      const recorded = page.locator("[data-recorded]");
      await recorded.getByText(reason).waitFor();
      await recorded.getByText("those that were delegated to the agent are tried").waitFor();
      await recorded.locator('[data-comparison="same"]').waitFor();
      await judged(page, dialect === "sdk" ? "allowed" : "denied");
      await fixture.close(page);
    });

    it("replays the last entries against an edited policy, as plain evaluate would", async () => {
      const agent = await agentNamed("support-copilot");
      const page = await fixture.open(
        link({ agent: agent.id, action: "read", resource: "mcp:tickets:open", tz: TIMEZONE }),
      );
      await judged(page, "allowed");
      await button(page, "Replay").click();
      const counts = async () => JSON.parse(await page.locator("[data-replay]").getAttribute("data-replay"));
      await page.locator("[data-replay]").waitFor();
      assert.equal((await counts()).changed, 0, "nothing was edited");

      // Reading tickets goes, replies get a limit, contacts lose theirs.
      const edited = [
        { ...agent.permissions[1], constraints: { maxCallsPerHour: 3 } },
        { resource: "mcp:crm:contacts", actions: ["read"] },
      ];
      await setJson(page, edited);
      const replayed = (wanted) =>
        page.waitForFunction(
          (wanted) => document.querySelector("[data-replay]")?.dataset.replay === wanted,
          JSON.stringify(wanted),
        );
      const entries = await fixture.kavach.audit.query({ agentId: agent.id, limit: 1000 });
      const one = countsOf(entries, () => agent, edited);
      assert.ok(one.changed > 0 && one.undecided > 0 && one.unchanged > 0, JSON.stringify(one));
      await replayed(one);
      // Each entry is in one of the figures.
      const figures = await page.locator(".what-if .figures strong").allTextContents();
      const sum = figures.reduce((all, figure) => all + Number(figure.replaceAll(",", "")), 0);
      assert.equal(sum, entries.length, figures.join(" + "));
      const change = page.locator('tr[data-kind="denied"]').first();
      assert.match(await change.textContent(), /Allowed.*Denied/);
      await page.getByRole("heading", { name: "What history cannot tell" }).waitFor();
      await fixture.accessible(page);

      // Each can be opened, and is then judged with the edits.
      await change.getByRole("link").click();
      await judged(page, "denied");
      assert.equal(params(page).agent, agent.id);
      await page.locator("[data-recorded]").waitFor();

      await page.getByLabel("of all agents, as if each had these permissions").check();
      const agents = new Map((await fixture.kavach.agents.list()).map((one) => [one.id, one]));
      const all = await fixture.kavach.audit.query({ limit: 1000 });
      await replayed(countsOf(all, (id) => agents.get(id), edited));
      await fixture.close(page);
    });

    it("asks about edits with a trial agent, and revokes it, also when asking fails", async () => {
      const trials = async () => (await fixture.kavach.agents.list()).filter(({ name }) => name === TRIAL);
      const before = (await trials()).length;
      const agent = await agentNamed("ticket-triage");
      const page = await fixture.open(link({ agent: agent.id, action: "deploy", resource: "mcp:tickets:open" }));
      await judged(page, "denied");
      assert.equal(await button(page, "Ask with a trial agent").count(), 0, "there is nothing to try");
      await setJson(page, [{ resource: "mcp:tickets:*", actions: ["deploy"], constraints: { maxCallsPerHour: 5 } }]);
      await page.getByText("without your edits").waitFor();
      await ask(page);
      await answered(page, "denied");
      await page.getByText(`with the stored permissions of ${agent.name}`).first().waitFor();
      await button(page, "Ask with a trial agent").click();
      await answered(page, "allowed");
      await compared(page, "same").waitFor();
      await page.getByText("The trial agent was revoked.").waitFor();
      assert.deepEqual(
        (await trials()).map(({ status }) => status),
        Array(before + 1).fill("revoked"),
      );

      // The server creates the agent, and then cannot decide.
      const authorize = /\/authorize$/;
      const fail = (route) => (route.request().method() === "OPTIONS" ? route.continue() : route.abort());
      await page.route(authorize, fail);
      await button(page, "Ask with a trial agent").click();
      await page.getByText("The server gave no verdict").waitFor();
      await page.getByText("The trial agent was revoked.").waitFor();
      await page.unroute(authorize);
      assert.deepEqual(
        (await trials()).map(({ status }) => status),
        Array(before + 2).fill("revoked"),
      );

      // And if it cannot even be revoked, that is said.
      const revoke = /\/agents\/[^/]+$/;
      await page.route(revoke, (route) => (route.request().method() === "DELETE" ? route.abort() : route.continue()));
      await button(page, "Ask with a trial agent").click();
      await page.getByRole("alert").getByText("could not be revoked").waitFor();
      await page.unroute(revoke);
      await button(page, "Try again").click();
      await page.getByText("The trial agent was revoked.").waitFor();
      assert.ok((await trials()).every(({ status }) => status === "revoked"));
      await fixture.close(page);
    });

    it("revokes a trial agent whose answer nobody waits for", async () => {
      const trials = async () => (await fixture.kavach.agents.list()).filter(({ name }) => name === TRIAL);
      const before = (await trials()).length;
      const page = await fixture.open("/playground?action=read&resource=mcp:github:repos");
      await button(page, "read").first().click();
      assert.ok(await button(page, "Ask with a trial agent").isDisabled(), "it needs an owner");
      await page.getByLabel("Owner of the trial agent").fill((await agentNamed("crm-sync")).ownerId);
      await page.route(/\/authorize$/, () => {}); // Never answered.
      const asked = page.waitForRequest(/\/authorize$/);
      await button(page, "Ask with a trial agent").click();
      await asked;
      assert.equal((await trials()).filter(({ status }) => status === "active").length, 1);
      const revoked = page.waitForResponse((response) => response.request().method() === "DELETE");
      await page.locator('nav a[href="/agents"]').click();
      assert.equal((await revoked).status(), 204);
      assert.deepEqual(
        (await trials()).map(({ status }) => status),
        Array(before + 1).fill("revoked"),
      );
      await fixture.close(page);
    });

    it("saves edits to the agent once they were looked at", async () => {
      const agent = await agentNamed("docs-writer");
      const page = await fixture.open(link({ agent: agent.id, action: "delete", resource: "mcp:docs:pages" }));
      await judged(page, "denied");
      const first = page.getByRole("group", { name: "Actions of permission 1" });
      await first.getByRole("button", { name: "delete" }).click();
      await judged(page, "allowed");
      // Edits outlast a look at another page.
      await page.locator('nav a[href="/agents"]').click();
      await page.goBack();
      await judged(page, "allowed");
      await button(page, "Save to agent…").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("now also delete").waitFor();
      await dialog.getByText("What it may do then that it may not now").waitFor();
      await fixture.accessible(page);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      assert.deepEqual((await fixture.kavach.agents.get(agent.id)).permissions, agent.permissions);
      await button(page, "Save to agent…").click();
      await dialog.getByRole("button", { name: "Save these permissions" }).click();
      await page.getByText("The permissions of docs-writer were saved").waitFor();
      await page.getByText("of docs-writer, as stored").waitFor();
      const [changed, ...others] = (await fixture.kavach.agents.get(agent.id)).permissions;
      assert.deepEqual(changed.actions, [...agent.permissions[0].actions, "delete"]);
      assert.deepEqual(others, agent.permissions.slice(1));
      await judged(page, "allowed");
      await ask(page);
      await compared(page, "same").waitFor();
      await fixture.close(page);
    });

    it("edits permissions as a form, as JSON, and shows them as code that says the same", async () => {
      const page = await fixture.open("/playground?action=read&resource=mcp:github:repos");
      const resource = (place) => page.getByLabel(`Resource of permission ${place}`);
      await button(page, "read").first().click();
      assert.equal(await page.evaluate(() => document.activeElement.value), "mcp:github:*", "one can type at once");
      await button(page, "fullAccess").click();
      await resource(2).fill("mcp:github:repos");
      // The first that matches decides.
      await page.locator('.explanation .decides[data-index="0"]').waitFor();
      await button(page, "Move permission 2 up").click();
      await page.locator('.explanation .decides[data-index="0"]').getByText("mcp:github:repos").waitFor();
      assert.equal(await resource(1).inputValue(), "mcp:github:repos");
      assert.match(await page.evaluate(() => document.activeElement.textContent), /Move permission 1 down/);
      await button(page, "Duplicate permission 1").click();
      await page.locator('.finding[data-code="unreachable"]').waitFor();
      await button(page, "Remove permission 2").click();
      await page.getByLabel("Another action for permission 1").fill("deploy, ship");
      await page.getByLabel("Another action for permission 1").press("Enter");
      await button(page, "IP addresses").first().click();
      await page.getByLabel("IP addresses of permission 1, 1").fill("10.1.0.0/16");
      await button(page, "Add to IP addresses of permission 1").click();
      await page.getByLabel("IP addresses of permission 1, 2").fill("not an address");
      await page.locator('.finding.error[data-code="address-never-matches"]').waitFor();
      await button(page, "Remove entry 2 of IP addresses of permission 1").click();
      await button(page, "Calls per hour").first().click();
      await page.getByLabel("Calls per hour of permission 1").fill("many");
      await page.getByText("not a whole number: 100 stays in force").waitFor();
      await page.getByLabel("Calls per hour of permission 1").fill("12");
      const expected = [
        {
          resource: "mcp:github:repos",
          actions: ["read", "write", "execute", "delete", "deploy", "ship"],
          constraints: { ipAllowlist: ["10.1.0.0/16"], maxCallsPerHour: 12 },
        },
        { resource: "mcp:github:*", actions: ["read"] },
      ];
      await button(page, "JSON").click();
      const json = page.getByLabel("Permissions as JSON");
      assert.deepEqual(JSON.parse(await json.inputValue()), expected);
      await fixture.accessible(page);

      // What is typed is checked and kept, and the last valid permissions stay in force.
      await json.fill('[{ "resource": "a", "actions": "read" }]');
      await page.getByText("raw[0].actions must be an array of strings").waitFor();
      await button(page, "Form").click();
      assert.equal(await resource(1).inputValue(), "mcp:github:repos");
      await page.getByText("is not valid yet, and so not in force").waitFor();
      await button(page, "JSON").click();
      assert.equal(await json.inputValue(), '[{ "resource": "a", "actions": "read" }]');
      await json.fill('[{ "resource": "a",');
      await page.getByText(/must be an array or JSON text: .*(position|column|end)/i).waitFor();
      await button(page, "Go back to what is in force").click();
      assert.deepEqual(JSON.parse(await json.inputValue()), expected);
      const layout = '[ {"resource": "mcp:github:*",   "actions": ["read"]} ]';
      await json.fill(layout);
      await judged(page, "allowed");
      assert.equal(await json.inputValue(), layout, "its layout stays");

      await button(page, "Code").click();
      const code = await page.locator(".policy pre").textContent();
      assert.match(code, /^import \{ read, type Permission \} from "kavachos-wasm";/);
      const literal = code.slice(code.indexOf("= [") + 2).replace(/;\s*$/, "");
      assert.deepEqual(new Function("read", `return ${literal}`)(sdk.read), [sdk.read("mcp:github:*")]);
      await fixture.close(page);
    });

    it("is accessible, in light and dark, and fits a phone", async () => {
      const { id } = await agentNamed("refund-agent");
      const question = {
        agent: id,
        action: "execute",
        resource: "mcp:payments:refunds",
        arguments: '{"order":"ord_123456"}',
      };
      for (const options of [{}, { colorScheme: "dark" }, { viewport: PHONE }]) {
        const page = await fixture.open(link(question), options);
        await judged(page, "undecided");
        await button(page, "Replay").click();
        await page.locator("[data-replay]").waitFor();
        await fixture.accessible(page);
        await fixture.fits(page);
        await page.getByRole("combobox", { name: "Agent", exact: true }).click();
        await page.getByRole("option").nth(3).waitFor();
        await fixture.accessible(page);
        if (options.viewport === undefined) await fixture.picture(page, `playground-${options.colorScheme ?? "light"}`);
        await fixture.close(page);
      }
    });
  });
}

/** The figures of “what if”, by `evaluate` alone. */
function countsOf(entries, agentOf, edited) {
  const counts = { entries: entries.length, unchanged: 0, changed: 0, undecided: 0, stale: 0 };
  const same = (one, other) => one.allowed === other.allowed && (one.allowed || one.reason === other.reason);
  for (const { agentId, action, resource, parameters, timestamp, result, reason } of entries) {
    const agent = agentOf(agentId);
    const request = { action, resource, arguments: parameters };
    const context = { agentName: agent?.name ?? agentId, now: timestamp, timezone: TIMEZONE };
    const was = agent && evaluate(agent.permissions, request, context);
    const is = evaluate(edited, request, context);
    const recorded = { allowed: result === "allowed", reason };
    if (was && !was.needs && !same(recorded, was)) counts.stale += 1;
    const constraints = (decision) => JSON.stringify(decision.permission?.rule.constraints);
    if (is.needs) counts[was?.needs && constraints(was) === constraints(is) ? "unchanged" : "undecided"] += 1;
    else counts[same(was && !was.needs ? was : recorded, is) ? "unchanged" : "changed"] += 1;
  }
  return counts;
}

/** A moment as a `datetime-local` field has it, in the time zone that the browser shares with this test. */
function localTime(iso) {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
