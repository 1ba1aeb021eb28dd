// Guarded tools in the Vercel AI SDK 5, 6 and 7, with its mock models, and in LangChain.js, on the local server.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Project } from "../matrix/project.mjs";
import { startServer } from "../suite/server.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, execute, rateLimited, withApproval } = await import(entry);
const { guardTools, isDenial } = await import(new URL("./tools.js", entry));
const packages = {
  ...{ ai7: "npm:ai@7.0.173", ai6: "npm:ai@6.0.326", ai5: "npm:ai@5.0.277" },
  ...{ "@langchain/core": "1.4.0", zod: "4.6.7" },
};
const MODELS = { ai5: "MockLanguageModelV2", ai6: "MockLanguageModelV3", ai7: "MockLanguageModelV4" };

let load;
let server;
let kavach;
let agent;
let z;
before(async () => {
  const source = fileURLToPath(new URL("./consumer/", import.meta.url));
  const project = new Project({ name: "mcp-tools", source, packages }, {});
  await project.prepare();
  const modules = createRequire(join(project.directory, "package.json"));
  load = (name) => import(pathToFileURL(modules.resolve(name)));
  ({ z } = await load("zod"));
  server = await startServer("--dialect", "adapter");
  kavach = new KavachClient({ baseUrl: server.baseUrl });
  agent = await kavach.agents.create({
    ...{ ownerId: "user-123", name: "assistant", type: "autonomous" },
    permissions: [
      execute("mcp:tools:search", { allowedArgPatterns: ["^ok$"] }),
      execute("mcp:tools:count"),
      rateLimited(execute("mcp:tools:limited"), 1),
      withApproval(execute("mcp:tools:deploy")),
    ],
  });
});
after(() => server?.stop());
const options = () => ({ agent: { token: agent.token }, server: "tools" });

/** How often the audit log says that `search` was allowed. */
const searches = async () =>
  (await kavach.audit.query({ agentId: agent.id, result: "allowed", limit: 100 })).filter(
    ({ action, resource }) => action === "execute" && resource === "mcp:tools:search",
  ).length;

for (const [name, model] of Object.entries(MODELS)) {
  describe(`tools of the Vercel AI SDK ${name.slice(2)}`, () => {
    let ai;
    let mock;
    before(async () => {
      ai = await load(name);
      mock = (await load(`${name}/test`))[model];
    });

    // A model that calls each tool in its turn, and then says what the results were.
    async function converse(tools, ...calls) {
      const prompts = [];
      const usage =
        name === "ai5"
          ? { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
          : { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
      const finish = (reason) => (name === "ai5" ? reason : { unified: reason, raw: reason });
      const doGenerate = async ({ prompt }) => {
        prompts.push(prompt);
        const call = calls[prompts.length - 1];
        const content = call
          ? [
              {
                type: "tool-call",
                toolCallId: `call-${prompts.length}`,
                toolName: call[0],
                input: JSON.stringify(call[1]),
              },
            ]
          : [{ type: "text", text: "done" }];
        return { content, finishReason: finish(call ? "tool-calls" : "stop"), usage, warnings: [] };
      };
      const stopWhen = (ai.stepCountIs ?? ai.isStepCount)(10);
      const result = await ai.generateText({ model: new mock({ doGenerate }), tools, prompt: "go", stopWhen });
      const results = prompts
        .at(-1)
        .filter(({ role }) => role === "tool")
        .flatMap(({ content }) => content);
      return {
        outputs: result.steps
          .flatMap(({ content }) => content)
          .filter(({ type }) => /^tool-(?:result|error)$/.test(type)),
        read: results.map(({ output }) => output),
      };
    }

    function made(executed) {
      const tool = (more) =>
        ai.tool({
          description: "A tool.",
          inputSchema: z.object({ text: z.string().default("ok") }),
          execute: async (input) => {
            executed.push(input);
            return { found: input.text };
          },
          ...more,
        });
      return {
        search: tool(),
        deploy: tool(),
        limited: tool(),
        other: tool({ toModelOutput: () => assert.fail("no output") }),
      };
    }

    it("are executed with what was decided, defaults of the schema too", async () => {
      const executed = [];
      const before = await searches();
      const { outputs, read } = await converse(guardTools(made(executed), kavach, options()), ["search", {}]);
      assert.deepEqual([executed, outputs[0].output], [[{ text: "ok" }], { found: "ok" }]);
      assert.deepEqual(read, [{ type: "json", value: { found: "ok" } }]);
      assert.equal(await searches(), before + 1);
    });

    it("are not executed where that is denied, and the model reads why", async () => {
      const executed = [];
      const tools = guardTools(made(executed), kavach, options());
      const calls = [
        ["search", { text: "no" }],
        ["deploy", {}],
        ["other", {}],
      ];
      const { outputs, read } = await converse(tools, ...calls);
      assert.deepEqual(executed, []);
      assert.deepEqual(
        outputs.map(({ output }) => isDenial(output) && output._meta["kavachos/denial"].kind),
        ["arguments-not-allowed", "approval-required", "insufficient-scope"],
      );
      assert.match(JSON.stringify(read[0]), /Other arguments may be allowed/);
      assert.match(JSON.stringify(read[1]), /requires human approval before execution\. Ask a person/);
      assert.equal(read[2].type, "error-text");
    });

    it("say when they may be called again", async () => {
      const tools = guardTools(made([]), kavach, options());
      const { read } = await converse(tools, ["limited", {}], ["limited", {}]);
      assert.match(JSON.stringify(read[1]), /Try again in 3600 seconds/);
    });

    it("may throw instead, which the model reads as an error", async () => {
      const tools = guardTools(made([]), kavach, { ...options(), denials: "throw" });
      const { outputs, read } = await converse(tools, ["deploy", {}]);
      assert.deepEqual([outputs[0].type, outputs[0].error.code], ["tool-error", "PERMISSION_ERROR"]);
      assert.match(read[0].value, /^(?:KavachError: )?This action requires human approval/);
    });

    it("yield one output after the other", async () => {
      const count = ai.tool({
        description: "Counts.",
        inputSchema: z.object({}),
        async *execute() {
          yield 1;
          yield 2;
        },
      });
      const { outputs } = await converse(guardTools({ count }, kavach, options()), ["count", {}]);
      assert.equal(outputs[0].output, 2);
    });

    it("are not executed during an outage", async () => {
      const away = new KavachClient({ baseUrl: "http://127.0.0.1:9", maxRetries: 0 });
      const executed = [];
      const { outputs } = await converse(guardTools(made(executed), away, options()), ["search", {}]);
      assert.deepEqual([executed, outputs[0].output._meta["kavachos/denial"].kind], [[], "unavailable"]);
    });
  });
}

describe("tools of LangChain.js", () => {
  let core;
  before(async () => {
    core = await load("@langchain/core/tools");
  });
  const call = (name, args) => ({ type: "tool_call", id: "call-1", name, args });

  it("are executed with what was decided, or answer with the reason", async () => {
    const executed = [];
    const make = (name) =>
      core.tool(
        async (input) => {
          executed.push(input);
          return input.text;
        },
        { name, description: "A tool.", schema: z.object({ text: z.string().default("ok") }) },
      );
    const [search, deploy] = guardTools([make("search"), make("deploy")], kavach, options());
    assert.equal(search instanceof core.StructuredTool, true);
    assert.equal(await search.invoke({}), "ok");
    const message = await search.invoke(call("search", { text: "no" }));
    assert.deepEqual([message.tool_call_id, message.name], ["call-1", "search"]);
    assert.match(message.content, /^Argument .* Other arguments may be allowed\.$/);
    assert.match(await deploy.invoke({}), /^This action requires human approval before execution\. /);
    assert.match(await deploy.func({}), /^This action requires human approval before execution\. /);
    assert.deepEqual(executed, [{ text: "ok" }]);
  });

  it("may take a text, and be classes", async () => {
    class Count extends core.StructuredTool {
      name = "count";
      description = "Counts.";
      schema = z.object({ to: z.number() });
      _call({ to }) {
        return `${this.name} ${to}`;
      }
    }
    const text = core.tool((input) => input, { name: "search", description: "A tool." });
    const [count, search] = guardTools([new Count(), text], kavach, { ...options(), agent: agent.id });
    assert.equal(await count.invoke({ to: 3 }), "count 3");
    assert.equal(await search.invoke("ok"), "ok");
    assert.match(await search.invoke("no"), /Other arguments may be allowed/);
  });
});
