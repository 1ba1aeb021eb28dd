// Cloudflare Workers by way of Vite: its development server, and what it builds, both in workerd.
import assert from "node:assert/strict";
import { join } from "node:path";
import { NODE, node22 } from "../../node-22.mjs";

const ADDRESS = /Local: +(http:\/\/[\w.:]+)/;

async function examine(project, how, args) {
  const server = await project.serve(node22(project), ["node_modules/vite/bin/vite.js", ...args], ADDRESS);
  try {
    const servers = encodeURIComponent(JSON.stringify(project.servers));
    const ask = (path) => fetch(new URL(`${path}?servers=${servers}`, server.found[1]));
    project.suite(how, await (await ask("/suite")).json());
    await project.check(`${how}: guard and local decisions`, async () => {
      const response = await ask("/guarded");
      assert.deepEqual([response.status, await response.json()], [200, { refused: 401, local: true, entries: 0 }]);
    });
  } catch (error) {
    throw new Error(`${how}: ${error.message}\n${server.output()}`);
  } finally {
    await server.stop();
  }
}

export default [
  {
    name: "workers-vite",
    title: "`@cloudflare/vite-plugin`",
    how: "development server, and production build in `vite preview`",
    entry: "`kavachos-wasm`, `/guard`, `/permissions`, `/audit` (`workerd.js`)",
    packages: { "@cloudflare/vite-plugin": "1.64.0", vite: "8.3.8", wrangler: "4.164.0", ...NODE },
    async run(project) {
      project.version = project.installed("@cloudflare/vite-plugin");
      const common = ["--host", "127.0.0.1", "--port", "0"];
      await examine(project, "development", common);
      const output = await project.exec(node22(project), [join("node_modules/vite/bin/vite.js"), "build"], {
        both: true,
      });
      await project.check("build: no warnings", () => assert.doesNotMatch(output, /warn|\(!\)/i));
      await examine(project, "production", ["preview", ...common]);
    },
  },
];
