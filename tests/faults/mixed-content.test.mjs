// A page that came over https: may not ask a server over http:, and browsers refuse before anything is sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { QUIET } from "../matrix/browsers.mjs";

const pkg = new URL("./", process.env.KAVACHOS_PACKAGE);
const PAGE = `<!doctype html><script type="module">
  const { KavachClient, NetworkError } = await import("/index.js");
  const kavach = new KavachClient({ baseUrl: "http://plain.example/api", token: "kv_canary", allowInsecure: true });
  globalThis.report = await kavach.agents.list().then(
    () => "a list",
    (error) => [error instanceof NetworkError, error.code, error.attempts, JSON.stringify(error) + error.stack],
  );
</script>`;

describe("mixed content in chromium", () => {
  let browser;
  const plain = [];
  before(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
  });
  after(() => browser.close());

  it("is a NetworkError, without a request", async () => {
    const page = await browser.newPage();
    await page.route("**/*", (route) => {
      const { protocol, pathname } = new URL(route.request().url());
      if (protocol === "http:") {
        plain.push(route.request().url());
        return route.abort();
      }
      if (pathname === "/") return route.fulfill({ contentType: "text/html", body: PAGE });
      const contentType = extname(pathname) === ".js" ? "text/javascript" : "application/octet-stream";
      return route.fulfill({ contentType, body: readFileSync(new URL(`.${pathname}`, pkg)) });
    });
    await page.goto("https://secure.example/");
    await page.waitForFunction(() => globalThis.report);
    const [isNetworkError, code, attempts, shown] = await page.evaluate(() => globalThis.report);
    assert.deepEqual([isNetworkError, code, attempts], [true, "NETWORK_ERROR", 3]);
    assert.doesNotMatch(shown, /canary/);
    assert.deepEqual(plain, []);
  });
});
