// The server of the dashboard: its files, links into it, and nothing else on this machine.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { serveDashboard } from "../../www-example/dashboard-server.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "manifest-src 'self'; connect-src 'self' http://127.0.0.1:* http://localhost:* https:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

let folder;
let site;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "kavachos-"));
  const files = {
    "secret.txt": "not for the web",
    "built-elsewhere/secret.txt": "nor this",
    "built/index.html": "<!doctype html><title>Dashboard</title>",
    "built/favicon.svg": "<svg/>",
    "built/assets/index-abc123.js": "export {};",
    "built/assets/kavachos-abc123.wasm": "\0asm",
    "built/assets/what-abc123.blob": "bytes",
  };
  for (const directory of ["built-elsewhere", "built/assets"]) mkdirSync(join(folder, directory), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync(join(folder, "secret.txt"), join(folder, "built/link.txt"));
  site = await serveDashboard({ directory: join(folder, "built") });
});
after(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

// As it is, where `fetch` would tidy the path up.
function ask(path, method = "GET") {
  return new Promise((resolve, reject) => {
    const { port } = new URL(site.url);
    const asked = request({ host: "127.0.0.1", port, path, method }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    asked.on("error", reject).end();
  });
}

describe("the dashboard's server", () => {
  for (const [path, type, lasting] of [
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/favicon.svg", "image/svg+xml", "no-cache"],
    ["/assets/index-abc123.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/assets/kavachos-abc123.wasm", "application/wasm", "public, max-age=31536000, immutable"],
    ["/assets/what-abc123.blob", "application/octet-stream", "public, max-age=31536000, immutable"],
  ]) {
    it(`serves ${path}`, async () => {
      const { status, headers, body } = await ask(path);
      assert.deepEqual([status, headers["content-type"], headers["cache-control"]], [200, type, lasting]);
      assert.equal(headers["content-security-policy"], POLICY);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["cross-origin-opener-policy"], "same-origin");
      assert.ok(body.length > 0);
      const head = await ask(path, "HEAD");
      assert.deepEqual([head.status, head.body], [200, ""]);
      assert.equal(head.headers["content-length"], headers["content-length"]);
    });
  }

  it("opens links into the dashboard", async () => {
    for (const path of [
      "/agents",
      "/agents/0b1c6f3e-7d7d-4c7e-9d0a-3f2a1b0c9d8e?tab=audit.log",
      "/audit/",
      "/a%20b/%C3%BC",
    ]) {
      const { status, headers, body } = await ask(path);
      assert.deepEqual([status, headers["cache-control"]], [200, "no-cache"], path);
      assert.match(body, /Dashboard/);
    }
  });

  it("has no other files, wherever they lie", async () => {
    const outside = [
      ...["/missing.js", "/assets/missing.js", "/assets.d", "/link.txt", "/../secret.txt", "/assets/../../secret.txt"],
      ...["/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/../built-elsewhere/secret.txt"],
      ...["/..%5csecret.txt", "//secret.txt", "/secret.txt%00.js", `${join(folder, "secret.txt")}`],
    ];
    for (const path of outside) {
      const { status, headers, body } = await ask(path);
      assert.deepEqual([status, body], [404, "404 Not Found"], path);
      assert.equal(headers["content-security-policy"], POLICY);
    }
  });

  it("refuses what it does not understand", async () => {
    assert.equal((await ask("/%E0%A4%A.js")).status, 400);
    const post = await ask("/", "POST");
    assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
  });

  it("says so where nothing has been built", async () => {
    await assert.rejects(serveDashboard({ directory: join(folder, "nowhere") }), /holds no built dashboard/);
    await assert.rejects(serveDashboard({ directory: join(folder, "built-elsewhere") }), /no index\.html/);
  });
});
