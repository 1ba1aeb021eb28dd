import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { errorOf, fakeKavach } from "../mcp/guarding.mjs";
import { isDenial } from "./denial.js";
import { guardTools } from "./guard-tools.js";

const OPTIONS = { agent: { token: "kv_good" }, server: "t" };

async function all(outputs) {
  const found = [];
  for await (const output of outputs) found.push(output);
  return found;
}

/** A guarded tool of the Vercel AI SDK, with what it was executed with and what was asked. */
function guarded({ name = "echo", tool, options, kavach = fakeKavach() } = {}) {
  const executed = [];
  const execute = (input, more) => {
    executed.push([input, more]);
    return "done";
  };
  const tools = guardTools({ [name]: { description: "d", execute, ...tool } }, kavach, { ...OPTIONS, ...options });
  return { tool: tools[name], executed, asked: kavach.asked, run: (input, more) => tools[name].execute(input, more) };
}

describe("a call", () => {
  it("is decided with its input, and executed with what was decided", async () => {
    const { tool, executed, asked, run } = guarded();
    assert.equal(await run({ a: [1, { b: "c" }] }, { toolCallId: "1" }), "done");
    assert.deepEqual(asked, [
      { who: "kv_good", action: "execute", resource: "mcp:t:echo", arguments: { a: [1, { b: "c" }] } },
    ]);
    assert.deepEqual(executed, [[{ a: [1, { b: "c" }] }, { toolCallId: "1" }]]);
    assert.equal(tool.description, "d");
  });

  it("is decided for an agent by its id", async () => {
    const { asked, run } = guarded({ options: { agent: "kv_good" } });
    assert.equal(await run({}), "done");
    assert.equal(asked[0].who, "kv_good");
    const denied = guarded({ name: "deploy", options: { agent: "kv_good" } });
    assert.match((await denied.run({})).content[0].text, /^This action requires human approval before execution\. /);
  });

  it("has a text as the argument input, and nothing as no arguments", async () => {
    const { asked, executed, run } = guarded();
    await run("text");
    await run(undefined);
    assert.deepEqual(
      asked.map(({ arguments: given }) => given),
      [{ input: "text" }, undefined],
    );
    assert.deepEqual(
      executed.map(([input]) => input),
      ["text", undefined],
    );
  });

  it("reads every member once: a getter cannot show one value and execute another", async () => {
    let reads = 0;
    const input = {
      get text() {
        return reads++ === 0 ? "harmless" : "hostile";
      },
    };
    const { asked, executed, run } = guarded();
    await run(input);
    assert.deepEqual([asked[0].arguments, executed[0][0], reads], [{ text: "harmless" }, { text: "harmless" }, 1]);
  });

  it("is not changed by who changes the input meanwhile", async () => {
    const input = { text: "before", deep: { a: 1 } };
    const kavach = fakeKavach();
    const { authorizeByToken } = kavach.auth;
    kavach.auth.authorizeByToken = async (token, request) => {
      input.text = "after";
      input.deep.a = 2;
      return authorizeByToken(token, request);
    };
    const { asked, executed, run } = guarded({ kavach });
    await run(input);
    assert.deepEqual(executed[0][0], asked[0].arguments);
  });

  it("is not changed by its rule: that sees what nobody can change", async () => {
    const tools = {
      echo({ arguments: given }) {
        given.deep.text = "changed";
        return {};
      },
    };
    const { executed, run } = guarded({ options: { tools } });
    const output = await run({ deep: { text: "a" } });
    assert.deepEqual([isDenial(output), executed], [true, []]);
  });

  it("is rejected if its input is no JSON, without showing it", async () => {
    const { executed, asked, run } = guarded();
    for (const input of [{ when: new Date() }, { a: 1n }, { a: Number.NaN }, { f() {} }, new Map()])
      await assert.rejects(run(input), { code: "INVALID_ARGUMENT", message: /^the input of echo/ });
    assert.deepEqual([executed, asked], [[], []]);
  });

  it("keeps a member of the name __proto__ as one", async () => {
    const { asked, executed, run } = guarded();
    await run(JSON.parse('{"__proto__":{"admin":true}}'));
    assert.deepEqual(Object.keys(asked[0].arguments), ["__proto__"]);
    assert.deepEqual(Object.keys(executed[0][0]), ["__proto__"]);
  });

  it("is not executed once nobody waits for it", async () => {
    const { executed, run } = guarded();
    await assert.rejects(run({}, { abortSignal: AbortSignal.abort(new Error("gone")) }), /gone/);
    assert.deepEqual(executed, []);
  });
});

describe("a denial", () => {
  const limit = errorOf("RateLimitError", { retryAfter: 1.2 });
  for (const [name, kind, text, more] of [
    ["deploy", "approval-required", /^This action requires human approval before execution\. Ask a person/],
    ["limited", "rate-limited", /Try again in 3600 seconds\.$/, { retryAfter: 3600 }],
    ["night", "outside-time-window", /Call it again within that time\.$/],
    ["strict", "arguments-not-allowed", /^Argument "text" .* Other arguments may be allowed\.$/],
    ["elsewhere", "address-not-allowed", /Do not call it again\.$/],
    ["nothing", "insufficient-scope", /^No permission grants .* Do not call it again\.$/],
  ])
    it(`is an output that a model reads: ${kind}`, async () => {
      const told = [];
      const { executed, run } = guarded({ name, options: { onRefusal: (one) => told.push(one) } });
      const output = await run({});
      assert.deepEqual([isDenial(output), output.isError, executed], [true, true, []]);
      assert.match(output.content[0].text, text);
      const data = output._meta["kavachos/denial"];
      assert.deepEqual([data.kind, data.retryAfter], [kind, more?.retryAfter]);
      assert.deepEqual([told[0].kind, told[0].tool, told[0].decision.allowed], [kind, name, false]);
    });

  for (const [what, failure, kind] of [
    ["an outage", new Error("canary"), "unavailable"],
    ["a limit of the server", limit, "rate-limited"],
  ])
    it(`differs from ${what}`, async () => {
      const kavach = fakeKavach({ fails: () => failure });
      const { executed, run } = guarded({ kavach });
      const output = await run({});
      assert.equal(output._meta["kavachos/denial"].kind, kind);
      assert.deepEqual([executed, JSON.stringify(output).includes("canary")], [[], false]);
    });

  it("may be thrown, with a code", async () => {
    const run = (name, fails) =>
      guarded({ name, options: { denials: "throw" }, kavach: fakeKavach({ fails }) }).run({});
    await assert.rejects(run("deploy"), { code: "PERMISSION_ERROR", message: /^This action requires human approval/ });
    await assert.rejects(run("limited"), {
      code: "RATE_LIMITED",
      details: { kind: "rate-limited", retryAfter: 3600, auditId: "audit-2" },
    });
    await assert.rejects(
      run("echo", () => new Error("down")),
      { code: "NETWORK_ERROR" },
    );
  });

  it("ends with the deadline, if nothing is decided", async () => {
    const kavach = fakeKavach();
    kavach.auth.authorizeByToken = () => new Promise(() => {});
    const { run } = guarded({ kavach, options: { deadline: 5 } });
    assert.equal((await run({}))._meta["kavachos/denial"].kind, "unavailable");
  });

  it("follows for what is too large, unknown, or has no name for a resource", async () => {
    const kind = async (given, input = {}) => (await guarded(given).run(input))._meta["kavachos/denial"].kind;
    assert.equal(await kind({ options: { argumentsLimit: 5 } }, { text: "long" }), "arguments-too-large");
    assert.equal(await kind({ options: { tools: { other: {} } } }), "unknown-tool");
    assert.equal(await kind({ name: "a:b" }), "unknown-tool");
  });

  it("is not given to a toModelOutput that expects an output, in any version", async () => {
    const toModelOutput = (given) => ({ type: "text", value: `${(given.output ?? given).length}` });
    const { tool, run } = guarded({ name: "deploy", tool: { toModelOutput } });
    const output = await run({});
    const expected = { type: "error-text", value: output.content[0].text };
    assert.deepEqual(tool.toModelOutput(output), expected);
    assert.deepEqual(tool.toModelOutput({ toolCallId: "1", input: {}, output }), expected);
    assert.deepEqual(tool.toModelOutput("done"), { type: "text", value: "4" });
  });
});

describe("rules", () => {
  it("are those of mcpGuard", async () => {
    const tools = { echo: { action: "read", resource: "mcp:notes:all" }, free: null };
    const { asked, run } = guarded({ options: { tools } });
    await run({});
    assert.deepEqual([asked[0].action, asked[0].resource], ["read", "mcp:notes:all"]);
    const free = guarded({ name: "free", options: { tools } });
    assert.equal(await free.run({}), "done");
    assert.deepEqual(free.asked, []);
  });
});

describe("outputs that come one by one", () => {
  async function* count() {
    yield 1;
    yield 2;
  }
  it("do so through the guard", async () => {
    const { run } = guarded({ tool: { execute: count } });
    assert.deepEqual(await all(run({})), [1, 2]);
    const denied = guarded({ name: "deploy", tool: { execute: count } });
    const outputs = await all(denied.run({}));
    assert.deepEqual(outputs.map(isDenial), [true]);
  });
  it("come to the last one, where nobody can know before", async () => {
    assert.equal(await guarded({ tool: { execute: () => count() } }).run({}), 2);
  });
});

describe("tools of LangChain.js", () => {
  class Structured {
    name = "echo";
    responseFormat = "content";
    constructor(func) {
      this.func = func;
    }
    async _call(input, ...more) {
      return this.func(input, ...more);
    }
    invoke(input) {
      return this._call(input, undefined, {});
    }
  }
  it("are guarded in each way that they can be called, and decided once", async () => {
    const kavach = fakeKavach();
    const original = new Structured(async (input) => input.text);
    const [tool] = guardTools([original], kavach, OPTIONS);
    assert.equal(tool instanceof Structured, true);
    assert.equal(await tool.invoke({ text: "a" }), "a");
    assert.equal(await tool.func({ text: "b" }), "b");
    assert.deepEqual(
      kavach.asked.map(({ arguments: given }) => given.text),
      ["a", "b"],
    );
    original.name = "other";
    assert.equal(tool.name, "echo");
  });
  it("answer denials as texts, and with an artifact where one is due", async () => {
    const original = Object.assign(new Structured(() => assert.fail("executed")), { name: "deploy" });
    const make = () => guardTools([original], fakeKavach(), OPTIONS)[0];
    assert.match(await make().invoke({}), /^This action requires human approval/);
    original.responseFormat = "content_and_artifact";
    const [text, { kind }] = await make().invoke({});
    assert.deepEqual([typeof text, kind], ["string", "approval-required"]);
  });
});

describe("arguments that are refused", () => {
  for (const [name, tools, options, message] of [
    ["no tools", undefined, OPTIONS, /^tools must be/],
    ["a tool that runs elsewhere", { a: { description: "d" } }, OPTIONS, /^tools\.a must have a function execute/],
    ["a tool of a provider in an array", [{ type: "web_search" }], OPTIONS, /^tools\[0\] must be a StructuredTool/],
    ["no agent", {}, { server: "t" }, /^options\.agent must be/],
    ["an empty token", {}, { ...OPTIONS, agent: { token: "" } }, /^options\.agent must be/],
    ["no server", {}, { agent: "a" }, /^options\.server must be/],
    ["a name that is not known", {}, { ...OPTIONS, denial: "throw" }, /^options\.denial must be left out/],
    ["scopes", {}, { ...OPTIONS, tools: { a: { scopes: ["s"] } } }, /^options\.tools must be without scopes/],
  ])
    it(name, () =>
      assert.throws(() => guardTools(tools, fakeKavach(), options), { code: "INVALID_ARGUMENT", message }),
    );
  it("no client", () => assert.throws(() => guardTools({}, {}, OPTIONS), { message: /^kavach must be/ }));
});
