// Evaluators where programs hold them: in proxies, as Vue and Alpine make them, in copies, as valtio makes them, in logs, and
// as methods that are taken off.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";

const entry = process.env.KAVACHOS_PACKAGE;
const { compile } = await import(new URL("./permissions.js", entry));
const { KavachError, read } = await import(entry);

const made = () => compile([read("mcp:*"), { ...read("limited"), constraints: { maxCallsPerHour: 1 } }]);

function use({ evaluate, allows }) {
  assert.equal(allows("read", "mcp:a"), true);
  assert.equal(allows("read", "é".repeat(5_000)), false);
  assert.equal(evaluate({ action: "read", resource: "limited" }, { callsInLastHour: 0 }).allowed, true);
}

// A proxy around an object and all that is read of it, with methods called on the proxy.
const deep = (object) =>
  new Proxy(object, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      return typeof value === "object" && value !== null ? deep(value) : value;
    },
    set: (target, name, value, receiver) => Reflect.set(target, name, value, receiver),
  });

// A new object of the same prototype, with the members of the old one set on a proxy around it.
function copied(object) {
  const copy = deep(Object.create(Object.getPrototypeOf(object)));
  for (const name of Reflect.ownKeys(object)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(object, name);
    if ("value" in descriptor && descriptor.writable) copy[name] = object[name];
  }
  return copy;
}

describe("an evaluator works", () => {
  for (const [where, hold] of [
    ["by itself", (evaluator) => evaluator],
    ["in a deep proxy", deep],
    ["in a proxy of a copy", copied],
    ["by its methods", ({ evaluate, allows, mode }) => ({ evaluate, allows, mode })],
    ["where others inherit from it", (evaluator) => Object.create(evaluator)],
  ]) {
    it(where, () => {
      const evaluator = made();
      const held = hold(evaluator);
      use(held);
      assert.equal(held.mode, "server");
      assert.equal(held.allows("read", "mcp:a"), true);
      assert.deepEqual(
        ["mcp:a", "other"].filter((resource) => held.allows("read", resource)),
        ["mcp:a"],
      );
      evaluator.free();
      for (const call of [() => held.allows("read", "mcp:a"), () => held.evaluate({ action: "a", resource: "b" })])
        assert.throws(call, (error) => error instanceof KavachError && error.code === "INVALID_ARGUMENT");
    });
  }

  it("and shows its mode, nothing else", () => {
    const evaluator = made();
    assert.equal(inspect(evaluator), "Evaluator { mode: 'server' }");
    assert.equal(JSON.stringify(evaluator), '{"mode":"server"}');
    assert.deepEqual(Object.keys(evaluator), ["mode"]);
  });

  it("and is disposed of by `using`, more than once", () => {
    const evaluator = made();
    if (Symbol.dispose) evaluator[Symbol.dispose]();
    evaluator.free();
    evaluator.free();
    assert.throws(() => evaluator.allows("read", "mcp:a"), /disposed of/);
  });
});
