// Nitro, which Nuxt is built on, with its preset for Cloudflare: what it builds runs in workerd.
import assert from "node:assert/strict";
import { NODE, node22 } from "../../node-22.mjs";

export default [
  {
    name: "nitro",
    title: "Nitro 2 (Nuxt), preset `cloudflare_module`",
    how: "`nitro build`, in workerd by `wrangler dev`",
    entry: "`kavachos-wasm`, `/guard`, `/permissions`, `/audit`",
    packages: { nitropack: "2.13.6", wrangler: "4.164.0", ...NODE },
    async run(project) {
      project.version = project.installed("nitropack");
      const output = await project.exec("nitro", ["build"], { both: true });
      await project.check("build: no warnings", () => assert.doesNotMatch(output, /\bwarn/i));
      const dev = ["node_modules/wrangler/bin/wrangler.js", "dev", "--ip=127.0.0.1", "--port=0", "--inspector-port=0"];
      const server = await project.serve(node22(project), ["--no-warnings", ...dev], /Ready on (http:\/\/[\w.:]+)/);
      try {
        const servers = encodeURIComponent(JSON.stringify(project.servers));
        const ask = async (path) => {
          const response = await fetch(`${server.found[1]}${path}?servers=${servers}`);
          const text = await response.text();
          assert.ok(response.ok, `${path}: ${response.status} ${text}\n${server.output()}`);
          return JSON.parse(text);
        };
        project.suite("production", await ask("/suite"));
        await project.check("guard and local decisions", async () => {
          assert.deepEqual(await ask("/guarded"), { refused: 401, local: true, entries: 0 });
        });
      } finally {
        await server.stop();
      }
    },
  },
];
