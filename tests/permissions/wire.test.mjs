// Decisions are about what would be sent: the wire form of the request, own members, and names that are known.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const entry = process.env.KAVACHOS_PACKAGE;
const { compile, covers, diff, evaluate, explain, lint } = await import(new URL("./permissions.js", entry));
const { KavachError, read } = await import(entry);

const constrained = [{ resource: "r", actions: ["read"], constraints: { allowedArgPatterns: ["^good"] } }];
const asked = (given) => ({ action: "read", resource: "r", arguments: given });

function refused(call, pattern) {
  assert.throws(call, (error) => {
    assert.ok(error instanceof KavachError, String(error));
    assert.equal(error.code, "INVALID_ARGUMENT");
    assert.match(error.message, pattern);
    return true;
  });
}

describe("arguments that do not arrive as they are", () => {
  class Point {
    x = 1;
  }
  const cyclic = {};
  cyclic.self = cyclic;
  const withToJson = Object.assign(["a"], { toJSON: () => "good" });
  const values = {
    "a Map": new Map([["x", "evil"]]),
    "a Set": new Set(["evil"]),
    URLSearchParams: new URLSearchParams("x=evil"),
    FormData: new FormData(),
    Headers: new Headers({ x: "evil" }),
    "a Blob": new Blob(["evil"]),
    "a promise": Promise.resolve("evil"),
    "an Error": new Error("evil"),
    "a Date": new Date(0),
    "a URL": new URL("https://evil.example"),
    "a boxed string": new String("evil"),
    "a boxed number": new Number(1),
    "an object with toJSON": { toJSON: () => "evil" },
    "an object that inherits toJSON": Object.create({ toJSON: () => "evil" }),
    "an instance of a class": new Point(),
    "a sparse array": Object.assign([1], { 2: 3 }),
    "an array with members": Object.assign(["a"], { x: "evil" }),
    "an array with toJSON": withToJson,
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    BigInt: 1n,
    "a symbol": Symbol("evil"),
    "a function": () => "evil",
    "half a surrogate pair": "\ud800",
    "a typed array": new Uint8Array(2),
    "a RegExp": /evil/,
    "a cycle": cyclic,
  };
  for (const [what, value] of Object.entries(values)) {
    it(`are refused by name: ${what}`, () => {
      const evaluator = compile(constrained);
      for (const list of [constrained, [read("r")], []]) {
        for (const given of [{ x: value }, { deep: { deeper: [{ x: value }] } }]) {
          refused(() => evaluate(list, asked(given)), /^request\.arguments[.[]/);
          refused(() => explain(list, asked(given)), /^request\.arguments[.[]/);
        }
      }
      refused(() => evaluator.evaluate(asked({ x: value })), /^request\.arguments\.x.* must be /);
      refused(() => evaluator.allows("read", "r", { x: value }), /^request\.arguments\.x.* must be /);
      if (typeof value === "object") refused(() => evaluate(constrained, asked(value)), /^request\.arguments/);
    });
  }

  it("say what to pass instead", () => {
    refused(() => evaluate(constrained, asked(new Map())), /Object\.fromEntries/);
    refused(() => evaluate(constrained, asked({ at: new Date(0) })), /toISOString/);
    refused(() => evaluate(constrained, asked({ x: Promise.resolve() })), /[Aa]wait/);
  });

  it("are decided as they are sent, where they are plain", () => {
    const plain = JSON.parse('{"__proto__":"evil","constructor":"good","1":"good","list":["evil"],"no":null}');
    const { allowed, reason } = evaluate(constrained, asked(plain));
    assert.deepEqual([allowed, reason], [false, 'Argument "__proto__" value "evil" does not match pattern "^good"']);
    assert.equal(evaluate(constrained, asked({ x: undefined, y: "good" })).allowed, true);
    assert.equal(evaluate(constrained, asked(Object.assign(Object.create(null), { x: "good" }))).allowed, true);
  });

  it("are each read once", () => {
    let reads = 0;
    const given = {
      get x() {
        return reads++ === 0 ? "good" : "evil";
      },
    };
    assert.deepEqual([evaluate(constrained, asked(given)).allowed, reads], [true, 1]);
  });
});

describe("names that are not known", () => {
  const permission = (members, constraints) => [{ resource: "r", actions: ["read"], ...members, constraints }];
  for (const [list, path, nearest] of [
    [permission({}, { require_approval: true }), "constraints.require_approval", "requireApproval"],
    [permission({}, { requireAproval: true }), "constraints.requireAproval", "requireApproval"],
    [permission({}, { max_calls_per_hour: 5 }), "constraints.max_calls_per_hour", "maxCallsPerHour"],
    [permission({}, { ipAllowList: ["1.2.3.4"] }), "constraints.ipAllowList", "ipAllowlist"],
    [permission({ constraint: { requireApproval: true } }), "constraint", "constraints"],
    [permission({}, { timeWindow: { start: "09:00", end: "17:00", End: "1" } }), "constraints.timeWindow.End", "end"],
    [permission({ Resource: "x" }), "Resource", "resource"],
  ]) {
    it(`are refused, with the one that is meant: ${path}`, () => {
      const said = new RegExp(`^\\w+\\[0\\]\\.${path.replaceAll(".", "\\.")} must be left out: .*"${nearest}"`);
      for (const call of [
        () => evaluate(list, asked({})),
        () => compile(list),
        () => explain(list, asked({})),
        () => lint(list),
        () => covers(list, [read("r")]),
        () => covers([read("r")], list),
        () => diff(list, []),
        () => diff([], list),
      ])
        refused(call, said);
      // Others may be let through, but not these.
      refused(() => evaluate(list, asked({}), { allowUnknown: ["other"] }), said);
      refused(() => lint(list, { allowUnknown: false }), said);
    });
  }

  it("are refused in requests, contexts and options", () => {
    refused(() => evaluate([], { action: "read", resource: "r", argument: {} }), /request\.argument must be left out/);
    refused(() => evaluate([], { ...asked(), agentId: "a" }), /^request\.agentId must be left out/);
    refused(() => evaluate([], asked(), { agentname: "a" }), /^context\.agentname must be left out.*"agentName"/);
    refused(() => compile([], { Mode: "strict" }), /^options\.Mode must be left out.*"mode"/);
    refused(() => lint([], { mode: "strict" }), /^options\.mode must be left out/);
    refused(() => covers([], [], new AbortController().signal && { signal: 1 }), /^options\.signal must be left out/);
    refused(
      () => lint([], { allowUnknown: "later" }),
      /^options\.allowUnknown must be a boolean or an array of names$/,
    );
  });

  it("let nothing through where they are allowed: such a permission cannot be decided", () => {
    const later = permission({}, { maxCallsPerDay: 5 });
    for (const allowUnknown of [true, ["maxCallsPerDay"]]) {
      const expected = {
        allowed: false,
        reason: "Cannot be decided here without maxCallsPerDay",
        permission: { index: 0, rule: later[0] },
        constraint: "maxCallsPerDay",
        needs: ["maxCallsPerDay"],
      };
      assert.deepEqual(evaluate(later, asked({}), { allowUnknown }), expected);
      const evaluator = compile(later, { allowUnknown });
      assert.deepEqual(evaluator.evaluate(asked({})), expected);
      assert.deepEqual([evaluator.allows("read", "r"), evaluator.allows("read", "r", {})], [false, false]);
      const explained = explain(later, asked({}), { allowUnknown });
      assert.deepEqual(
        [explained.allowed, explained.needs, explained.permissions[0].constraints],
        [
          false,
          ["maxCallsPerDay"],
          [
            {
              name: "maxCallsPerDay",
              condition: "a constraint that is not known here",
              verdict: "unknown",
              needs: "maxCallsPerDay",
            },
          ],
        ],
      );
      assert.deepEqual(
        lint(later, { allowUnknown })
          .map(({ code }) => code)
          .sort(),
        ["prefix-escalation"],
      );
      assert.equal(covers(later, later, { allowUnknown }).covered, true);
    }
    const both = permission({ effect: "deny" }, { requireApproval: true, later: 1, ipAllowlist: ["1.2.3.4"] });
    const denied = evaluate(both, asked({}), { allowUnknown: true });
    assert.deepEqual([denied.constraint, denied.needs], ["requireApproval", undefined]);
    both[0].constraints.requireApproval = null;
    assert.deepEqual(evaluate(both, asked({}), { allowUnknown: true }).needs, ["ip", "effect", "later"]);
    assert.equal(
      evaluate([...later, read("x")], { action: "read", resource: "x" }, { allowUnknown: true }).allowed,
      true,
    );
  });

  it("are compared where they are allowed", () => {
    const one = permission({}, { later: { a: 1 } });
    const other = permission({}, { later: { a: 2 } });
    const options = { allowUnknown: ["later"] };
    assert.equal(diff(one, one, options).same, true);
    const { same, changed } = diff(one, other, options);
    assert.deepEqual([same, changed[0].constraints], [false, [{ name: "later", before: { a: 1 }, after: { a: 2 } }]]);
    assert.equal(diff(one, permission({}), options).changed[0].constraints[0].name, "later");
  });
});

describe("members that are inherited", () => {
  const NAMES = {
    action: "read",
    resource: "r",
    actions: ["*"],
    arguments: { x: "good" },
    constraints: {},
    maxCallsPerHour: 0,
    allowedArgPatterns: [],
    requireApproval: false,
    timeWindow: null,
    ipAllowlist: [],
    start: "00:00",
    end: "24:00",
    agentName: "polluted",
    ip: "10.0.0.1",
    now: 0,
    timezone: "UTC",
    callsInLastHour: 0,
    mode: "strict",
    allowUnknown: true,
    uncovered: [],
    closest: 0,
    reason: "polluted",
    needs: [],
    permission: {},
    constraint: "polluted",
    0: "*",
    1: "polluted",
    get: () => "polluted",
    value: "polluted",
    enumerable: true,
    length: 1,
  };
  const deep = [
    { resource: "x:*", actions: ["read"], constraints: { requireApproval: true } },
    {
      resource: "r",
      actions: ["read"],
      constraints: { maxCallsPerHour: 5, timeWindow: { start: "00:00", end: "24:00" }, ipAllowlist: ["1.2.3.4"] },
    },
  ];
  const calls = [
    () => evaluate(deep, asked({ x: "evil" })),
    () => evaluate(constrained, { action: "read", resource: "r" }),
    () => evaluate(constrained, asked({ x: "evil" }), { ip: "1.2.3.4" }),
    () => evaluate([{ resource: "r", actions: [] }], { action: "read", resource: "r" }),
    () => compile(deep).evaluate({ action: "write", resource: "r" }, { agentName: "me" }),
    () => compile(deep).allows("read", "r"),
    () => compile(deep).allows("read", "r", {}),
    () => explain(deep, asked({ x: "evil" })).text,
    () => lint(deep),
    () => covers(deep, [read("r"), read("y")]),
    () => covers(deep[1], read("r")),
    () => diff(deep, [read("r")]),
    ...[
      [[{}], asked({})],
      [[{ resource: "r" }], asked({})],
      [[read("r")], {}],
      [[read("r")], { action: "read" }],
      [[{ ...read("r"), constraints: { timeWindow: {} } }], asked({})],
      [new Array(1), asked({})],
      [[{ resource: "r", actions: new Array(1) }], asked({})],
      [[{ ...read("r"), constraints: { other: 1 } }], asked({})],
    ].map(
      ([list, request]) =>
        () =>
          evaluate(list, request),
    ),
  ];
  // As text: assertions themselves trip over a polluted prototype.
  const outcomes = () =>
    calls.map((call) => {
      try {
        return JSON.stringify(call());
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    });
  const expected = outcomes();
  for (const [name, value] of Object.entries(NAMES)) {
    it(`change nothing: ${name}`, () => {
      let found;
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: true });
      try {
        found = outcomes();
      } finally {
        delete Object.prototype[name];
      }
      assert.deepEqual(found, expected);
    });
  }

  it("are refused where JSON would call them", () => {
    let caught;
    Object.prototype.toJSON = () => "polluted";
    try {
      evaluate(constrained, asked({ x: "good" }));
    } catch (error) {
      caught = error;
    } finally {
      delete Object.prototype.toJSON;
    }
    assert.deepEqual(
      [caught?.code, caught?.message],
      ["INVALID_ARGUMENT", "Object.prototype must not have a member toJSON"],
    );
  });

  it("of a request, a permission or a context are none of it", () => {
    const inherits = (object) => Object.create(object);
    refused(() => evaluate([read("r")], inherits(asked({}))), /^request must be a plain object$/);
    refused(() => compile([read("r")]).evaluate(inherits(asked())), /^request must be a plain object$/);
    refused(() => evaluate([inherits(read("r"))], asked({})), /^permissions\[0\]\.resource must be a string$/);
    const context = inherits({ ip: "1.2.3.4", mode: "strict" });
    assert.deepEqual(evaluate([{ ...read("r"), constraints: { ipAllowlist: ["1.2.3.4"] } }], asked(), context).needs, [
      "ip",
    ]);
  });
});

describe("values that cannot be read", () => {
  const thrower = {
    get resource() {
      throw new Error("token=secret");
    },
  };
  const proxy = new Proxy({}, { ownKeys: () => assert.fail("token=secret") });
  it("are invalid, and say nothing of what was thrown", () => {
    for (const bad of [thrower, proxy]) {
      const said = / must be a value that can be read: a getter or a proxy in it throws$/;
      refused(() => evaluate([bad], asked({})), said);
      refused(() => evaluate([], bad), said);
      refused(() => compile([]).evaluate(bad), said);
      refused(() => compile([bad]), said);
      refused(() => lint([bad]), said);
      refused(() => evaluate([], asked(bad)), said);
    }
    refused(() => evaluate([], asked({}), proxy), /^context must be a value that can be read/);
    refused(() => lint([], proxy), /^options must be a value that can be read/);
  });
});
