// The client of MCP servers in Chromium: to the authorization server and back, and in two tabs.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { freePort } from "../../www-example/edge-examples.mjs";
import { startServer } from "../suite/server.mjs";
import { clients, runtimes } from "./runtimes.mjs";

const { KavachClient, execute } = await import(process.env.KAVACHOS_PACKAGE);
const SECRET = "throwaway-mcp-signing-secret-0123456789";
const EMAIL = "user@example.com";

describe("in Chromium", () => {
  let server;
  let tools;
  let pages;
  let browser;
  let app;
  let issuer;
  before(async () => {
    const project = await clients();
    const script = await build({
      entryPoints: [join(project.directory, "page.mjs")],
      ...{ bundle: true, format: "esm", platform: "browser", target: "es2022", write: false },
    });
    pages = createServer(({ url }, response) => {
      const isScript = url === "/page.mjs";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(
        isScript ? script.outputFiles[0].text : '<!doctype html><script type="module" src="/page.mjs"></script>',
      );
    });
    pages.listen(0, "127.0.0.1");
    await once(pages, "listening");
    app = `http://127.0.0.1:${pages.address().port}`;
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}/api/kavach`;
    const options = ["--mcp-secret", SECRET, "--mcp-issuer", issuer, "--mcp-consent", "--mcp-token-ttl", "4"];
    server = await startServer("--port", `${port}`, ...options, "--user", `ann=${EMAIL}`);
    const kavach = new KavachClient({ baseUrl: issuer });
    const permissions = [execute("mcp:tools:echo"), execute("mcp:tools:add")];
    const agent = await kavach.agents.create({ ownerId: "ann", name: "assistant", type: "delegated", permissions });
    tools = await runtimes["Node.js"]({ baseUrl: issuer, signingSecret: SECRET, agents: { ann: agent.id } });
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  });
  after(async () => {
    await browser?.close();
    pages?.closeAllConnections();
    pages?.close();
    await Promise.all([tools?.stop(), server?.stop()]);
  });

  const ready = (page) => page.waitForFunction(() => globalThis.isReady);
  async function open(opened) {
    const page = await opened.newPage();
    await page.goto(`${app}/#tools=${encodeURIComponent(`${tools.origin}/mcp`)}`);
    await ready(page);
    return page;
  }
  /** Signs in, and answers the question. */
  async function answer(page, words) {
    await page.waitForURL(/__login|__consent/);
    if (page.url().includes("__login")) {
      await page.fill("input[name=email]", EMAIL);
      await page.click("button");
      await page.waitForSelector("input[name=code]");
      const outbox = await fetch(new URL(`/__outbox?kind=email-otp&to=${EMAIL}`, issuer));
      await page.fill("input[name=code]", (await outbox.json()).mails.at(-1).code);
      await page.click("button");
    }
    await page.waitForSelector("text=Allow access?");
    await page.click(`text=${words} >> nth=-1`);
    await page.waitForURL(/\/callback\?/);
    await ready(page);
  }

  it("sends the user away and takes the answer, without leaving it in the address", async (context) => {
    const opened = await browser.newContext();
    context.after(() => opened.close());
    const page = await open(opened);
    assert.equal(await page.evaluate(() => app.call("echo", { text: "a" })), "UnauthorizedError");
    await answer(page, "Deny");
    const denied = { name: "KavachError", code: "AUTHORIZATION_FAILED", reason: "access_denied" };
    assert.deepEqual(await page.evaluate(() => app.complete()), denied);
    assert.equal(page.url(), `${app}/callback`);
    const seen = [];
    page.on("request", (request) => seen.push(request.url()));
    page.evaluate(() => app.connect()).catch(() => {}); // It leaves the page.
    await answer(page, "Allow");
    assert.match(page.url(), /[?&]code=/);
    assert.equal(await page.evaluate(() => app.complete()), true);
    assert.equal(page.url(), `${app}/callback`);
    assert.equal(await page.evaluate(() => app.complete()), false);
    assert.equal(await page.evaluate(() => app.call("echo", { text: "hello" })), "hello");
    const token = await page.evaluate(() => app.token());
    assert.ok(!seen.some((url) => url.includes(token)));

    // A tool that needs more: the union of scopes is asked for.
    assert.equal(await page.evaluate(() => app.call("add", { a: 1, b: 2 })), "UnauthorizedError");
    await page.waitForURL(/__consent/);
    const scopes = new URL(page.url()).searchParams.get("scope").split(" ").sort();
    assert.deepEqual(scopes, ["mcp:execute", "mcp:read", "offline_access"]);
    await answer(page, "Allow");
    assert.equal(await page.evaluate(() => app.complete()), true);
    assert.equal(await page.evaluate(() => app.call("add", { a: 1, b: 2 })), "3");

    // Two tabs, of one storage: each refresh token is used once, or its second use would end the connection.
    const other = await open(opened);
    for (let round = 0; round < 2; round++) {
      const before = await page.evaluate(() => app.token());
      await page.waitForFunction((before) => app.token().then((token) => token !== before), before);
      const both = () =>
        Promise.all([page, other].map((tab) => tab.evaluate(() => Promise.all([app.token(), app.token()]))));
      assert.ok((await both()).flat().every((token) => typeof token === "string"));
    }
    assert.equal(await other.evaluate(() => app.connect()), true);
    assert.equal(await other.evaluate(() => app.call("echo", { text: "there" })), "there");
  });
});
