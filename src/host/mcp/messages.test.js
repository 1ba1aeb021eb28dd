// Bodies that try to get a call past the guard, and a property: no call reaches a tool of which the bytes were not decided.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { call, fakeKavach, guarded, message, post } from "./guarding.mjs";

const OLD = { "mcp-protocol-version": "2025-03-26" };
const deploy = call("deploy", { stage: "production" }, 9);

/** Sends a body. Nothing may reach the server. */
async function refusedAs(body, headers) {
  const { reached, send } = guarded();
  const response = await send(post(body, headers));
  assert.deepEqual(reached, []);
  const answer = await response.json();
  return [response.status, answer.error?.code, answer.id];
}

describe("bodies that are no messages", () => {
  const bodies = {
    "": -32700,
    "{": -32700,
    '{"jsonrpc":"2.0","id":1,"method":"ping"}{}': -32700,
    '{"jsonrpc":"2.0","id":1,"method":"ping",}': -32700,
    '{"jsonrpc":"2.0","id":1,"method":"ping" /* */}': -32700,
    "{'jsonrpc':'2.0'}": -32700,
    NaN: -32700,
    null: -32600,
    5: -32600,
    '"tools/call"': -32600,
    "{}": -32600,
    "[[]]": -32600,
    "[null]": -32600,
  };
  for (const [body, code] of Object.entries(bodies))
    it(JSON.stringify(body), async () => assert.deepEqual(await refusedAs(body, OLD), [400, code, null]));
  for (const [name, bytes] of Object.entries({
    "a byte order mark": [0xef, 0xbb, 0xbf, ...Buffer.from(JSON.stringify(message("ping")))],
    "UTF-16": [...Buffer.from(JSON.stringify(message("ping")), "utf16le")],
    "bytes that are not UTF-8": [...Buffer.from('{"jsonrpc":"2.0","id":"'), 0xff, ...Buffer.from('","method":"ping"}')],
    "an overlong form": [...Buffer.from('{"jsonrpc":"2.0","id":"'), 0xc0, 0xaf, ...Buffer.from('","method":"ping"}')],
    "nothing but zeros": new Array(100).fill(0),
  }))
    it(name, async () => assert.deepEqual(await refusedAs(Uint8Array.from(bytes)), [400, -32700, null]));
});

describe("members that parsers read differently", () => {
  const rest = '"jsonrpc":"2.0","id":1';
  const bodies = {
    "a method twice": `{${rest},"method":"tools/call","method":"ping","params":{"name":"deploy"}}`,
    "a method twice, the other way": `{${rest},"method":"ping","method":"tools/call","params":{"name":"deploy"}}`,
    "a method twice, once escaped": `{${rest},"method":"ping","\\u006dethod":"tools/call","params":{"name":"deploy"}}`,
    "params twice": `{${rest},"method":"tools/call","params":{"name":"echo"},"params":{"name":"deploy"}}`,
    "a name twice": `{${rest},"method":"tools/call","params":{"name":"echo","name":"deploy"}}`,
    "arguments twice": `{${rest},"method":"tools/call","params":{"name":"echo","arguments":{},"arguments":{"a":1}}}`,
    "an argument twice": `{${rest},"method":"tools/call","params":{"name":"echo","arguments":{"a":{"b":1,"b":2}}}}`,
    "an id twice": `{"id":2,${rest},"method":"ping"}`,
    "a prototype twice": `{${rest},"method":"tools/call","params":{"name":"echo","arguments":{"__proto__":{},"__proto__":1}}}`,
  };
  for (const [name, body] of Object.entries(bodies))
    it(name, async () => assert.deepEqual(await refusedAs(body), [400, -32700, null]));

  const names = {
    Method: { ...message("ping"), Method: "tools/call", params: { name: "deploy" } },
    METHOD: { jsonrpc: "2.0", id: 1, METHOD: "tools/call", params: { name: "deploy" } },
    "param\u017f": { ...call("echo"), "param\u017f": { name: "deploy" } },
    "a space": { ...message("ping"), "method ": "tools/call" },
    "a prototype": `{${rest},"method":"ping","__proto__":{"method":"tools/call"}}`,
    "another member": { ...message("ping"), tool: "deploy" },
  };
  for (const [name, body] of Object.entries(names))
    it(`of the message: ${name}`, async () => assert.deepEqual(await refusedAs(body), [400, -32600, null]));

  for (const name of ["Name", "NAME", "\uff4eame", "Argument\u017f", "ARGUMENTS", "_META"])
    it(`of the call: ${name}`, async () => {
      const body = { ...call("echo", {}), params: { name: "echo", arguments: {}, [name]: "deploy" } };
      assert.deepEqual(await refusedAs(body), [200, -32602, 1]);
    });
});

describe("messages that MCP does not have", () => {
  const bodies = {
    "another version": [{ ...message("ping"), jsonrpc: "1.0" }, -32600, null],
    "a version as a number": [{ ...message("ping"), jsonrpc: 2.0 }, -32600, null],
    "no version": [{ id: 1, method: "ping" }, -32600, null],
    "a method that is no text": [{ ...message("ping"), method: ["tools/call"] }, -32600, 1],
    "params in an array": [{ ...message("tools/call"), params: ["deploy"] }, -32600, 1],
    "params null": [{ ...message("ping"), params: null }, -32600, 1],
    "a result beside a method": [{ ...deploy, result: {} }, -32600, 9],
    "a result and an error": [{ jsonrpc: "2.0", id: 1, result: {}, error: {} }, -32600, 1],
    "a result with params": [{ jsonrpc: "2.0", id: 1, result: {}, params: { name: "deploy" } }, -32600, 1],
    "a result without an id": [{ jsonrpc: "2.0", result: {} }, -32600, null],
    "a call without an id": [{ jsonrpc: "2.0", method: "tools/call", params: { name: "echo" } }, -32600, null],
    "a request without an id": [{ jsonrpc: "2.0", method: "tools/list" }, -32600, null],
    "a notification that is not known": [{ jsonrpc: "2.0", method: "notifications/tools/call" }, -32600, null],
    "a notification with an id": [message("notifications/initialized"), -32601, 1, 200],
    "id null": [{ ...deploy, id: null }, -32600, null],
    "id true": [{ ...deploy, id: true }, -32600, null],
    "an id in an array": [{ ...deploy, id: [9] }, -32600, null],
    "an id in an object": [{ ...deploy, id: { a: 1 } }, -32600, null],
    "an id that is a fraction": [{ ...deploy, id: 1.5 }, -32600, null],
    "an id beyond 2^53": ['{"jsonrpc":"2.0","id":90071992547409931,"method":"ping"}', -32600, null],
    "an id that is infinite": ['{"jsonrpc":"2.0","id":1e999,"method":"ping"}', -32600, null],
    "an id of 257 letters": [{ ...deploy, id: "x".repeat(257) }, -32600, null],
    "an id of a million letters": [{ ...deploy, id: "x".repeat(1_000_000) }, -32600, null],
    "deep arguments": [
      JSON.stringify(call("echo")).replace('"echo"', `"echo","arguments":{"a":${"[".repeat(99)}${"]".repeat(99)}}`),
      -32700,
      null,
    ],
  };
  for (const [name, [body, code, id, status = 400]] of Object.entries(bodies))
    it(name, async () => assert.deepEqual(await refusedAs(body), [status, code, id]));

  for (const method of [
    ...[
      "Tools/Call",
      "TOOLS/CALL",
      "tools/call ",
      " tools/call",
      "tools//call",
      "tools/call/",
      "tools.call",
      "tools\\call",
      "tools/call\u0000",
    ],
    ...[
      "tool\u017f/call",
      "\uff54ools/call",
      "tools/c\u0430ll",
      "",
      "call",
      "__proto__",
      "constructor",
      "rpc.discover",
      "sampling/createMessage",
    ],
  ])
    it(`the method ${JSON.stringify(method)}`, async () =>
      assert.deepEqual(await refusedAs({ ...deploy, method }), [200, -32601, 9]));

  for (const params of [
    ...[
      undefined,
      {},
      { name: 5 },
      { name: ["echo"] },
      { name: "" },
      { name: null },
      { name: "x".repeat(129) },
      { name: "\ud800" },
    ],
    ...[
      { name: "echo", arguments: [] },
      { name: "echo", arguments: null },
      { name: "echo", arguments: "{}" },
    ],
    ...[
      { name: "echo", arguments: { a: 2 ** 53 } },
      { name: "echo", arguments: { a: [1e300] } },
    ],
    ...[{ name: "echo", arguments: { a: "\udc00" } }, { name: "echo", arguments: { "\udc00": 1 } }, { arguments: {} }],
  ])
    it(`the call ${JSON.stringify(params)}`, async () => {
      const body = { jsonrpc: "2.0", id: 1, method: "tools/call", ...(params ? { params } : {}) };
      assert.deepEqual(await refusedAs(body), [200, -32602, 1]);
    });
});

describe("batches", () => {
  const echo = (id) => call("echo", { text: `${id}` }, id);

  it("are refused from the version on that has none", async () => {
    for (const version of ["2025-06-18", "2025-11-25", "2026-06-30", "nonsense", "2025-03-26, 2025-11-25", ""])
      for (const batch of [[echo(1)], [deploy], [message("ping"), deploy]])
        assert.deepEqual(await refusedAs(batch, { "mcp-protocol-version": version }), [400, -32600, null]);
  });

  it("are decided call by call", async () => {
    const { asked, reached, send } = guarded();
    const text = JSON.stringify([
      echo(1),
      message("ping", undefined, 2),
      call("add", { a: 1 }, "3"),
      { jsonrpc: "2.0", method: "notifications/progress" },
    ]);
    assert.equal((await send(post(text, OLD))).status, 200);
    assert.deepEqual(
      asked.map(({ resource }) => resource),
      ["mcp:t:echo", "mcp:t:add"],
    );
    assert.equal(reached[0].text, text);
    assert.deepEqual(
      reached[0].granted.authInfo.extra.decisions.map(({ id, tool }) => [id, tool]),
      [
        [1, "echo"],
        ["3", "add"],
      ],
    );
  });

  it("of one message are decided as one", async () => {
    const { asked, reached, send } = guarded();
    const [{ result }] = await (await send(post([deploy], {}))).json();
    assert.equal(result.isError, true);
    assert.deepEqual([reached, asked.map(({ resource }) => resource)], [[], ["mcp:t:deploy"]]);
  });

  it("with one forbidden call among allowed ones are not executed at all, and each is answered", async () => {
    const { reached, send } = guarded();
    const batch = [
      echo(1),
      message("tools/list", undefined, 2),
      deploy,
      echo(3),
      { jsonrpc: "2.0", method: "notifications/progress" },
    ];
    const response = await send(post(batch, OLD));
    const answers = await response.json();
    assert.deepEqual(reached, []);
    assert.deepEqual(
      answers.map(({ id, result, error }) => [id, result?._meta["kavachos/denial"].kind ?? error.data.kind]),
      [
        [1, "batch-refused"],
        [2, "batch-refused"],
        [9, "approval-required"],
        [3, "batch-refused"],
      ],
    );
  });

  it("with a message that is not understood are refused", async () => {
    for (const part of [
      null,
      [],
      [deploy],
      { ...deploy, id: null },
      message("Tools/Call"),
      { jsonrpc: "2.0", method: "tools/call" },
    ]) {
      const { reached, send } = guarded();
      const { error } = await (await send(post([echo(1), part], OLD))).json();
      assert.ok(error.code < -32599);
      assert.deepEqual(reached, []);
    }
  });

  it("with equal ids, with initialize, without messages or with too many are refused", async () => {
    const many = Array.from({ length: 51 }, (_, id) => message("ping", undefined, id));
    for (const batch of [[echo(1), echo(1)], [message("initialize", {})], [], many])
      assert.deepEqual(await refusedAs(batch, OLD), [400, -32600, null]);
    // A text and a number are different ids.
    const { reached, send } = guarded();
    assert.equal((await send(post([echo(1), echo("1")], OLD))).status, 200);
    assert.equal(reached.length, 1);
  });

  it("ask as often as there are calls, even if they are equal", async () => {
    const { asked, send } = guarded();
    await send(
      post(
        Array.from({ length: 20 }, (_, id) => call("add", { a: 1 }, id)),
        OLD,
      ),
    );
    assert.equal(asked.length, 20);
  });
});

it("answers two users with equal ids each with their own", async () => {
  const { send } = guarded();
  const slow = async (request, { authInfo }) => {
    await new Promise((resolve) => setTimeout(resolve, authInfo.token === "kv_good" ? 20 : 0));
    return Response.json({ jsonrpc: "2.0", id: 1, result: { token: authInfo.token, text: await request.text() } });
  };
  const answers = await Promise.all(
    ["kv_good", "kv_other"].map(async (token) => (await send(post(call("echo", { token }), { token }), slow)).json()),
  );
  assert.deepEqual(
    answers.map(({ result }) => result.token),
    ["kv_good", "kv_other"],
  );
  for (const { result } of answers) assert.ok(result.text.includes(result.token));
});

// A parser as another program may have it: without case, the first of two members counts, and batches of any version run.
function callsIn(text) {
  const found = [];
  const visit = (value) => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const fold = (name) => name.normalize("NFKC").toLowerCase().trim();
    const read = (object, wanted) =>
      Object.entries(object ?? {})
        .filter(([name]) => fold(name) === wanted)
        .map(([, member]) => member);
    for (const method of read(value, "method"))
      if (typeof method === "string" && fold(method) === "tools/call")
        for (const params of read(value, "params"))
          for (const name of read(params, "name")) found.push({ name, arguments: read(params, "arguments") });
  };
  try {
    visit(JSON.parse(text));
  } catch {}
  return found;
}

const name = fc.oneof(
  { arbitrary: fc.constantFrom("echo", "add"), weight: 4 },
  fc.constantFrom("deploy", "limited", "Echo", "echo:x", "*", "__proto__", "ECHO", "odd"),
);
const given = fc.option(fc.dictionary(fc.constantFrom("a", "b", "__proto__", "text"), fc.jsonValue({ maxDepth: 2 })), {
  nil: undefined,
});
const id = fc.oneof(fc.integer(), fc.constantFrom("a", null, 1.5, 1, true));
const methodName = fc.constantFrom(
  "tools/call",
  "tools/list",
  "ping",
  "initialize",
  "Tools/Call",
  "notifications/progress",
  "tool\u017f/call",
);
const key = (...names) => fc.constantFrom(...names);
const one = fc
  .tuple(
    fc.record({ name, arguments: given }, { requiredKeys: [] }),
    id,
    methodName,
    key("method", "Method", "method "),
    key("params", "Params", "param\u017f"),
    fc.boolean(),
    fc.object({ maxDepth: 1 }),
  )
  .map(([params, id, method, methodKey, paramsKey, hasId, more]) => {
    const message = { jsonrpc: "2.0", ...(hasId ? { id } : {}), [methodKey]: method, [paramsKey]: params };
    return Object.keys(more).length > 4 ? { ...message, ...more } : message;
  });
const plain = fc.record({
  jsonrpc: fc.constant("2.0"),
  id: fc.integer(),
  method: fc.constant("tools/call"),
  params: fc.record({ name, arguments: fc.object({ maxDepth: 2 }) }),
});
const body = fc.oneof(
  { arbitrary: one, weight: 3 },
  { arbitrary: plain, weight: 6 },
  fc.array(fc.oneof(one, plain), { maxLength: 4 }),
  fc.jsonValue(),
);
// What is done to the text afterwards: members are doubled, letters are changed.
const damage = fc.oneof(
  { arbitrary: fc.constant((text) => text), weight: 4 },
  fc.constant((text) => text.replace('"method":', '"method":"ping","method":')),
  fc.constant((text) => text.replace('"name":', '"name":"echo","name":')),
  fc.constant((text) => text.replace(/"a":/g, '"a":0,"a":')),
  fc.tuple(fc.nat(200), fc.string({ maxLength: 3 })).map(
    ([at, letters]) =>
      (text) =>
        text.slice(0, at) + letters + text.slice(at + letters.length),
  ),
);

it("lets no call through of which the bytes were not decided", async () => {
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(
      body,
      damage,
      fc.constantFrom(undefined, "2025-03-26", "2025-11-25"),
      async (value, change, version) => {
        const kavach = fakeKavach();
        const { asked, reached, send } = guarded({}, kavach);
        const text = change(JSON.stringify(value));
        const headers = version ? { "mcp-protocol-version": version } : {};
        const response = await send(post(text, headers));
        assert.ok([200, 202, 400].includes(response.status), `${response.status}`);
        if (reached.length === 0) return;
        assert.equal(reached[0].text, text);
        const calls = callsIn(reached[0].text);
        if (calls.length > 0) passed++;
        const decided = asked.filter(({ action }) => action === "execute");
        assert.equal(calls.length, decided.length);
        for (const [index, { name, arguments: all }] of calls.entries()) {
          assert.equal(decided[index].resource, `mcp:t:${name}`);
          assert.ok(["echo", "add"].includes(name));
          assert.ok(all.length <= 1);
          assert.deepEqual(decided[index].arguments, all[0]);
        }
      },
    ),
    { numRuns: 5000, seed: 19 },
  );
  assert.ok(passed > 200, `${passed} bodies with calls passed`);
});
