// Stores on the services themselves: Durable Objects in workerd, Deno KV in Deno, and Redis.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";
import { CHECKS, runStore } from "./run.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const entry = process.env.KAVACHOS_PACKAGE;

async function project(name, packages) {
  const made = new Project({ name: `stores-${name}`, source: join(here, "consumer"), packages }, {});
  await made.prepare();
  cpSync(join(here, "run.mjs"), join(made.directory, "run.mjs"));
  return made;
}

function passes(results) {
  assert.deepEqual(
    Object.entries(results).filter(([, problem]) => problem !== null),
    [],
  );
  assert.equal(Object.keys(results).length, CHECKS);
}

const hasRedis = () => {
  try {
    return /Redis server/.test(execFileSync("redis-server", ["--version"], { encoding: "utf8" }));
  } catch {
    return false;
  }
};

// Resolves to the port of a Redis that keeps nothing.
async function startRedis(context) {
  const directory = mkdtempSync(join(tmpdir(), "kavachos-redis-"));
  const socket = join(directory, "redis.sock");
  const args = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", directory];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  context.after(async () => {
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });
  await new Promise((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("close", () => reject(new Error(output)));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (/Ready to accept connections|ready to accept connections/.test(output)) resolve();
    });
  });
  return socket;
}

describe("a store", () => {
  it("in memory", async () => {
    const of = (name) => import(new URL(`./${name}.js`, entry));
    const [sdk, guard, stores, webhooks] = await Promise.all([
      import(entry),
      ...["guard", "stores", "webhooks"].map(of),
    ]);
    const store = stores.memoryStore();
    passes(await runStore({ sdk, guard, stores, webhooks }, [() => store, () => store]));
  });

  it("in Durable Objects", async () => {
    const made = await project("workerd", { workerd: "1.20261117.1" });
    const options = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm", "--outfile=bundle.js"];
    await made.exec("esbuild", ["worker.js", ...options]);
    const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
    const server = await made.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    try {
      const response = await fetch(`http://127.0.0.1:${server.found[1]}`);
      const text = await response.text();
      assert.equal(response.status, 200, `${text}\n${server.output()}`);
      passes(JSON.parse(text));
    } finally {
      await server.stop();
    }
  });

  it("in Deno KV", async () => {
    const made = await project("deno", { deno: "2.9.6" });
    const args = ["run", "--quiet", "--no-prompt", "--unstable-kv", "--allow-read", "--allow-write", "deno.mjs"];
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(made.directory, "cache") };
    passes(JSON.parse(await made.exec("deno", args, { env })));
  });

  it("in Redis, by ioredis and over HTTP", async (context) => {
    if (!hasRedis()) return context.skip("there is no redis-server: apt-get install redis-server");
    const socket = await startRedis(context);
    const made = await project("redis", { ioredis: "6.0.0" });
    const { byClient, overHttp } = JSON.parse(await made.exec("node", ["redis.mjs", socket]));
    passes(byClient);
    passes(overHttp);
  });
});
