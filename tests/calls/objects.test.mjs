// The objects that users hold: methods are bound, nothing needs to be freed, and nothing shows what is inside.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { AGENT, answer, fine, rejected, script } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch = script(fine), options = {}) =>
  new KavachClient({ baseUrl: "https://app.example/api/", dialect: "sdk", token: "kv_canary", fetch, ...options });

describe("a client", () => {
  it("has methods that work taken off their object", async () => {
    const kavach = client();
    const { list } = kavach.agents;
    assert.equal((await list()).length, 1);
    const { authorize } = client(script(answer(200, { allowed: true, auditId: "" })));
    assert.equal((await authorize("a1", { action: "a", resource: "r" })).allowed, true);
    const agents = await Promise.all(["a", "b"].map((id) => client(script(answer(200, AGENT))).agents.get(id)));
    assert.equal(agents.length, 2);
    assert.equal((await rejected(["a"].map(kavach.agents.get)[0])).code, "INVALID_ARGUMENT");
  });

  it("works after free, in a proxy, and as the base of a class", async () => {
    const kavach = client();
    const { agents } = kavach;
    kavach.free();
    kavach.free();
    assert.equal((await agents.list()).length, 1);
    assert.equal((await kavach.agents.list()).length, 1);
    assert.equal((await new Proxy(client(), {}).agents.list()).length, 1);
    class Mine extends KavachClient {
      count = async () => (await this.agents.list()).length;
    }
    assert.equal(await new Mine({ baseUrl: "https://app.example", dialect: "sdk", fetch: script(fine) }).count(), 1);
    const replaced = client();
    replaced.agents.list = async () => [];
    assert.deepEqual(await replaced.agents.list(), []);
  });

  it("works when it is frozen, and when somebody has looked at what its prototype has", async () => {
    const frozen = Object.freeze(client());
    assert.equal((await frozen.agents.list()).length, 1);
    assert.equal((await Object.freeze(frozen.agents).list()).length, 1);
    class Mine extends KavachClient {}
    const { agents, audit } = client();
    for (const { prototype } of [KavachClient, Mine, agents.constructor, audit.constructor])
      for (let object = prototype; object; object = Object.getPrototypeOf(object))
        for (const name of Reflect.ownKeys(object)) if (name !== "__proto__") prototype[name];
    const mine = new Mine({ baseUrl: "https://app.example", dialect: "sdk", fetch: script(fine) });
    for (const kavach of [client(), mine]) {
      assert.equal((await kavach.agents.list()).length, 1);
      assert.deepEqual([typeof kavach.authorize, typeof kavach.request], ["function", "function"]);
      assert.equal(typeof kavach.audit.iterate, "function");
      assert.equal(kavach.agents, kavach.agents);
    }
  });

  it("shows where it is and its dialect, and nothing else", () => {
    const kavach = client();
    const shown = { baseUrl: "https://app.example/api", dialect: "sdk" };
    assert.deepEqual(JSON.parse(JSON.stringify(kavach)), shown);
    assert.equal(inspect(kavach), `KavachClient ${inspect(shown)}`);
    assert.doesNotMatch(inspect([kavach, kavach.agents, kavach.agents.list], { showHidden: true, depth: 9 }), /canary/);
    assert.deepEqual(structuredClone(kavach), {});
    assert.deepEqual({ ...kavach }, {});
  });

  it("counts what changes decisions, together with the other clients of its server", async () => {
    const mine = client(script(answer(200, AGENT)));
    const other = client(script(answer(200, AGENT)));
    const apart = client(script(answer(200, AGENT)), { baseUrl: "https://elsewhere.example" });
    const before = [mine.mutations.count, apart.mutations.count];
    await other.agents.update("a1", { name: "x" });
    await other.agents.get("a1");
    assert.deepEqual([mine.mutations.count - before[0], apart.mutations.count - before[1]], [2, 0]);
  });

  it("has namespaces that cannot be made by hand", async () => {
    const error = await rejected(Promise.resolve().then(() => new sdk.Agents().list()));
    assert.deepEqual([error.name, error.code], ["KavachError", "INVALID_ARGUMENT"]);
  });

  it("takes a URL, and fills in the reason of a denial", async () => {
    const fetch = script(answer(403, { data: { allowed: false, auditId: "a" } }));
    const kavach = client(fetch, { baseUrl: new URL("https://app.example/x/"), dialect: "adapter" });
    assert.equal(kavach.baseUrl, "https://app.example/x");
    const decision = await kavach.authorize("a1", { action: "a", resource: "r" });
    assert.deepEqual({ ...decision }, { allowed: false, auditId: "a", reason: "" });
  });

  it("is named by the host where `new` is forgotten", async () => {
    const { default: commonJs } = await import(new URL("index.cjs", process.env.KAVACHOS_PACKAGE));
    for (const Client of [KavachClient, commonJs.KavachClient])
      assert.throws(() => Client({ baseUrl: "https://app.example" }), /\bKavachClient\b/);
  });
});
