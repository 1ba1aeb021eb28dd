// The examples for the edge, in workerd, `wrangler dev` and Deno, against the local server.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { examples } from "../../www-example/edge-examples.mjs";
import { startServer } from "../suite/server.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { KavachClient, execute, read, withApproval } = await import(process.env.KAVACHOS_PACKAGE);

const runs = {
  "the Worker in workerd": (options) => examples.worker(options),
  "the Worker in workerd, with a service binding": (options) => examples.worker({ ...options, binding: true }),
  "the Worker in wrangler dev": (options) => examples.wrangler(options),
  "the Deno function": (options) => examples.deno(options),
};

for (const [name, start] of Object.entries(runs)) {
  for (const dialect of name.includes("wrangler") ? ["adapter"] : ["sdk", "adapter"]) {
    describe(`${name}, ${dialect} dialect`, () => {
      let server;
      let kavach;
      let agent;
      let example;
      let isDown = false;
      before(async () => {
        // Behind a service binding the server is asked as another host.
        const hosts = name.includes("binding") ? ["--allow-host", "kavachos.internal"] : [];
        server = await startServer("--dialect", dialect, ...hosts);
        try {
          kavach = new KavachClient({ baseUrl: server.baseUrl });
          agent = await kavach.agents.create({
            ...{ ownerId: "user-123", name: "assistant", type: "autonomous" },
            permissions: [read("mcp:tools"), execute("mcp:tools:echo"), withApproval(execute("mcp:tools:deploy"))],
          });
          example = await start({ baseUrl: server.baseUrl });
        } catch (error) {
          isDown = true;
          await server.stop();
          throw error;
        }
      });
      after(() => Promise.all([example?.stop(), isDown || server.stop()]));

      const post = (body, token, path = "/mcp") =>
        fetch(example.origin + path, {
          ...{ method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) },
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        });
      const call = (tool, given) => ({
        ...{ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: given } },
      });

      it("serves 50 requests at once where none was before, each decided once", async () => {
        const texts = await Promise.all(
          Array.from({ length: 50 }, async (_, index) => {
            const response = await post(call("echo", { text: `n${index}` }), agent.token);
            return (await response.json()).result?.content[0].text;
          }),
        );
        assert.deepEqual(
          texts,
          texts.map((_, index) => `n${index}`),
        );
        const audited = await kavach.audit.query({ agentId: agent.id, limit: 100 });
        assert.equal(audited.length, 50);
      });

      it("allows what was granted", async () => {
        const response = await post({ jsonrpc: "2.0", id: "a", method: "tools/list" }, agent.token);
        const { id, result } = await response.json();
        assert.deepEqual(
          [response.status, id, result.tools.map(({ name }) => name)],
          [200, "a", ["echo", "add", "deploy"]],
        );
      });

      it("denies what was not, and says why", async () => {
        // Only where another token would help is there a challenge: MCP clients look for one then.
        for (const [tool, reason, challenge] of [
          [
            "add",
            'No permission grants agent "assistant" access to "execute" on "mcp:tools:add"',
            /insufficient_scope/,
          ],
          ["deploy", "This action requires human approval before execution", /^null$/],
        ]) {
          const response = await post(call(tool, {}), agent.token);
          const { detail, code } = await response.json();
          assert.deepEqual([response.status, code, detail], [403, "denied", reason]);
          assert.match(`${response.headers.get("www-authenticate")}`, challenge);
        }
      });

      it("lets a client connect that may list the tools", async () => {
        const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
        const response = await post({ jsonrpc: "2.0", id: 0, method: "initialize", params }, agent.token);
        assert.equal((await response.json()).result.protocolVersion, "2025-06-18");
        const notification = await post({ jsonrpc: "2.0", method: "notifications/initialized" }, agent.token);
        assert.equal(notification.status, 202);
      });

      it("asks for a token, and says where to read about it", async () => {
        for (const [token, error] of [
          [undefined, ""],
          ["kv_nobody", ', error="invalid_token"'],
        ]) {
          const response = await post(call("echo", {}), token);
          const metadata = `${example.origin}/.well-known/oauth-protected-resource`;
          const challenge = `Bearer realm="KavachOS"${error}, resource_metadata="${metadata}"`;
          assert.deepEqual([response.status, response.headers.get("www-authenticate")], [401, challenge]);
          assert.deepEqual(await (await fetch(metadata)).json(), {
            ...{ resource: `${example.origin}/mcp`, bearer_methods_supported: ["header"] },
          });
        }
      });

      it("refuses what is no call, and asks nobody about it", async () => {
        const before = (await kavach.audit.query({ agentId: agent.id, limit: 100 })).length;
        for (const body of [
          "not JSON",
          "[]",
          {},
          { method: "tools/call" },
          { method: "tools/call", params: { name: 5 } },
        ])
          assert.equal((await post(body, agent.token)).status, 400);
        assert.equal((await post({}, agent.token, "/elsewhere")).status, 404);
        assert.equal((await fetch(`${example.origin}/mcp`)).status, 405);
        assert.equal((await kavach.audit.query({ agentId: agent.id, limit: 100 })).length, before);
      });

      it("lets a revoked agent do nothing more", async () => {
        await kavach.agents.revoke(agent.id);
        assert.equal((await post(call("echo", { text: "x" }), agent.token)).status, 401);
      });

      it("type-checks", async () => {
        const { project } = example;
        if (name.includes("Deno")) {
          const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.directory, "cache") };
          await project.exec("deno", ["check", "--quiet", "deno/main.ts"], { env });
        } else await project.exec(join(root, "node_modules/.bin/tsc"), ["-p", "worker"]);
      });

      it("runs nothing while the server is down", async () => {
        await server.stop();
        isDown = true;
        const response = await post(call("echo", { text: "x" }), agent.token);
        assert.deepEqual([response.status, (await response.json()).code], [503, "unavailable"]);
      });
    });
  }
}

describe("./dev worker and ./dev deno", () => {
  for (const name of ["worker", "deno"]) {
    it(`${name} prints a curl that works, and stops`, async () => {
      const child = spawn(process.execPath, [join(root, "www-example/edge.mjs"), name], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const command = await new Promise((resolve, reject) => {
          let printed = "";
          child.stdout.on("data", (chunk) => {
            printed += chunk;
            if (printed.includes("Ctrl+C")) resolve(/^ {2}(curl .*)$/m.exec(printed)[1]);
          });
          child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${printed}`)));
        });
        const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent`]);
        assert.match(stdout, /^HTTP\/1\.1 200 OK/);
        assert.match(stdout, /"text":"hello"/);
      } finally {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        assert.equal(await ended, 0);
      }
    });
  }
});
