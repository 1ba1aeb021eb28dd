// The Worker in Rust, in workerd: its tools are guarded by the local server, in both dialects.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";
import { startServer } from "../suite/server.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const example = join(root, "www-example/rust-worker");
const project = new Project(
  { name: "example-rust-worker", source: join(example, "worker"), packages: { workerd: "1.20261117.1" } },
  {},
);

before(async () => {
  const env = { ...process.env, CARGO_TARGET_DIR: join(root, "target/rust-worker") };
  const options = { cwd: example, env, stdio: ["ignore", "inherit", "inherit"] };
  await project.prepare();
  execFileSync("cargo", ["build", "--quiet", "--target", "wasm32-unknown-unknown"], options);
  const module = join(env.CARGO_TARGET_DIR, "wasm32-unknown-unknown/debug/kavachos_rust_worker_example.wasm");
  const out = ["--target", "web", "--no-typescript", "--out-name", "guarded", "--out-dir", project.directory];
  execFileSync("wasm-bindgen", [module, ...out], options);
  const external = ["--external:*.wasm", "--external:cloudflare:*"];
  await project.exec("esbuild", ["worker.js", "--bundle", "--format=esm", ...external, "--outfile=bundle.js"]);
});

for (const dialect of ["sdk", "adapter"]) {
  describe(`a Worker in Rust, ${dialect} dialect`, () => {
    let server;
    let worker;
    let token;
    let call;
    before(async () => {
      server = await startServer("--dialect", dialect, "--seed");
      worker = await start(server.baseUrl);
      const permissions = [{ resource: "tool:deploy", actions: ["execute"] }];
      const body = JSON.stringify({ ownerId: "user-123", name: "bot", type: "service", permissions });
      const headers = { "content-type": "application/json" };
      const made = await (await fetch(`${server.baseUrl}/agents`, { method: "POST", headers, body })).json();
      ({ token } = made.data ?? made);
      call = (tool, bearer, body = "{}") =>
        fetch(`${worker.origin}/tools/${tool}`, {
          method: "POST",
          headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
          body,
        });
    });
    after(async () => {
      await worker?.stop();
      await server?.stop();
    });

    it("runs a tool for an agent that may", async () => {
      const response = await call("deploy", token, '{"target": "staging"}');
      assert.match(await response.text(), /^done; audit entry ./);
      assert.equal(response.status, 200);
    });

    it("refuses everybody else, with a challenge", async () => {
      for (const [tool, bearer, status, error] of [
        ["drop", token, 403, "insufficient_scope"],
        ["deploy", "kv_unknown", 401, "invalid_token"],
        ["deploy", undefined, 401, undefined],
      ]) {
        const response = await call(tool, bearer);
        const expected = `Bearer realm="KavachOS"${error ? `, error="${error}"` : ""}`;
        assert.deepEqual([response.status, response.headers.get("www-authenticate")], [status, expected]);
        assert.equal((await response.json()).status, status);
      }
      assert.equal((await call("deploy", token, "[]")).status, 400);
    });

    it("does the quickstart of the README", async () => {
      const response = await fetch(`${worker.origin}/quickstart`, { method: "POST" });
      assert.deepEqual([response.status, await response.text()], [200, "allowed"]);
    });

    it("decides about many requests at once", async () => {
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, index) => call(index % 2 ? "deploy" : "drop", token)),
      );
      assert.deepEqual(
        all.map(({ status }) => status),
        all.map((_, index) => (index % 2 ? 200 : 403)),
      );
    });

    it("fails closed while the server is unreachable", async () => {
      await server.stop();
      server = undefined;
      assert.equal((await call("deploy", token)).status, 503);
    });
  });
}

async function start(baseUrl) {
  const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
  const listening = /"event":"listen","socket":"http","port":(\d+)/;
  const { found, stop } = await project.serve("workerd", args, listening, { env: { KAVACHOS_URL: baseUrl } });
  return { origin: `http://127.0.0.1:${found[1]}`, stop };
}
