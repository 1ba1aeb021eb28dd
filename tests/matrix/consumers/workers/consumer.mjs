// Cloudflare Workers: workerd with its own configuration, and `wrangler dev`. With and without a service binding.
import assert from "node:assert/strict";
import { join } from "node:path";

const NODE = `node-${process.platform}-${process.arch}`;

// One worker for all: the suite, the suite through the binding, and one client that all requests share.
async function examine(project, origin) {
  const ask = async (path, init) => {
    const response = await fetch(
      `${origin}${path}?servers=${encodeURIComponent(JSON.stringify(project.servers))}`,
      init,
    );
    const text = await response.text();
    assert.ok(response.ok && response.headers.get("content-type") === "application/json", `${path}: ${text}`);
    return JSON.parse(text);
  };
  project.suite("global fetch", await ask("/suite"));
  project.suite("service binding", await ask("/binding"));
  await project.check("requests share one client, also where callers hang up", async () => {
    const calls = Array.from({ length: 40 }, (_, index) =>
      index % 4 === 3
        ? ask("/shared", { signal: AbortSignal.timeout(1 + (index % 3)) }).catch(() => "hung up")
        : ask("/shared"),
    );
    const stayed = (await Promise.all(calls)).filter((_, index) => index % 4 !== 3);
    const both = { decisions: 2, others: [] };
    assert.deepEqual(
      stayed,
      stayed.map(() => both),
    );
    assert.deepEqual(await ask("/shared"), both);
  });
}

export default [
  {
    name: "workerd",
    title: "workerd",
    how: "with its own configuration, bundled by esbuild; a service binding as `fetch`",
    entry: "`kavachos-wasm` (`workerd.js`)",
    quick: true,
    packages: { workerd: "1.20261117.1" },
    async run(project) {
      project.version = project.installed("workerd");
      const common = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm"];
      await project.exec("esbuild", ["worker.js", ...common, "--outfile=bundle.js"]);
      const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
      const server = await project.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
      try {
        await examine(project, `http://127.0.0.1:${server.found[1]}`);
      } finally {
        await server.stop();
      }
      await project.check("workerd has nothing to complain of", () => {
        const complaints = server
          .output()
          .split("\n")
          .filter((line) => line && !line.startsWith("{"));
        assert.deepEqual(
          complaints.filter((line) => !/Connection refused|connect\(\)|^stack:/.test(line)),
          [],
        );
      });
    },
  },
  {
    name: "wrangler",
    title: "wrangler 4",
    how: "`wrangler dev`; a service binding as `fetch`",
    entry: "`kavachos-wasm` (`workerd.js`)",
    packages: { wrangler: "4.164.0", [NODE]: "22.23.3" },
    async run(project) {
      project.version = project.installed("wrangler");
      const dev = ["node_modules/wrangler/bin/wrangler.js", "dev", "--ip=127.0.0.1", "--port=0", "--inspector-port=0"];
      const node = join(project.directory, "node_modules", NODE, "bin/node");
      const configs = ["-c", "wrangler.toml", "-c", "auth.toml"];
      const server = await project.serve(node, [...dev, ...configs], /Ready on (http:\/\/[\w.:]+)/);
      try {
        await examine(project, server.found[1]);
      } finally {
        await server.stop();
      }
    },
  },
];
