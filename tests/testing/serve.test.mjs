// `npx kavachos-wasm serve`: the server over HTTP.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";

const entry = process.env.KAVACHOS_PACKAGE;
const program = new URL("./cli.js", entry).pathname;
const { KavachClient, read } = await import(entry);

async function serve(context, ...options) {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", ...options], { stdio: "pipe" });
  context.after(() => child.kill("SIGKILL"));
  let mails = "";
  child.stderr.on("data", (chunk) => (mails += chunk));
  const [line] = await once(createInterface(child.stdout), "line");
  const [, url] = /^listening on (http:\/\/127\.0\.0\.1:\d+\S*)$/.exec(line);
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { url, stop, mails: () => mails };
}

async function run(...options) {
  const child = spawn(process.execPath, [program, ...options], { stdio: "pipe" });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const [code] = await once(child, "close");
  return { code, said };
}

describe("npx kavachos-wasm serve", () => {
  it("serves both dialects, with examples, and prints mails", async (context) => {
    for (const dialect of ["adapter", "sdk"]) {
      const { url, mails } = await serve(context, "--dialect", dialect, "--seed");
      const kavach = new KavachClient({ baseUrl: url });
      const [agent] = await kavach.agents.list();
      assert.equal(agent.name, "github-reader");
      await kavach.auth.signUp({ email: "ann@x.test", password: "long enough" });
      if (dialect === "adapter") assert.match(mails(), /^mail to ann@x\.test: /);
    }
  });

  it("keeps everything in a file, for its owner's eyes only", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "kavachos-"));
    context.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "data.json");
    const first = await serve(context, "--data", file);
    const permissions = [read("mcp:github:*")];
    const input = { ownerId: "user-123", name: "kept", type: "service", permissions };
    const { id, token } = await new KavachClient({ baseUrl: first.url }).agents.create(input);
    await first.stop();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const second = await serve(context, "--data", file);
    const kavach = new KavachClient({ baseUrl: second.url });
    assert.equal((await kavach.agents.get(id)).name, "kept");
    const asked = { action: "read", resource: "mcp:github:x" };
    assert.equal((await kavach.auth.authorizeByToken(token, asked)).allowed, true);
    await second.stop();
    writeFileSync(file, "[1");
    const { code, said } = await run("serve", "--port", "0", "--data", file);
    assert.deepEqual([code, /holds no snapshot of this server/.test(said)], [1, true]);
  });

  it("refuses foreign hosts and pages, and bodies that are too long", async (context) => {
    const { url } = await serve(context);
    const { port } = new URL(url);
    const status = (headers, body) =>
      new Promise((resolve, reject) => {
        const options = { port, host: "127.0.0.1", path: "/api/kavach/agents", method: body ? "POST" : "GET", headers };
        const asked = request(options, (response) => resolve(response.resume().statusCode));
        asked.once("error", reject).end(body);
      });
    assert.equal(await status({}), 200);
    assert.equal(await status({ host: "evil.test" }), 403);
    assert.equal(await status({ origin: "https://evil.test" }), 403);
    assert.equal(await status({ "content-type": "application/json" }, "x".repeat(1024 * 1024 + 1)), 413);
  });

  it("explains itself, and refuses what is wrong", async () => {
    const { code, said } = await run("--help");
    assert.deepEqual([code, /kavachos-wasm serve.*\n/.test(said), /doctor URL/.test(said)], [0, true, true]);
    for (const [options, message] of [
      [["sevre"], /no command sevre/],
      [["serve", "--port", "99999"], /--port/],
      [["serve", "--clock", "noon"], /--clock/],
      [["serve", "--dialect", "rest"], /sdk and adapter/],
      [["serve", "--no-such"], /no-such/],
    ]) {
      const wrong = await run(...options);
      assert.notEqual(wrong.code, 0);
      assert.match(wrong.said, message);
    }
  });
});
