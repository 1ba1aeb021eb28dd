// What only a browser does, in Chromium: passkeys with its virtual authenticator, and the pages that it is sent to.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { addAuthenticator } from "../matrix/authenticator.mjs";
import { startServer } from "../suite/server.mjs";

describe("in Chromium", () => {
  let server;
  let pages;
  let browser;
  let app;
  let api;
  before(async () => {
    pages = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<!doctype html><title>app</title>"),
    );
    pages.listen(0, "127.0.0.1");
    await once(pages, "listening");
    app = `http://localhost:${pages.address().port}`;
    server = await startServer("--oauth-return-url", app, "--mcp-consent");
    api = server.baseUrl.replace("127.0.0.1", "localhost");
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  });
  after(async () => {
    await browser?.close();
    pages.close();
    await server.stop();
  });

  async function open(context) {
    const opened = await browser.newContext();
    context.after(() => opened.close());
    const page = await opened.newPage();
    await page.goto(app);
    return page;
  }

  const call = (page, path, options = {}) =>
    page.evaluate(
      async ([url, options]) => {
        const init = { credentials: "include", ...options };
        if (options.body !== undefined) {
          init.method = "POST";
          init.body = JSON.stringify(options.body);
          init.headers = { "content-type": "application/json", ...options.headers };
        }
        const response = await fetch(url, init);
        return { status: response.status, body: await response.json() };
      },
      [api + path, options],
    );

  async function code(to) {
    const { mails } = await (await fetch(new URL(`/__outbox?kind=email-otp&to=${to}`, server.baseUrl))).json();
    return mails.at(-1).code;
  }

  it("registers a passkey and signs in with it, by cookie", async (context) => {
    const page = await open(context);
    await addAuthenticator(page);
    await call(page, "/auth/email-otp/send", { body: { email: "p@x.test" } });
    const otp = { email: "p@x.test", code: await code("p@x.test") };
    const { body: signedIn } = await call(page, "/auth/email-otp/verify", { body: otp });
    const headers = { authorization: `Bearer ${signedIn.session.token}` };
    const { body: options } = await call(page, "/auth/passkey/register/options", { body: {}, headers });
    const created = await page.evaluate(async (options) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      publicKey.user.id = new TextEncoder().encode(options.user.id);
      return (await navigator.credentials.create({ publicKey })).toJSON();
    }, options);
    const registered = await call(page, "/auth/passkey/register/verify", { body: { response: created }, headers });
    assert.equal(registered.status, 200, JSON.stringify(registered.body));
    assert.equal((await call(page, "/auth/session")).status, 401, "no cookie yet");
    const { body: challenge } = await call(page, "/auth/passkey/authenticate/options", { body: {} });
    const asserted = await page.evaluate(async (options) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      return (await navigator.credentials.get({ publicKey })).toJSON();
    }, challenge);
    const answer = await call(page, "/auth/passkey/authenticate/verify", { body: { response: asserted } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal((await call(page, "/auth/session")).body.user.email, "p@x.test");
    await call(page, "/auth/sign-out", { body: {} });
    assert.equal((await call(page, "/auth/session")).status, 401);
  });

  it("signs in at the provider, and says nothing to one who denies", async (context) => {
    const page = await open(context);
    await page.goto(`${api}/auth/oauth/authorize/local`);
    await page.fill("input[name=email]", "Idp@X.test");
    await page.fill("input[name=name]", "Idp");
    await page.click("text=Allow");
    await page.waitForURL(/auth_user/);
    const landed = new URL(page.url());
    assert.equal(landed.origin, app);
    const { body } = await call(page, "/auth/session");
    assert.deepEqual(body.user, { ...JSON.parse(landed.searchParams.get("auth_user")), name: "Idp" });
    assert.equal(body.user.email, "Idp@X.test");
    await call(page, "/auth/sign-out", { body: {} });
    await page.goto(`${api}/auth/oauth/authorize/local`);
    await page.click("text=Deny");
    assert.match(await page.textContent("body"), /Missing code or state query parameter/);
  });

  it("signs in and consents for an MCP client", async (context) => {
    const page = await open(context);
    const redirectUri = `${app}/cb`;
    const registration = {
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: "none",
      client_name: "<b>Tool</b>",
    };
    const { body: client } = await call(page, "/mcp/register", { body: registration, credentials: "omit" });
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      ...{ response_type: "code", client_id: client.client_id, redirect_uri: redirectUri, state: "st" },
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      ...{ code_challenge_method: "S256", scope: "mcp:read offline_access", resource: "https://tools.test/mcp" },
    });
    await page.goto(`${api}/mcp/authorize?${query}`);
    await page.fill("input[name=email]", "m@x.test");
    await page.click("button");
    await page.waitForSelector("input[name=code]");
    await page.fill("input[name=code]", "wrong");
    await page.click("button");
    assert.match(await page.textContent("[role=alert]"), /Invalid or expired/);
    await page.fill("input[name=code]", await code("m@x.test"));
    await page.click("button");
    await page.waitForSelector("text=Allow access?");
    assert.equal(await page.textContent("p b"), "<b>Tool</b>", "names are text");
    await page.click("text=Allow >> nth=-1");
    await page.waitForURL(/code=/);
    const landed = new URL(page.url()).searchParams;
    assert.equal(landed.get("state"), "st");
    const body = {
      ...{ grant_type: "authorization_code", client_id: client.client_id, redirect_uri: redirectUri },
      ...{ code: landed.get("code"), code_verifier: verifier },
    };
    const { status, body: tokens } = await call(page, "/mcp/token", { body, credentials: "omit" });
    assert.equal(status, 200, JSON.stringify(tokens));
    const claims = JSON.parse(Buffer.from(tokens.access_token.split(".")[1], "base64url"));
    assert.deepEqual(Object.keys(claims), ["sub", "client_id", "scope", "jti", "iss", "aud", "iat", "exp"]);
    assert.deepEqual([claims.iss, claims.aud], [new URL(api).origin, "https://tools.test/mcp"]);
    await page.goto(`${api}/mcp/authorize?${query}`);
    await page.click("text=Deny");
    await page.waitForURL(/error=access_denied&state=st/);
  });
});
