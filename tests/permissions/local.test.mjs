// Deciding locally, where random cases do not reach: what is refused, what is not known, what could take too long, and
// what stays after an evaluator is disposed of.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const entry = process.env.KAVACHOS_PACKAGE;
const { compile, covers, diff, evaluate, explain, lint } = await import(new URL("./permissions.js", entry));
const { KavachError, read } = await import(entry);

const request = { action: "read", resource: "r" };
const limited = (constraints) => [{ resource: "r", actions: ["read"], constraints }];
const refused = (call, message) =>
  assert.throws(call, (error) => {
    assert.ok(error instanceof KavachError && error instanceof Error, String(error));
    assert.deepEqual([error.name, error.code, error.message], ["KavachError", "INVALID_ARGUMENT", message]);
    return true;
  });

describe("arguments that are wrong", () => {
  const half = "\ud83d";
  for (const [permissions, message] of [
    [undefined, "permissions must be an array of objects"],
    [{ ...read("r") }, "permissions must be an array of objects"],
    [[read("r"), null], "permissions[1] must be an object"],
    [[[]], "permissions[0] must be an object"],
    [[{ actions: [] }], "permissions[0].resource must be a string"],
    [[{ resource: 5, actions: [] }], "permissions[0].resource must be a string"],
    [[{ resource: half, actions: [] }], "permissions[0].resource must be text without half surrogate pairs"],
    [[{ resource: "r" }], "permissions[0].actions must be an array of strings"],
    [[{ resource: "r", actions: "read" }], "permissions[0].actions must be an array of strings"],
    [[{ resource: "r", actions: ["read", 5] }], "permissions[0].actions[1] must be a string"],
    [limited(5), "permissions[0].constraints must be an object"],
    [
      limited({ maxCallsPerHour: 1.5 }),
      "permissions[0].constraints.maxCallsPerHour must be a whole number of 0 or more",
    ],
    [
      limited({ maxCallsPerHour: "5" }),
      "permissions[0].constraints.maxCallsPerHour must be a whole number of 0 or more",
    ],
    [
      limited({ maxCallsPerHour: -1 }),
      "permissions[0].constraints.maxCallsPerHour must be a whole number of 0 or more",
    ],
    [limited({ allowedArgPatterns: "a" }), "permissions[0].constraints.allowedArgPatterns must be an array of strings"],
    [limited({ allowedArgPatterns: [/a/] }), "permissions[0].constraints.allowedArgPatterns[0] must be a string"],
    [limited({ requireApproval: "no" }), "permissions[0].constraints.requireApproval must be a boolean"],
    [limited({ timeWindow: "9-17" }), "permissions[0].constraints.timeWindow must be an object"],
    [limited({ timeWindow: { start: "09:00" } }), "permissions[0].constraints.timeWindow.end must be a string"],
    [limited({ ipAllowlist: {} }), "permissions[0].constraints.ipAllowlist must be an array of strings"],
  ]) {
    it(`${JSON.stringify(permissions)}: ${message}`, () => {
      refused(() => evaluate(permissions, request), message);
      refused(() => compile(permissions), message);
      refused(() => explain(permissions, request), message);
      refused(() => lint(permissions), message);
      refused(() => diff([], permissions), message.replace("permissions", "after"));
    });
  }

  for (const [asked, context, message] of [
    [undefined, {}, "request must be an object"],
    ["read", {}, "request must be an object"],
    [{ resource: "r" }, undefined, "request.action must be a string"],
    [{ action: "read" }, {}, "request.resource must be a string"],
    [{ action: "read", resource: 5 }, undefined, "request.resource must be a string"],
    [{ action: half, resource: "r" }, undefined, "request.action must be text without half surrogate pairs"],
    [{ ...request, arguments: "a" }, undefined, "request.arguments must be an object"],
    [{ ...request, arguments: ["a"] }, undefined, "request.arguments must be an object"],
    [request, 5, "context must be an object"],
    [request, { agentName: 5 }, "context.agentName must be a string"],
    [request, { ip: 5 }, "context.ip must be a string"],
    [
      request,
      { now: "soon" },
      "context.now must be a date and time: a Date, milliseconds since 1970, or ISO 8601 text",
    ],
    [
      request,
      { now: new Date(Number.NaN) },
      "context.now must be a date and time: a Date, milliseconds since 1970, or ISO 8601 text",
    ],
    [request, { now: true }, "context.now must be a date and time: a Date, milliseconds since 1970, or ISO 8601 text"],
    [
      request,
      { timezone: "Mars/Olympus" },
      'context.timezone must be the name of a time zone, such as "Europe/Berlin"',
    ],
    [request, { callsInLastHour: -1 }, "context.callsInLastHour must be a whole number of 0 or more"],
    [request, { callsInLastHour: "1" }, "context.callsInLastHour must be a whole number of 0 or more"],
  ]) {
    it(`${JSON.stringify(asked)} with ${JSON.stringify(context)}: ${message}`, () => {
      refused(() => evaluate([read("r")], asked, context), message);
      refused(() => compile([read("r")]).evaluate(asked, context), message);
      refused(() => explain([read("r")], asked, context), message);
    });
  }

  it("modes and evaluators", () => {
    refused(() => evaluate([], request, { mode: "loose" }), 'context.mode must be "server" or "strict"');
    refused(() => compile([], { mode: 5 }), 'options.mode must be "server" or "strict"');
    refused(() => compile([], 5), "options must be an object");
    refused(() => lint([], 5), "options must be an object");
    const evaluator = compile([read("r")]);
    refused(
      () => evaluator.evaluate(request, { mode: "strict" }),
      'context.mode must be "server": an evaluator has the mode that it was compiled with',
    );
    assert.equal(evaluator.allows("read", "r"), true);
    evaluator.free();
    refused(() => evaluator.allows("read", "r"), "this evaluator must not be used any more: it has been disposed of");
    evaluator.free();
  });

  it("arguments with half a pair, whether a constraint looks at them or not", () => {
    const asked = { ...request, arguments: { x: half } };
    const message = "request.arguments.x must be text without half surrogate pairs: UTF-8 cannot carry them";
    refused(() => evaluate([read("r")], asked), message);
    const permissions = limited({ allowedArgPatterns: ["a"] });
    refused(() => evaluate(permissions, asked), message);
    const evaluator = compile(permissions);
    refused(() => evaluator.evaluate(asked), message);
    evaluator.free(); // Nothing holds on to it.
  });

  it("covers names them too, alone or in a list", () => {
    refused(() => covers(read("r"), { resource: "r" }), "child.actions must be an array of strings");
    refused(() => covers([read("r")], [{ resource: "r" }]), "child[0].actions must be an array of strings");
    refused(() => covers(5, []), "parent must be an array of objects");
  });
});

describe("what is not known", () => {
  it("is never guessed", () => {
    const all = limited({
      maxCallsPerHour: 5,
      timeWindow: { start: "00:00", end: "24:00" },
      ipAllowlist: ["1.2.3.4"],
    });
    const decision = evaluate(all, request);
    assert.deepEqual(decision, {
      allowed: false,
      reason: "Cannot be decided here without callsInLastHour, timezone, ip",
      permission: { index: 0, rule: all[0] },
      constraint: "maxCallsPerHour",
      needs: ["callsInLastHour", "timezone", "ip"],
    });
    const known = { callsInLastHour: 4, timezone: "Europe/Berlin", ip: "1.2.3.4" };
    assert.equal(evaluate(all, request, known).allowed, true);
    for (const name of Object.keys(known))
      assert.deepEqual(evaluate(all, request, { ...known, [name]: undefined }).needs, [name]);
    assert.deepEqual(evaluate(all, request, { mode: "strict" }).needs, ["callsInLastHour", "ip"]);
  });

  it("does not matter where something else denies", () => {
    const permissions = limited({ maxCallsPerHour: 5, requireApproval: true });
    const decision = evaluate(permissions, request);
    assert.deepEqual([decision.needs, decision.constraint], [undefined, "requireApproval"]);
  });

  it("is said in the server's words where the server might not know the address either", () => {
    const permissions = limited({ ipAllowlist: ["1.2.3.4"] });
    const reason = "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match";
    assert.deepEqual([evaluate(permissions, request).reason, evaluate(permissions, request).needs], [reason, ["ip"]]);
    const adapter = evaluate(permissions, request, { ip: null });
    assert.deepEqual([adapter.reason, adapter.needs], [reason, undefined]);
  });

  it("is the time, unless one is given", () => {
    const minute = new Date().toISOString().slice(11, 16);
    const permissions = limited({ timeWindow: { start: minute, end: "24:00" } });
    assert.equal(evaluate(permissions, request, { timezone: "UTC" }).allowed, true);
    for (const now of [new Date("2026-01-01T12:00:00Z"), "2026-01-01T12:00:00Z", Date.UTC(2026, 0, 1, 12)]) {
      const noon = limited({ timeWindow: { start: "13:00", end: "13:00" } });
      assert.equal(evaluate(noon, request, { now, timezone: "Europe/Berlin" }).allowed, true, String(now));
    }
  });
});

describe("patterns", () => {
  const patterned = (pattern, value) =>
    evaluate(limited({ allowedArgPatterns: [pattern] }), { ...request, arguments: { x: value } });

  it("that are no regular expressions deny, and say so", () => {
    const { allowed, reason, constraint } = patterned("(", "a");
    assert.deepEqual([allowed, constraint], [false, "allowedArgPatterns"]);
    assert.match(reason, /^Invalid regular expression: /);
    const invalid = limited({ allowedArgPatterns: ["("] });
    assert.equal(evaluate(invalid, request).allowed, true, "without arguments it is not tried");
    for (const given of [{}, { x: 5 }, { x: ["a"], y: null, z: { x: "a" } }])
      assert.match(evaluate(invalid, { ...request, arguments: given }).reason, /^Invalid regular expression: /);
    assert.equal(patterned("^b", "a").reason, 'Argument "x" value "a" does not match pattern "^b"');
  });

  it("that people write are tried, on long values too", () => {
    const long = `/${"data/".repeat(2_000)}x.txt`;
    for (const pattern of ["^/", "^(/[\\w.-]+)+$", "^[^\\0]*$", "^(?!.*secret).*$", "^(/data|/x)", "^/.*\\.txt$"])
      assert.equal(patterned(pattern, long).allowed, true, pattern);
  });

  it("are globs in strict mode", () => {
    const strict = (pattern, value) =>
      evaluate(
        limited({ allowedArgPatterns: [pattern, "other"] }),
        { ...request, arguments: { x: value } },
        { mode: "strict" },
      );
    assert.equal(strict("/tmp/*", "/tmp/a/b").allowed, true);
    assert.equal(strict("/tmp/*", "/var/tmp/a").allowed, false);
    assert.equal(strict("(", "(").allowed, true);
    assert.equal(strict("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(20_000)).allowed, false);
  });
});

describe("evaluators", () => {
  it("keep what was compiled", () => {
    const permissions = [read("a")];
    const evaluator = compile(permissions);
    permissions.push(read("b"));
    permissions[0].resource = "c";
    assert.deepEqual([evaluator.allows("read", "a"), evaluator.allows("read", "b")], [true, false]);
  });

  it("take texts of any length, and many of them", () => {
    const deep = Array.from({ length: 5_000 }, (_, index) => `s${index}`).join(":");
    const long = "é".repeat(3_000);
    for (const mode of ["server", "strict"]) {
      const list = [read(deep), read(long), ...Array.from({ length: 50 }, (_, index) => read(`x${index}`))];
      const evaluator = compile(list, { mode });
      const others = Array.from({ length: 200 }, () => compile(list)); // Memory grows, and views of it go stale.
      assert.deepEqual(
        [deep, `${deep}:x`, long, "x49", "x50"].map((resource) => evaluator.allows("read", resource)),
        [true, false, true, true, false],
      );
      assert.equal(
        others.every((other) => other.allows("read", long)),
        true,
      );
    }
  });

  it("give their memory back", () => {
    const list = Array.from({ length: 1_000 }, (_, index) => read(`mcp:service-${index}:*`));
    const round = () => {
      for (let turn = 0; turn < 200; turn++) compile(list).free();
    };
    round();
    const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers;
    for (let turn = 0; turn < 20; turn++) round();
    const after = process.memoryUsage().external + process.memoryUsage().arrayBuffers;
    assert.ok(after - before < 2 ** 20, `${after - before} bytes more`);
  });
});
