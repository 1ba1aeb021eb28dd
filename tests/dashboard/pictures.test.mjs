// The pages as the README shows them, each at its best. `SCREENSHOTS=www-example/dashboard/pictures ./dev test dashboard`
// takes the pictures anew; what they show must be there, readable for everybody, in any case.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dashboard, PHONE } from "./fixture.mjs";

const named = (agents, name) => agents.find((agent) => agent.name === name).id;

/** What is opened, and how one gets to what the picture shows. */
const PICTURES = {
  overview: {
    path: () => "/",
    shown: async (page) => {
      await page.locator("canvas").nth(1).waitFor();
      await page.getByText("Busiest agents").waitFor();
    },
  },
  agents: {
    path: () => "/agents?sort=-decisions",
    shown: (page) => page.locator(".sparkline").nth(8).waitFor(),
  },
  playground: {
    colorScheme: "dark",
    path: (agents) => {
      const args = encodeURIComponent(JSON.stringify({ version: "1.4.2" }));
      return `/playground?agent=${named(agents, "release-captain")}&action=execute&resource=mcp:deploy:production&arguments=${args}`;
    },
    shown: (page) => page.getByText("requires human approval").locator("visible=true").first().waitFor(),
  },
  delegations: {
    path: (agents) => `/delegations?agent=${named(agents, "ci-runner")}`,
    shown: (page) => page.getByText("Effective permissions").waitFor(),
  },
  audit: {
    path: () => "/audit?result=denied",
    shown: (page) => page.locator("tr[data-entry]").nth(5).waitFor(),
  },
  phone: {
    viewport: PHONE,
    colorScheme: "dark",
    path: () => "/",
    shown: (page) => page.locator("canvas").first().waitFor(),
  },
};

describe("pictures", () => {
  const fixture = dashboard({ dialect: "sdk" });

  for (const [name, { path, shown, ...options }] of Object.entries(PICTURES)) {
    it(`${name} shows what it is about`, async () => {
      const page = await fixture.open(path(await fixture.kavach.agents.list()), options);
      await shown(page);
      assert.equal(await page.getByRole("alert").count(), 0);
      await fixture.fits(page);
      await fixture.accessible(page);
      await page.waitForTimeout(500); // Charts are drawn a moment after they are there.
      await fixture.picture(page, name);
      await fixture.close(page);
    });
  }
});
