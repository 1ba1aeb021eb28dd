// Whom the local server answers: programs and pages of this machine, and whom its options name. Its management routes are
// open, so that a page of a foreign site must not reach them through its visitor's browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";
import { exchange } from "./raw.mjs";

const OWNER = "user-123";
const AGENT = JSON.stringify({
  ...{ ownerId: OWNER, name: "reader", type: "autonomous" },
  permissions: [{ resource: "mcp:*", actions: ["read"] }],
});
const code = ({ body }) => body.code ?? body.error?.code;

for (const dialect of ["sdk", "adapter"]) {
  describe(`hosts and origins (${dialect})`, () => {
    let server;
    let port;
    const get = (...lines) => exchange(server, { lines });
    const local = () => `host: 127.0.0.1:${port}`;
    before(async () => {
      const allowed = ["--allow-host", "Kavach.test", "--allow-host", "proxy.test:8443"];
      const origins = ["--allow-origin", "https://App.example", "--allow-origin", "null"];
      server = await startServer("--dialect", dialect, ...allowed, ...origins);
      port = new URL(server.baseUrl).port;
    });
    after(() => server.stop());

    it("answers loopback hosts on any port, and those that are named", async () => {
      for (const host of [
        ...["127.0.0.1", `127.0.0.1:${port}`, "localhost", "LocalHost:3000", "[::1]", `[::1]:${port}`],
        ...["kavach.test", "kavach.test:80", "KAVACH.TEST:8787", "proxy.test:8443"],
      ]) {
        assert.equal((await get(`Host: ${host}`)).status, 200, host);
      }
    });

    it("refuses other hosts, and says what would allow them", async () => {
      for (const host of [
        ...[
          "evil.example",
          `evil.example:${port}`,
          "localhost.evil.example",
          "127.0.0.1.evil.example",
          "evil-localhost",
        ],
        ...["127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.0.0.1:80:80", "localhost:x", "[::1].evil.example"],
        ...["[::1", "::1", "0.0.0.0", "127.0.0.2", "10.0.0.1", "proxy.test", "proxy.test:443", "sub.kavach.test"],
        ...["", ":80", "localhost, evil.example", "localhost/"],
      ]) {
        const refused = await get(`Host: ${host}`);
        assert.deepEqual([refused.status, code(refused)], [403, "HOST_NOT_ALLOWED"], host);
      }
      const refused = await get("Host: evil.example");
      assert.match((refused.body.error ?? refused.body).message, /--allow-host evil\.example/);
    });

    it("refuses a request that names no host, two, or a foreign one in its first line", async () => {
      for (const lines of [[], ["Host: localhost", "Host: evil.example"], ["Host: evil.example", "Host: localhost"]]) {
        assert.equal((await get(...lines)).status, 403, lines.join());
      }
      const absolute = (host) => exchange(server, { lines: [local()], target: `http://${host}/api/kavach/agents` });
      assert.equal((await absolute("evil.example")).status, 403);
      assert.equal((await absolute(`localhost:${port}`)).status, 200);
    });

    it("answers pages of loopback and of the named origins, and tells the browser so", async () => {
      for (const origin of [
        ...["http://127.0.0.1:40123", "http://localhost", "http://localhost:5173", "https://localhost:5173"],
        ...["http://[::1]:3000", "https://app.example", "null"],
      ]) {
        const answered = await get(local(), `Origin: ${origin}`);
        assert.deepEqual([answered.status, answered.headers["access-control-allow-origin"]], [200, origin]);
        assert.match(answered.headers.vary, /origin/i);
        const asked = ["Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization"];
        const preflight = await exchange(server, {
          method: "OPTIONS",
          lines: [local(), `Origin: ${origin}`, ...asked],
        });
        assert.deepEqual([preflight.status, preflight.headers["access-control-allow-origin"]], [200, origin]);
      }
    });

    it("refuses pages of other origins before anything is done", async () => {
      for (const origin of [
        ...[
          "https://evil.example",
          "http://app.example",
          "https://app.example:8443",
          "https://app.example.evil.example",
        ],
        ...[
          "https://sub.app.example",
          "http://localhost.evil.example",
          "http://127.0.0.1.evil.example:80",
          "http://evil@localhost",
        ],
        ...[
          "file://localhost",
          "chrome-extension://localhost",
          "localhost",
          "http://",
          "",
          "http://localhost:80, null",
        ],
      ]) {
        const lines = [local(), `Origin: ${origin}`];
        const refused = await exchange(server, {
          method: "POST",
          lines: [...lines, "content-type: application/json"],
          body: AGENT,
        });
        assert.deepEqual([refused.status, code(refused)], [403, "ORIGIN_NOT_ALLOWED"], origin);
        assert.equal(refused.headers["access-control-allow-origin"], undefined, origin);
        const preflight = await exchange(server, {
          ...{ method: "OPTIONS", lines: [...lines, "Access-Control-Request-Method: POST"] },
        });
        assert.equal(preflight.status, 403, origin);
      }
      const twice = [local(), "Origin: http://localhost", "Origin: https://evil.example"];
      assert.equal((await get(...twice)).status, 403);
      assert.equal(
        (await exchange(server, { path: "/nothing", lines: [local(), "Origin: https://evil.example"] })).status,
        403,
      );
      const { body } = await get(local());
      assert.deepEqual(body.data ?? body, [], "no agent has been made");
    });

    it("refuses what a page of another site embeds, and follows links to it", async () => {
      const embedded = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"];
      assert.equal((await get(local(), ...embedded)).status, 403);
      assert.equal((await get(local(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")).status, 200);
      assert.equal((await get(local(), "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors")).status, 200);
    });
  });
}

it("hosts and origins that are invalid are refused at the start", () => {
  for (const [option, text] of [
    ...["", "a b", "http://kavach.test", "kavach.test/", "kavach.test:x", "*"].map((text) => ["--allow-host", text]),
    ...["", "*", "app.example", "https://app.example/", "https://", "https://a b"].map((text) => [
      "--allow-origin",
      text,
    ]),
  ]) {
    const ended = spawnSync(process.env.KAVACHOS_SERVER, [`${option}=${text}`], { encoding: "utf8", timeout: 10_000 });
    assert.deepEqual([ended.status, ended.stdout], [2, ""], `${option} ${text}`);
    assert.match(ended.stderr, /^kavachos-server: .+ Try --help\.\n$/);
  }
});
