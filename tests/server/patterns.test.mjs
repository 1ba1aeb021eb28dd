// Regular expressions at the local server: they mean what they mean in JavaScript, and whatever they are, a decision ends soon
// and holds nobody up.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "../suite/server.mjs";

const ASK = { action: "read", resource: "files" };

/** `decide(patterns, args)` of a server: what it answers about an agent whose arguments must match those patterns. */
function client({ baseUrl }) {
  const post = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(baseUrl + path, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const create = async (allowedArgPatterns) => {
    const permissions = [{ resource: "files", actions: ["read"], constraints: { allowedArgPatterns } }];
    const made = await post("/agents", { ownerId: "user-123", name: "reader", type: "service", permissions });
    assert.equal(made.status, 201);
    return made.body.id;
  };
  const decide = async (patterns, args) =>
    post(`/agents/${await create(patterns)}/authorize`, { ...ASK, ...(args && { arguments: args }) });
  return { create, decide, authorize: (id, args) => post(`/agents/${id}/authorize`, { ...ASK, arguments: args }) };
}

describe("patterns", () => {
  let server;
  let decide;
  let create;
  let authorize;
  before(async () => {
    server = await startServer("--dialect", "sdk", "--max-agents", "10000");
    ({ decide, create, authorize } = client(server));
  });
  after(() => server.stop());

  it("match UTF-16 code units, as JavaScript does without the flag u", async () => {
    const values = [
      "😀",
      "😀a",
      "a😀",
      "é",
      "e\u0301",
      "",
      "a",
      "ab",
      "\n",
      "\u2028",
      "\u0085",
      "\ufeff",
      "ſ",
      "K",
      "_",
      "A1 ",
    ];
    const patterns = [
      ...[
        "^.{1}$",
        "^.{2}$",
        "^..$",
        "^.$",
        "^[^a]$",
        "^[^a]{2}$",
        "^\\ud83d",
        "\\ude00$",
        "^\\ud83d\\ude00$",
        "^[😀]$",
      ],
      ...["^[😀]{2}$", "😀", "^😀+$", "^(😀)+$", "\\u{1f600}", "^\\S{2}$", "^\\W\\W$", "^\\w$", "^\\s$", "^[\\s\\S]$"],
      ...[
        "^\\x61",
        "\\u0061",
        "^\\u{61}",
        "\\b",
        "^\\B",
        "a|",
        "(?:)",
        "(?=a)",
        "^(?!a)",
        "(?<=a).",
        "(?<!a)b",
        "[^]",
        "[]",
      ],
      ...[
        "a{,2}",
        "a{",
        "\\-",
        "]",
        "}",
        "\\141",
        "\\0",
        "\\cJ",
        "[\\cJ]",
        "[\\b]",
        "^[a-c]+$",
        "$^",
        "^\\d*$",
        "K",
        "(?<n>a)b",
      ],
    ];
    for (const pattern of patterns) {
      const id = await create([pattern]);
      for (const value of values) {
        const { status, body } = await authorize(id, { value });
        assert.equal(status, 200, pattern);
        assert.equal(body.allowed, new RegExp(pattern).test(value), `/${pattern}/ on ${JSON.stringify(value)}`);
      }
    }
  });

  it("that are invalid are answered 500, in the words of V8 where they are common", async () => {
    for (const pattern of [
      ...["(", "(a", ")", "a)", "[", "[a", "*", "+a", "a**", "a|*", "\\", "a\\", "[\\", "(?:", "(?=a", "(*)", "[(]*)"],
    ]) {
      let message;
      try {
        new RegExp(pattern);
      } catch (error) {
        message = error.message;
      }
      for (const args of [{ path: "a" }, { number: 1 }, {}]) {
        const { status, body } = await decide([pattern], args);
        assert.deepEqual(
          [status, body],
          [500, { code: "INTERNAL_ERROR", message }],
          `${pattern} ${JSON.stringify(args)}`,
        );
      }
    }
    for (const pattern of ["(?", "(?a)", "(?<1>a)", "[b-a]", "a{2,1}", "{1}", "x{1}{1}", "^*", "(?<a>.)\\k<b>"]) {
      assert.throws(() => new RegExp(pattern), SyntaxError);
      assert.equal((await decide([pattern], { path: "a" })).status, 500, pattern);
    }
  });

  it("end soon and deny, whatever they are, while others are answered", async () => {
    const long = (text, count) => `${text.repeat(count)}!`;
    const evil = [
      [["^(a+)+$"], { a: long("a", 40) }],
      [["^(a|a)*$"], { a: long("a", 10_000) }],
      [["^(b?a|a)*$"], { a: long("a", 10_000) }],
      [["(\\x61+)+$"], { a: long("a", 10_000) }],
      [["^(?:\\u0061|a)+$"], { a: long("a", 10_000) }],
      [["^(a?){60}a{60}$"], { a: "a".repeat(59) }],
      [[`^${"a?".repeat(500)}${"a".repeat(500)}$`], { a: "a".repeat(499) }],
      [[".*.*.*.*=$"], { a: "a".repeat(100_000) }],
      [["(.*)*x"], { a: "a".repeat(100_000) }],
      [["^(?=(a+))(a+)+b"], { a: "a".repeat(10_000) }],
      [["(?<=a+b+)c"], { a: long("ab", 10_000) }],
      [["(x{1,1000}){1,1000}y"], { a: "x".repeat(50_000) }],
      [["^(.{1,30}){1,30}$"], { a: "a\n".repeat(20_000) }],
      [["^(a)\\1*(\\1*)*$"], { a: long("a", 100) }],
      [Array.from({ length: 2000 }, (_, number) => `(a+)+${number}`), { a: "a".repeat(100_000) }],
      [
        ["(a+)+$"],
        Object.fromEntries(Array.from({ length: 70 }, (_, number) => [number, "a".repeat(13_000).concat("!")])),
      ],
    ];
    const ids = await Promise.all(evil.map(([patterns]) => create(patterns)));
    let open = true;
    const asked = Promise.all(
      [1, 2, 3].flatMap(() =>
        evil.map(async ([patterns, args], index) => {
          const began = performance.now();
          const { status, body } = await authorize(ids[index], args);
          assert.deepEqual([status, body.allowed], [200, false], String(patterns[0]).slice(0, 80));
          assert.notEqual(body.auditId, "");
          return performance.now() - began;
        }),
      ),
    ).finally(() => {
      open = false;
    });
    const others = [];
    while (open) {
      const began = performance.now();
      assert.equal((await fetch(`${server.baseUrl}/audit?limit=1`)).status, 200);
      others.push(performance.now() - began);
    }
    const times = await asked;
    assert.ok(Math.max(...others) < 1500, `others waited ${Math.max(...others)} ms`);
    // They share the cores: each alone takes a fraction of it.
    assert.ok(Math.max(...times) < 8000, `${Math.max(...times)} ms`);
    for (const [index, [patterns, args]] of evil.entries()) {
      const began = performance.now();
      await authorize(ids[index], args);
      const time = performance.now() - began;
      assert.ok(time < 500, `${String(patterns[0]).slice(0, 80)}: ${time} ms`);
    }
  });

  it("may nest as deeply as a body can hold", async () => {
    for (const pattern of [
      ..."("
        .repeat(3)
        .split("")
        .map((text) => text.repeat(300_000)),
      ...["(", "(?:", "(a|", "(?=", "((?<=", "[^"].map((text) => text.repeat(100_000)),
      ...["(?:", "(a|", "(?=", "(?!"].map((text) => text.repeat(60_000) + ")".repeat(60_000)),
      ...["{9}".repeat(50_000), `a${"?".repeat(2)}`.repeat(100_000), "(?:a{0,9}){0,9}".repeat(20_000)],
      ...["(?:(?:(?:(?:a{0,99}){0,99}){0,99}){0,99}){0,99}", "\\".repeat(100_000), "|".repeat(500_000)],
    ]) {
      const began = performance.now();
      const { status } = await decide([pattern], { path: "a" });
      assert.ok([200, 500].includes(status), pattern.slice(0, 20));
      assert.ok(performance.now() - began < 2000, `${pattern.slice(0, 20)} ${performance.now() - began} ms`);
    }
    assert.equal((await fetch(`${server.baseUrl}/agents`)).status, 200, "it still runs");
  });
});

it("comparing long lists of permissions holds nobody up", async (context) => {
  const server = await startServer("--dialect", "sdk");
  context.after(() => server.stop());
  const post = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(server.baseUrl + path, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const permissions = Array.from({ length: 15_000 }, (_, number) => ({ resource: `a:b:${number}`, actions: ["read"] }));
  const made = await post("/agents", { ownerId: "user-123", name: "lender", type: "service", permissions });
  const loan = { fromAgent: made.body.id, toAgent: made.body.id, expiresAt: "2099-01-01T00:00:00Z", permissions };
  let open = true;
  const lending = post("/delegations", loan).finally(() => {
    open = false;
  });
  const others = [];
  while (open) {
    const began = performance.now();
    assert.equal((await fetch(`${server.baseUrl}/audit?limit=1`)).status, 200);
    others.push(performance.now() - began);
  }
  assert.equal((await lending).status, 201);
  assert.ok(Math.max(...others) < 500, `others waited ${Math.max(...others)} ms`);
});
