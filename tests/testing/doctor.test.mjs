// `npx kavachos-wasm doctor` against the local server, and against servers on which something is wrong.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";

const program = new URL("./cli.js", process.env.KAVACHOS_PACKAGE).pathname;

async function doctor(...options) {
  const child = spawn(process.execPath, [program, "doctor", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  let [said, failed] = ["", ""];
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (failed += chunk));
  const [code] = await once(child, "close");
  return { code, said, failed };
}

async function found(...options) {
  const { code, said, failed } = await doctor(...options, "--json");
  assert.equal(failed, "");
  const findings = JSON.parse(said);
  assert.equal(code, findings.some(({ level }) => level === "problem") ? 1 : 0);
  return Object.fromEntries(findings.map((finding) => [finding.about, finding]));
}

async function local(context, ...options) {
  const server = await startServer(...options);
  context.after(() => server.stop());
  return server.baseUrl;
}

/** A server of which each request is answered in this way; `null` passes it on. */
async function front(context, answer, target) {
  const http = createServer(async (request, response) => {
    const special = answer(request);
    if (special) return response.writeHead(special.status ?? 200, special.headers).end(special.body ?? "");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => name !== "host" && name !== "connection"),
    );
    const answered = await fetch(new URL(request.url, target), { method: request.method, headers, body });
    const { date, ...more } = Object.fromEntries(answered.headers);
    delete more["content-length"];
    delete more.connection;
    response.sendDate = false;
    response.writeHead(answered.status, { ...more, date: special?.date ?? answer.date ?? date });
    response.end(Buffer.from(await answered.arrayBuffer()));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  context.after(() => {
    http.close();
    http.closeAllConnections();
  });
  return `http://127.0.0.1:${http.address().port}/api/kavach`;
}

describe("the doctor", () => {
  it("says what a server in the adapter dialect has", async (context) => {
    const findings = await found(await local(context, "--dialect", "adapter"));
    const levels = Object.fromEntries(Object.entries(findings).map(([about, { level }]) => [about, level]));
    assert.deepEqual(levels, { dialect: "ok", mount: "ok", "sign-in": "ok", plugins: "note", mcp: "ok", clock: "ok" });
    assert.match(findings.dialect.text, /adapter/);
    assert.match(findings["sign-in"].text, /password, magic link, e-mail code, OAuth \(local\)\.$/);
    assert.match(findings.plugins.text, /two-factor authentication, passkeys, API keys, organizations, administration/);
  });

  it("says what a server in the sdk dialect has", async (context) => {
    const findings = await found(await local(context, "--dialect", "sdk"));
    assert.match(findings.dialect.text, /sdk/);
    assert.match(findings["sign-in"].text, /password/);
  });

  it("finds plugins that a mount does not reach, and what is not configured", async (context) => {
    for (const mount of ["sveltekit", "fastify", "route"]) {
      const { mount: finding } = await found(await local(context, "--mount", mount));
      assert.equal(finding.level, "problem", mount);
      assert.match(finding.advice, /mount\(\)/);
    }
    assert.equal((await found(await local(context, "--no-mcp"))).mcp.level, "note");
  });

  it("looks at CORS for an origin", async (context) => {
    const origin = "http://localhost:5173";
    const allowing = await local(context);
    assert.equal((await found(allowing, "--origin", origin)).cors.level, "ok");
    assert.equal((await found(allowing, "--origin", "https://evil.test")).cors.level, "problem");
    assert.equal((await found(await local(context, "--no-cors"), "--origin", origin)).cors.level, "problem");
    const preflight = (headers) => (request) => request.method === "OPTIONS" && { status: 204, headers };
    const any = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };
    const cookieless = await found(await front(context, preflight(any), allowing), "--origin", origin);
    assert.equal(cookieless.cors.level, "note");
    const { "access-control-allow-origin": only } = any;
    const without = preflight({ "access-control-allow-origin": only, "access-control-allow-headers": "content-type" });
    const { cors } = await found(await front(context, without, allowing), "--origin", origin);
    assert.deepEqual([cors.level, cors.text], ["problem", "Pages may not send: authorization."]);
  });

  it("finds a clock that is wrong", async (context) => {
    const target = await local(context);
    for (const [offset, word] of [
      [-3600_000, /\d+ seconds behind/],
      [3600_000, /\d+ seconds ahead/],
    ]) {
      const answer = () => null;
      answer.date = new Date(Date.now() + offset).toUTCString();
      const { clock } = await found(await front(context, answer, target));
      assert.equal(clock.level, "problem");
      assert.match(clock.text, word);
    }
  });

  it("finds URLs that do not lead to a server", async (context) => {
    const base = await local(context);
    assert.match((await found(new URL("/", base).href)).mount.advice, /base path/);
    const page = await front(context, () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html>" }));
    assert.match((await found(page)).mount.text, /web page/);
    const moved = await front(context, () => ({ status: 308, headers: { location: "https://x.test/" } }));
    assert.match((await found(moved)).mount.text, /redirects \(308\)/);
    const other = await front(context, () => ({ body: '{"ok":true}' }));
    assert.equal((await found(other)).dialect.level, "problem");
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address();
    closed.close();
    assert.match((await found(`http://127.0.0.1:${port}`)).reach.text, /ECONNREFUSED/);
  });

  it("says what a server wants that lists agents for some only", async (context) => {
    for (const [body, dialect] of [
      ['{"error":{"code":"UNAUTHORIZED","message":"no"}}', /adapter/],
      ['{"code":"UNAUTHORIZED","message":"no"}', /sdk/],
    ]) {
      const url = await front(context, () => ({ status: 401, headers: { "content-type": "application/json" }, body }));
      const findings = await found(url);
      assert.match(findings.dialect.text, dialect);
      assert.match(findings.token.advice, /token/);
    }
    const body = '{"error":{"code":"HOST_NOT_ALLOWED","message":"no"}}';
    assert.match((await found(await front(context, () => ({ status: 403, body })))).host.advice, /--allow-host/);
  });

  it("prints lines for people, and refuses what is no URL without repeating it", async (context) => {
    const { code, said } = await doctor(await local(context));
    assert.equal(code, 0);
    assert.match(said, /^✓ The server speaks the adapter dialect\.\n/);
    for (const wrong of [[], ["ftp://x"], ["http://user:hunter2@127.0.0.1/"], ["http://127.0.0.1", "--origin", "x"]]) {
      const { code: failure, failed } = await doctor(...wrong);
      assert.equal(failure, 1);
      assert.match(failed, /^kavachos-wasm: /);
      assert.doesNotMatch(failed, /hunter2/);
    }
  });
});
