// The module of this entry imports nothing, so that nothing is thrown through it. What the host's functions throw around it, or
// where its stack ends, leaves the module as it was: it works on, and no call takes a part of its stack along.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { Instance } = WebAssembly;
const state = { imports: undefined, exports: undefined };
WebAssembly.Instance = new Proxy(Instance, { construct: (_, [module, imports]) => instantiated(module, imports) });

function instantiated(module, imports) {
  const instance = new Instance(module, imports);
  state.imports = WebAssembly.Module.imports(module);
  state.exports = instance.exports;
  return instance;
}

const { compile, covers, diff, evaluate, explain, lint } = await import(
  new URL("./permissions.js", process.env.KAVACHOS_PACKAGE)
);

const TURNS = 300; // The module's stack would not last for so many.
const request = { action: "read", resource: "a:b", arguments: { x: "abc", y: 5 } };
const context = {
  agentName: "n",
  ip: "10.0.0.1",
  timezone: "UTC",
  now: 0,
  callsInLastHour: 1,
  allowUnknown: ["later"],
};
const list = [
  {
    resource: "a:*",
    actions: ["read"],
    constraints: {
      maxCallsPerHour: 5,
      allowedArgPatterns: ["^[a-z]+$", "(?=a)"],
      timeWindow: { start: "00:00", end: "24:00" },
      ipAllowlist: ["10.0.0.0/8"],
    },
  },
  { resource: "a", actions: ["read"], constraints: { later: 1, allowedArgPatterns: ["("] } },
];
const options = { allowUnknown: true };

const steps = [
  () => evaluate(list, request, context),
  () => evaluate(list, { ...request, resource: "a" }, context),
  () => evaluate(list, { ...request, action: "é" }, context),
  () => evaluate(list, request, { ...context, timezone: 5 }),
  () => evaluate([{ resource: "a" }], request, context),
  () => compile(list, options).evaluate(request, { ip: null, callsInLastHour: 1 }),
  () => compile(list, options).allows("read", "a:é"),
  () => explain(list, request, context),
  () => lint(list, options),
  () => covers(list, list[0], options),
  () => diff(list, list.toReversed(), options),
];

// Each step by itself, so that one that throws does not spare the others.
const outcomes = () =>
  steps.map((step) => {
    try {
      return step();
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  });

describe("whatever throws, the module works on:", () => {
  const expected = outcomes();
  const evaluator = compile(list, options);
  const decision = evaluator.evaluate(request, { ip: "10.0.0.1", timezone: "UTC", callsInLastHour: 1 });

  function check() {
    assert.deepEqual(outcomes(), expected);
    const known = { ip: "10.0.0.1", timezone: "UTC", callsInLastHour: 1 };
    assert.deepEqual(evaluator.evaluate(request, known), decision, "an evaluator that was made before");
  }

  it("there is nothing to import", () => {
    assert.equal(decision.allowed, true);
    assert.deepEqual(state.imports, []);
  });

  for (const [what, arm] of [
    ["WebAssembly.Memory", () => replace(WebAssembly.Memory.prototype, "buffer", { get: thrower })],
    ["RegExp", () => replace(globalThis, "RegExp", thrower)],
    ["RegExp.prototype.test", () => replace(RegExp.prototype, "test", thrower)],
    ["RegExp.prototype.exec", () => replace(RegExp.prototype, "exec", thrower)],
    ["Intl.DateTimeFormat", () => replace(Intl.DateTimeFormat.prototype, "format", { get: thrower })],
    ["JSON.parse", () => replace(JSON, "parse", thrower)],
    ["Object.keys", () => replace(Object, "keys", thrower)],
    ["TextEncoder", () => replace(TextEncoder.prototype, "encode", thrower)],
    ["TextDecoder", () => replace(TextDecoder.prototype, "decode", thrower)],
  ]) {
    it(`the host's ${what}`, () => {
      const top = state.exports.__stack_pointer.value;
      for (let turn = 0; turn < TURNS; turn++) {
        const restore = arm();
        try {
          for (const step of steps)
            try {
              step();
            } catch {
              // As above.
            }
        } finally {
          restore();
        }
      }
      assert.equal(state.exports.__stack_pointer.value, top);
      check();
    });
  }

  it("a call where the host's own stack ends", () => {
    const deepest = () => {
      try {
        deepest();
      } catch {
        // Somewhere here there is too little left for a whole call.
      }
      try {
        evaluator.evaluate(request, { ip: "10.0.0.1", timezone: "UTC", callsInLastHour: 1 });
      } catch {
        // As above.
      }
    };
    const top = state.exports.__stack_pointer.value;
    for (let turn = 0; turn < 3; turn++) deepest();
    assert.equal(state.exports.__stack_pointer.value, top);
    check();
  });
});

function thrower() {
  throw new RangeError("thrown by the host");
}

// Replaces a member for a while.
function replace(object, name, value) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const descriptor = typeof value === "function" ? { value } : value;
  Object.defineProperty(object, name, { configurable: true, ...descriptor });
  return () => Object.defineProperty(object, name, before);
}
