// Holds each object as a framework would, and uses it from there. Prints what went wrong, by name.
import assert from "node:assert/strict";
import { KavachClient, read } from "kavachos-wasm";
import { scan } from "kavachos-wasm/audit";
import { compile } from "kavachos-wasm/permissions";
import { proxy } from "valtio/vanilla";
import { reactive, readonly, ref, toRaw } from "vue";

const baseUrl = process.argv[2];
const { user } = await new KavachClient({ baseUrl }).auth.signUp({
  ...{ email: `${Math.random().toString(36).slice(2)}@example.com`, password: "correct horse battery", name: "Ada" },
});
const kavach = new KavachClient({ baseUrl });
const permissions = [read("mcp:github:*")];
const agent = await kavach.agents.create({ ownerId: user.id, name: "reader", type: "autonomous", permissions });
const request = { action: "read", resource: "mcp:github:repos" };
for (const resource of ["mcp:github:repos", "mcp:github:issues", "mcp:deploy:production"])
  await kavach.authorize(agent.id, { action: "read", resource });
const filters = { agentId: agent.id };

const ways = {
  "ref()": (value) => ref(value).value,
  "reactive()": (value) => reactive({ held: { value } }).held.value,
  "readonly()": (value) => readonly({ value }).value,
  "proxy()": (value) => proxy({ value }).value,
};

const uses = {
  async client(hold) {
    const held = hold(new KavachClient({ baseUrl }));
    assert.equal((await held.authorize(agent.id, request)).allowed, true);
    assert.equal((await held.agents.get(agent.id)).id, agent.id);
    assert.equal(held.baseUrl, new KavachClient({ baseUrl }).baseUrl);
    assert.equal(typeof held.dialect, "string");
    const { authorize } = held;
    assert.equal((await authorize(agent.id, request)).allowed, true);
  },
  async namespace(hold) {
    const { agents } = new KavachClient({ baseUrl });
    assert.equal((await hold(agents).get(agent.id)).id, agent.id);
  },
  async iterator(hold) {
    const first = hold(kavach.audit.iterate(filters));
    assert.equal((await first.next()).value.agentId, agent.id);
    const seen = [];
    for await (const { resource } of hold(kavach.audit.iterate(filters))) seen.push(resource);
    assert.ok(seen.length >= 3);
    assert.equal((await hold(kavach.audit.iterate(filters)).toArray({ limit: 2 })).length, 2);
    await first.return();
  },
  async scan(hold) {
    const log = await scan(kavach, filters);
    const ids = (view) => view.rows().map(({ id }) => id);
    const held = hold(await scan(kavach, filters));
    assert.deepEqual([held.count(), ids(held)], [log.count(), ids(log)]);
    const denied = held.filter({ result: "denied" });
    assert.deepEqual(ids(denied), ids(log.filter({ result: "denied" })));
    assert.equal(hold(denied).count(), denied.count());
    assert.deepEqual(held.row(0), log.row(0));
    assert.deepEqual(held.top("resource"), log.top("resource"));
    assert.deepEqual(held.groupBy("result"), log.groupBy("result"));
    assert.deepEqual(held.percentiles("durationMs", [50]), log.percentiles("durationMs", [50]));
    await held.update();
    held.free();
  },
  async evaluator(hold) {
    const held = hold(compile(permissions));
    assert.equal(held.allows("read", "mcp:github:repos"), true);
    assert.equal(held.allows("write", "mcp:github:repos"), false);
    assert.equal(held.evaluate(request).allowed, true);
  },
  async error(hold) {
    const error = await kavach.agents.update("agt_none", { name: "n" }).catch((error) => error);
    const held = hold(error);
    assert.equal(held.statusCode, 404);
    assert.ok(toRaw(held) instanceof Error);
  },
  // Inputs come out of frameworks too.
  async inputs(hold) {
    assert.equal((await kavach.authorize(agent.id, hold({ ...request }))).allowed, true);
    const list = hold([read("mcp:github:*")]);
    assert.equal(compile(list).allows("read", "mcp:github:repos"), true);
    await kavach.agents.update(agent.id, hold({ permissions: list }));
    assert.deepEqual((await kavach.agents.get(agent.id)).permissions, permissions);
    assert.equal((await kavach.audit.query(hold({ ...filters, limit: 1 }))).length, 1);
  },
};

const found = {};
for (const [way, hold] of Object.entries(ways)) {
  for (const [name, use] of Object.entries(uses)) {
    found[`${way}: ${name}`] = await use(hold).then(
      () => null,
      (error) => `${error?.stack ?? error}`,
    );
  }
}
console.log(JSON.stringify(found));
