import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { optionsWithArgs, resolved, ruleWithArgs, withArgs } from "./with-args.js";

const view = { args: ["c", "d"] };

describe("functions", () => {
  it("receive the arguments of the framework in place of the view", () => {
    assert.deepEqual(withArgs((...all) => all)("token", view), ["token", "c", "d"]);
  });
  it("are the only values that change", () => {
    for (const value of [undefined, null, 5, "text"]) assert.equal(withArgs(value), value);
  });
  it("may stand for a client", () => {
    const client = {};
    assert.equal(resolved(client, 1), client);
    assert.deepEqual(
      resolved((...all) => all, 1, 2),
      [1, 2],
    );
  });
});

describe("rules", () => {
  it("have parts that are functions of the context", () => {
    const rule = ruleWithArgs({ action: "read", resource: (c) => `r:${c}` });
    assert.deepEqual([rule.action, rule.resource(view)], ["read", "r:c"]);
  });
  it("may be functions, whose results may have such parts", async () => {
    const found = await ruleWithArgs(async (c) => ({ action: c, resource: (c) => `r:${c}` }))(view);
    assert.deepEqual([found.action, found.resource(view)], ["c", "r:c"]);
  });
  it("stay as they are without functions: null, responses, and what the guard refuses", async () => {
    const response = new Response("no");
    for (const value of [null, undefined, "text", 5, response, { action: "a", resource: "r" }]) {
      assert.equal(ruleWithArgs(value), value);
      assert.equal(await ruleWithArgs(() => value)(view), value);
    }
  });
});

describe("options", () => {
  it("have three functions of requests, and others", () => {
    const same = (...all) => all;
    const options = optionsWithArgs({ cors: same, permissions: same, onRefusal: same, scope: same, evaluate: same });
    assert.deepEqual(options.cors("https://a.example", view), ["https://a.example", "c", "d"]);
    assert.deepEqual(options.permissions("token", view), ["token", "c", "d"]);
    assert.deepEqual(options.onRefusal("refused", view), ["refused", "c", "d"]);
    assert.deepEqual([options.scope, options.evaluate], [same, same]);
  });
  it("may be missing", () => {
    assert.equal(optionsWithArgs(undefined), undefined);
    assert.equal(optionsWithArgs(null), null);
  });
});
