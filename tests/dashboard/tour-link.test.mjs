// The page of the tour: a server of another origin that a link names is shown, and used only if one says so.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import playwright from "playwright-core";
import { servePage } from "../../www-example/page-server.mjs";
import { QUIET } from "../matrix/browsers.mjs";

describe("the link to the tour", () => {
  const api = "http://127.0.0.1:9";
  let browser;
  let site;
  before(async () => {
    site = await servePage({ packageUrl: process.env.KAVACHOS_PACKAGE, apiOrigin: `${api}/ignored; script-src *` });
    browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET });
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  async function open(server) {
    const page = await browser.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${site.url}?server=${encodeURIComponent(server)}`);
    return { page, input: page.locator("#server"), question: page.locator("#question"), asked };
  }

  it("fills in the server that the page is for, and its own origin", async () => {
    for (const server of [`${api}/api/kavach`, "/api/kavach"]) {
      const { page, input, question } = await open(server);
      assert.equal(await input.inputValue(), new URL(server, site.url).href);
      assert.ok(await question.isHidden());
      await page.close();
    }
  });

  it("asks about another one, naming its origin", async () => {
    for (const server of ["https://evil.example/api", "//evil.example/api", "http://127.0.0.1:10/api"]) {
      const { page, input, question, asked } = await open(server);
      const expected = new URL(server, site.url);
      await question.getByText(expected.origin, { exact: true }).waitFor();
      assert.equal(await input.inputValue(), "");
      await question.getByRole("button", { name: "Use this server" }).click();
      assert.equal(await input.inputValue(), expected.href);
      assert.ok(await question.isHidden());
      assert.deepEqual([...new Set(asked)], [new URL(site.url).origin]);
      await page.close();
    }
  });

  it("leaves out what is no server", async () => {
    for (const server of ["javascript:alert(1)", "https://127.0.0.1:9@evil.example/", "  "]) {
      const { page, input, question } = await open(server);
      assert.equal(await input.inputValue(), "");
      assert.ok(await question.isHidden());
      await page.close();
    }
  });

  it("sends requests to the origin of the API only", async () => {
    const policy = (await fetch(site.url)).headers.get("content-security-policy");
    assert.equal(policy.split("; ").at(-1), `connect-src 'self' ${api}`);
  });
});
