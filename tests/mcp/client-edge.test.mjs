// The client of MCP servers in the runtimes of the edge: a user's way from the first request to a refreshed token, and an agent's token.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "../matrix/project.mjs";
import { started, toolsOf } from "./oauth-servers.mjs";

const source = fileURLToPath(new URL("./consumer/", import.meta.url));

async function project(name, packages) {
  const made = new Project({ name: `mcp-client-${name}`, source, packages }, {});
  await made.prepare();
  return made;
}

const runtimes = {
  async Bun(given) {
    const made = await project("bun", { bun: "1.4.5" });
    return JSON.parse(await made.exec("bun", ["edge-main.mjs", JSON.stringify(given)]));
  },
  async Deno(given) {
    const made = await project("deno", { deno: "2.9.6" });
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(made.directory, "cache") };
    const args = ["run", "--quiet", "--no-prompt", "--allow-net", "edge-main.mjs", JSON.stringify(given)];
    return JSON.parse(await made.exec("deno", args, { env }));
  },
  async workerd(given) {
    const made = await project("workerd", { workerd: "1.20261117.1" });
    await made.exec("esbuild", ["edge-worker.mjs", "--bundle", "--format=esm", "--outfile=bundle.js"]);
    const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
    const { found, stop } = await made.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    try {
      const response = await fetch(`http://127.0.0.1:${found[1]}`, { method: "POST", body: JSON.stringify(given) });
      const text = await response.text();
      assert.equal(response.status, 200, text);
      return JSON.parse(text);
    } finally {
      await stop();
    }
  },
};

describe("the client at the edge", { concurrency: true }, () => {
  for (const [runtime, run] of Object.entries(runtimes))
    it(`goes the whole way in ${runtime}`, async (context) => {
      const token = "kv_edge";
      const world = await started("--mcp-token-ttl", "2");
      context.after(() => world.server.stop());
      const tools = await toolsOf(world.issuer, (given, resource) => {
        const isAgent = given === token;
        const claims = isAgent ? {} : JSON.parse(Buffer.from(given.split(".")[1], "base64url"));
        return { status: isAgent || claims.aud === resource ? 200 : 401 };
      });
      context.after(tools.stop);
      assert.deepEqual(await run({ url: tools.url, cookie: world.cookie, token }), {
        ...{ authorized: false, completed: true, status: 200, refreshed: true },
        ...{ again: "STATE_MISMATCH", foreign: "INVALID_ARGUMENT", agent: 200 },
      });
    });
});
