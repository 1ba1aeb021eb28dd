// The content security policy of the dashboard: where the page may send requests, as one configures it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  connectSrcOf,
  policyElement,
  securityPolicy,
  withoutPolicyElement,
} from "../../www-example/dashboard/security-policy.mjs";
import { serveDashboard } from "../../www-example/dashboard-server.mjs";
import { dashboard } from "./fixture.mjs";

const directive = (policy, name) => policy.split("; ").find((text) => text.startsWith(`${name} `));
const connectSrc = (value) => directive(securityPolicy({ connectSrc: value }), "connect-src");
const program = fileURLToPath(new URL("../../www-example/dashboard-server.mjs", import.meta.url));

describe("the policy", () => {
  it("lets the page talk to its own origin, to servers over TLS, and to loopback, unless one says otherwise", () => {
    const expected = "connect-src 'self' http://127.0.0.1:* http://localhost:* https:";
    assert.equal(directive(securityPolicy(), "connect-src"), expected);
    assert.equal(connectSrc(undefined), expected);
  });

  it("takes sources of every kind, beside the page's own origin", () => {
    for (const [sources, expected] of [
      ["https://api.example.com", "'self' https://api.example.com"],
      ["  https://a.example\n https://b.example:8443 ", "'self' https://a.example https://b.example:8443"],
      ["'self'", "'self'"],
      ["", "'self'"],
      ["*.example.com wss: http://10.0.0.5:*", "'self' *.example.com wss: http://10.0.0.5:*"],
      ["https://api.example.com/api/kavach/", "'self' https://api.example.com/api/kavach/"],
      ["localhost:4000", "'self' localhost:4000"],
    ])
      assert.equal(connectSrc(sources), `connect-src ${expected}`);
  });

  it("refuses what could say something else", () => {
    for (const source of [
      ...[
        "https://a.example; script-src *",
        "https://a.example;",
        "https://a.example, default-src *",
        "'unsafe-inline'",
      ],
      ...[
        "'none'",
        "'unsafe-eval'",
        "data:",
        "javascript:",
        'https://"><script>',
        "https://a.example\u00a0;x",
        "http://[::1]",
      ],
      ...["https://user@a.example", "a.example?x", "https://a.example#x", "https://ünï.example", "https://a.example\0"],
    ])
      assert.throws(
        () => securityPolicy({ connectSrc: source }),
        { name: "TypeError", message: /^connect-src takes/ },
        source,
      );
  });

  it("is within a page too, where hosts send no header, and can be taken out of it", () => {
    const element = policyElement("https://api.example.com");
    assert.match(element, /connect-src 'self' https:\/\/api\.example\.com;/);
    assert.ok(!element.includes("frame-ancestors"), "browsers take that from headers only");
    assert.equal(withoutPolicyElement(`<head>${element}</head>`), "<head></head>");
  });

  it("comes from the environment, where that says something", () => {
    assert.equal(connectSrcOf({ KAVACHOS_CONNECT_SRC: " https://a.example " }), "https://a.example");
    for (const env of [{}, { KAVACHOS_CONNECT_SRC: "" }, { KAVACHOS_CONNECT_SRC: " " }])
      assert.equal(connectSrcOf(env), undefined);
  });
});

describe("the policy of the server", () => {
  async function served(args, env = {}) {
    const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
    const ended = once(child, "exit");
    try {
      const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
      if (value === undefined) throw new Error(`ended with code ${(await ended)[0]}`);
      const answer = await fetch(/http:\S+/.exec(value)[0]);
      return { policy: answer.headers.get("content-security-policy"), html: await answer.text() };
    } finally {
      child.kill();
    }
  }
  const directory = process.env.KAVACHOS_DASHBOARD;

  it("is that of the page by default", async () => {
    const { policy, html } = await served([directory, "0"]);
    assert.equal(policy, securityPolicy());
    assert.ok(html.includes(policyElement()), "the build has it within the page");
    assert.ok(html.indexOf("http-equiv") < html.indexOf("<script"), "before anything that it is about");
  });

  it("follows --connect-src and KAVACHOS_CONNECT_SRC, whatever the page was built with", async () => {
    const env = { KAVACHOS_CONNECT_SRC: "https://env.example" };
    for (const [args, sources] of [
      [["--connect-src", "http://10.0.0.5:3000 https://api.example"], "http://10.0.0.5:3000 https://api.example"],
      [["--connect-src="], ""],
      [[], "https://env.example"],
    ]) {
      const { policy, html } = await served([...args, directory, "0"], env);
      assert.equal(policy, securityPolicy({ connectSrc: sources }));
      assert.ok(!html.includes("http-equiv"), "the page has none that is narrower");
    }
  });

  it("is refused where it would say something else", async () => {
    await assert.rejects(served(["--connect-src", "x; script-src *", directory, "0"]), /ended with code 2/);
    await assert.rejects(serveDashboard({ directory, connectSrc: "x; script-src *" }), TypeError);
  });
});

describe("the server of the dashboard", () => {
  it("compresses what browsers take compressed, and sends nothing that they have", async () => {
    const { url, close } = await serveDashboard({ directory: process.env.KAVACHOS_DASHBOARD });
    const get = (path, headers) => fetch(new URL(path, url), { headers });
    try {
      const plain = await get("/", { "accept-encoding": "identity" });
      const html = await plain.text();
      assert.equal(plain.headers.get("content-encoding"), null);
      assert.equal(plain.headers.get("vary"), "accept-encoding");
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)[1];
      const whole = (await (await get(script, { "accept-encoding": "identity" })).arrayBuffer()).byteLength;
      for (const [accepted, encoding] of [
        ["gzip, deflate, br", "br"],
        ["gzip;q=0.5, br;q=0", "gzip"],
        ["deflate", null],
      ]) {
        const answer = await get(script, { "accept-encoding": accepted });
        assert.equal(answer.headers.get("content-encoding"), encoding, accepted);
        assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
        const sent = Number(answer.headers.get("content-length"));
        assert.ok(encoding === null ? sent === whole : sent < whole / 2, `${sent} of ${whole}`);
        assert.equal((await answer.arrayBuffer()).byteLength, whole);
        const again = await get(script, { "accept-encoding": accepted, "if-none-match": answer.headers.get("etag") });
        assert.deepEqual([again.status, await again.text()], [304, ""]);
      }
      const page = await get("/agents", { "if-none-match": plain.headers.get("etag") });
      assert.equal(page.status, 304);
      assert.equal(page.headers.get("cache-control"), "no-cache");
      assert.equal((await get("/", { "if-none-match": '"another"' })).status, 200);
    } finally {
      await close();
    }
  });
});

describe("the policy in a browser", () => {
  const fixture = dashboard({ dialect: "sdk", server: ["--showcase", "--showcase-rows", "200"] });

  it("lets the page talk to the named server only, and the page says so", async () => {
    const { origin } = new URL(fixture.baseUrl);
    const api = await serveDashboard({ directory: process.env.KAVACHOS_DASHBOARD, connectSrc: origin });
    const alone = await serveDashboard({ directory: process.env.KAVACHOS_DASHBOARD, connectSrc: "'self'" });
    const [first] = [fixture.url];
    fixture.url = api.url;
    const page = await fixture.open("/audit");
    await page.locator("tr[data-entry]").first().waitFor();
    await fixture.close(page);
    fixture.url = alone.url;
    const blocked = await fixture.open("/audit", { connect: false });
    await blocked.getByRole("button", { name: "Connect", exact: true }).click();
    await blocked.getByRole("alert").getByText(`lets it send nothing to ${origin}`).waitFor();
    await fixture.close(blocked, { expected: [/Content Security Policy/] });
    fixture.url = first;
    await Promise.all([api.close(), alone.close()]);
  });
});
