// What the demo starts: live traffic on the showcase, and all of it together.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { traffic } from "../../www-example/traffic.mjs";
import { startServer } from "../suite/server.mjs";

const { KavachClient, read } = await import(process.env.KAVACHOS_PACKAGE);

async function until(what, check) {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
    const found = await check();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}

describe("the traffic", () => {
  for (const dialect of ["sdk", "adapter"]) {
    it(`is of all kinds, by many agents, and stops at once (${dialect})`, async (context) => {
      const server = await startServer("--showcase", "--showcase-rows", "0", "--dialect", dialect);
      context.after(() => server.stop());
      const kavach = new KavachClient({ baseUrl: server.baseUrl });
      const stop = new AbortController();
      const ended = traffic({ kavach, signal: stop.signal, pace: 100 });
      const kinds = { allowed: /^$/, approval: /human approval/, denied: /^No permission grants/ };
      const entries = await until("an entry of each kind", async () => {
        const written = await kavach.audit.query();
        return Object.values(kinds).every((kind) => written.some(({ reason }) => kind.test(reason ?? ""))) && written;
      });
      stop.abort();
      await ended;
      assert.ok(new Set(entries.map(({ agentId }) => agentId)).size > 3);
      const { length } = await kavach.audit.query();
      await sleep(200);
      assert.equal((await kavach.audit.query()).length, length);
    });
  }

  it("lets agents alone that have been revoked", async (context) => {
    const server = await startServer("--showcase", "--showcase-rows", "0", "--dialect", "sdk");
    context.after(() => server.stop());
    const kavach = new KavachClient({ baseUrl: server.baseUrl });
    const [kept, ...others] = await kavach.agents.list({ status: "active" });
    for (const { id } of others) await kavach.agents.revoke(id);
    const ended = traffic({ kavach, signal: AbortSignal.timeout(600), pace: 100 });
    await ended;
    const callers = new Set((await kavach.audit.query()).map(({ agentId }) => agentId));
    assert.deepEqual([...callers], [kept.id]);
  });

  it("does not flood a server that fails or cannot be reached, and goes on when it is back", async (context) => {
    const real = await startServer("--showcase", "--showcase-rows", "0", "--dialect", "sdk");
    context.after(() => real.stop());
    const port = Number(new URL(real.baseUrl).port);
    let asked = 0;
    let down = true;
    const front = createServer((socket) => {
      socket.on("error", () => {});
      if (!down) return socket.pipe(connect(port, "127.0.0.1").on("error", () => {})).pipe(socket);
      asked += 1;
      if (asked % 2) return socket.destroy();
      socket.once("data", () => socket.end("HTTP/1.1 503 Away\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    });
    await new Promise((resolve) => front.listen(0, "127.0.0.1", resolve));
    context.after(() => front.close());
    const baseUrl = `http://127.0.0.1:${front.address().port}/api/kavach`;
    const stop = new AbortController();
    const ended = traffic({ kavach: new KavachClient({ baseUrl, dialect: "sdk" }), signal: stop.signal, pace: 1000 });
    await sleep(2500);
    assert.ok(asked >= 1 && asked <= 4, `${asked} requests`);
    down = false;
    const direct = new KavachClient({ baseUrl: real.baseUrl, dialect: "sdk" });
    await until("a call", async () => (await direct.audit.query({ limit: 1 })).length > 0);
    stop.abort();
    await ended;
  });

  it("rejects where there is nobody to act as, or no such client", async (context) => {
    const server = await startServer("--dialect", "sdk");
    context.after(() => server.stop());
    const kavach = new KavachClient({ baseUrl: server.baseUrl });
    await kavach.agents.create({ ownerId: "user-123", name: "other", type: "service", permissions: [read("a")] });
    await assert.rejects(traffic({ kavach }), /none of the agents of the showcase/);
    await assert.rejects(traffic({ kavach: {} }), TypeError);
  });
});

describe("the demo", () => {
  for (const built of [true, false]) {
    it(`ends with what to open, ${built ? "the dashboard first" : "without a dashboard that is not built"}`, async (context) => {
      const directory = mkdtempSync(join(tmpdir(), "kavachos-"));
      context.after(() => rmSync(directory, { recursive: true }));
      writeFileSync(join(directory, "index.html"), "<!doctype html><title>A dashboard</title>");
      const demo = spawn(
        process.execPath,
        [fileURLToPath(new URL("../../www-example/demo.mjs", import.meta.url)), "--no-open"],
        {
          env: { ...process.env, KAVACHOS_DASHBOARD: built ? directory : "" },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      context.after(() => demo.kill("SIGKILL"));
      const ended = new Promise((resolve) => demo.once("exit", resolve));
      const lines = [];
      for await (const line of createInterface(demo.stdout)) {
        lines.push(line);
        if (line.startsWith("The quickstart in a browser:")) break;
      }
      assert.ok(lines.includes("That was the whole API."));
      const urls = lines.flatMap((line) => /^The .+: +(http:\S+)$/.exec(line)?.[1] ?? []);
      const titles = await Promise.all(
        urls.map(async (url) => /<title>(.*)<\/title>/.exec(await (await fetch(url)).text())[1]),
      );
      const baseUrl = new URL(urls.at(-1)).searchParams.get("server");
      const kavach = new KavachClient({ baseUrl });
      if (built) {
        assert.equal(titles[0], "A dashboard");
        assert.equal(new URL(urls[0]).searchParams.get("server"), baseUrl);
        const [, email, password] = /^Sign in with +(\S+), (.+)$/.exec(lines.at(-2));
        assert.equal((await kavach.auth.signIn({ email, password })).user.id, "usr_demo");
        const since = new Date(Date.now() + 1000).toISOString();
        await until("live traffic", async () => (await kavach.audit.query({ since, limit: 1 })).length > 0);
      } else {
        assert.match(lines.at(-2), /^There is no dashboard: KAVACHOS_DASHBOARD/);
        assert.equal(urls.length, 1);
      }
      demo.kill("SIGINT");
      assert.equal(await ended, 0);
      await assert.rejects(fetch(`${baseUrl}/agents`), "the server has ended too");
    });
  }
});
