// The tour's page in real Chromium, under a strict content security policy.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { servePage } from "../../www-example/page-server.mjs";
import { startServer } from "../suite/server.mjs";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
});
after(() => browser.close());

async function open(url) {
  const page = await browser.newPage();
  const noise = [];
  page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`uncaught: ${error.message}`));
  await page.goto(url);
  return { page, noise };
}

for (const dialect of ["sdk", "adapter"]) {
  describe(`Chromium, ${dialect} dialect`, () => {
    let server;
    before(async () => {
      server = await startServer("--dialect", dialect);
    });
    after(() => server.stop());

    it("shows the whole tour", async () => {
      const site = await servePage({
        packageUrl: process.env.KAVACHOS_PACKAGE,
        apiOrigin: new URL(server.baseUrl).origin,
      });
      const { page, noise } = await open(`${site.url}?server=${encodeURIComponent(server.baseUrl)}`);
      await page.click("button");
      await page.waitForFunction(() => /^Done/.test(document.querySelector("#status").textContent), null, {
        timeout: 20_000,
      });
      const outcomes = await page.$$eval("article", (cards) => cards.map((card) => card.dataset.outcome));
      assert.ok(outcomes.length >= 30, `${outcomes.length} calls`);
      for (const outcome of ["value", "allowed", "denied", "error"]) assert.ok(outcomes.includes(outcome), outcome);
      // Chromium itself logs every answer of 400 and above; nothing else may be there.
      assert.deepEqual(
        noise.filter((line) => !line.startsWith("error: Failed to load resource")),
        [],
      );
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/tour-${dialect}.png`, fullPage: true });
      await page.close();
      site.close();
    });
  });
}
