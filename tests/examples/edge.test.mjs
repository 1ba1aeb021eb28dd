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
const { KavachClient, execute, withApproval } = await import(process.env.KAVACHOS_PACKAGE);

const runs = {
  "the Worker in workerd": (options) => examples.worker(options),
  "the Worker in workerd, with a service binding": (options) => examples.worker({ ...options, binding: true }),
  "the Worker in wrangler dev": (options) => examples.wrangler(options),
  "the Deno server": (options) => examples.deno(options),
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
            permissions: [execute("mcp:tools:echo"), withApproval(execute("mcp:tools:deploy"))],
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
          headers: {
            ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
        });
      const call = (tool, given, id = 1) => ({
        ...{ jsonrpc: "2.0", id, method: "tools/call", params: { name: tool, arguments: given } },
      });
      const initialize = (protocolVersion) => ({
        ...{ jsonrpc: "2.0", id: 0, method: "initialize" },
        params: { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } },
      });
      // The server answers by JSON or by an event.
      const answerOf = async (response) => JSON.parse((await response.text()).replace(/^[\s\S]*?data: /, ""));
      const hasSessions = name.includes("Deno");
      // In a session, if there are any.
      const inSession = async (token) => {
        const { headers } = await post(initialize("2025-06-18"), token);
        const id = headers.get("mcp-session-id");
        assert.equal(id !== null, hasSessions);
        const more = { authorization: `Bearer ${token}`, ...(id ? { "mcp-session-id": id } : {}) };
        return async (body) =>
          answerOf(
            await fetch(`${example.origin}/mcp`, {
              ...{ method: "POST", body: JSON.stringify(body) },
              headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...more },
            }),
          );
      };
      const audited = async () => {
        const entries = await kavach.audit.query({ agentId: agent.id, limit: 200 });
        return entries.filter(({ action }) => action === "execute").length;
      };

      it("serves 50 requests at once where none was before, each decided once and answered with its own", async () => {
        const send = await inSession(agent.token);
        // Without sessions, callers may all have the same id.
        const texts = await Promise.all(
          Array.from({ length: 50 }, async (_, index) => {
            const { result } = await send(call("echo", { text: `n${index}` }, hasSessions ? index + 1 : 1));
            return result?.content[0].text;
          }),
        );
        assert.deepEqual(
          texts,
          texts.map((_, index) => `n${index}`),
        );
        assert.equal(await audited(), 50);
      });

      it("lists the tools, and asks nobody about them", async () => {
        const send = await inSession(agent.token);
        const { id, result } = await send({ jsonrpc: "2.0", id: "a", method: "tools/list" });
        assert.deepEqual([id, result.tools.map(({ name }) => name)], ["a", ["echo", "add", "deploy", "whoami"]]);
      });

      it("denies what was not, and says why to the model", async () => {
        for (const [tool, kind, reason] of [
          [
            ...["add", "insufficient-scope"],
            'No permission grants agent "assistant" access to "execute" on "mcp:tools:add". ',
          ],
          ["deploy", "approval-required", "This action requires human approval before execution. "],
        ]) {
          const response = await post(call(tool, {}), agent.token);
          const { result } = await response.json();
          assert.deepEqual([response.status, result.isError], [200, true]);
          assert.equal(result._meta["kavachos/denial"].kind, kind);
          assert.ok(result.content[0].text.startsWith(reason), result.content[0].text);
          // Clients look for another token where there is a challenge, and none would help.
          assert.equal(response.headers.get("www-authenticate"), null);
        }
      });

      it("lets a client connect", async () => {
        const response = await post(initialize("2025-06-18"), agent.token);
        assert.equal((await answerOf(response)).result.protocolVersion, "2025-06-18");
        if (hasSessions) assert.match(response.headers.get("mcp-session-id"), /^[\da-f-]{36}$/);
      });

      it("asks for a token, and says where to read about it", async () => {
        for (const [token, error] of [
          [undefined, ""],
          ["kv_nobody", 'error="invalid_token", '],
        ]) {
          const response = await post(call("echo", {}), token);
          const metadata = `${example.origin}/.well-known/oauth-protected-resource/mcp`;
          const challenge = `Bearer ${error}resource_metadata="${metadata}"`;
          assert.deepEqual([response.status, response.headers.get("www-authenticate")], [401, challenge]);
          assert.deepEqual(await (await fetch(metadata)).json(), {
            ...{ resource: `${example.origin}/mcp`, bearer_methods_supported: ["header"] },
          });
        }
      });

      it("refuses what is no call, and asks nobody about it", async () => {
        const before = await audited();
        for (const body of [
          "not JSON",
          "[]",
          {},
          { method: "tools/call" },
          { jsonrpc: "2.0", method: "tools/call", params: { name: "echo" } },
        ])
          assert.equal((await post(body, agent.token)).status, 400);
        const { error } = await (await post(call(5), agent.token)).json();
        assert.equal(error.code, -32602);
        assert.equal((await fetch(`${example.origin}/mcp`)).status, 401);
        assert.equal(await audited(), before);
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
        const { result } = await response.json();
        assert.deepEqual([result.isError, result._meta["kavachos/denial"].kind], [true, "unavailable"]);
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
            if (printed.includes("Ctrl+C")) resolve(/^ {2}((?:session=.*)?curl .*)$/m.exec(printed)[1]);
          });
          child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${printed}`)));
        });
        const { stdout } = await promisify(execFile)("sh", ["-c", command]);
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
