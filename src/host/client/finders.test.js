import assert from "node:assert/strict";
import { it } from "node:test";
import { chainLister, entryFinder } from "./finders.js";

function auditOf(count) {
  const asked = [];
  return {
    asked,
    async *iterate(filters, options) {
      asked.push([filters, options]);
      for (let index = 0; index < Math.min(count, filters.limit); index++) {
        asked.read = index + 1;
        yield { id: `e${index}` };
      }
    },
  };
}

it("audit.get reads until it finds the entry, and no further than its limit", async () => {
  const audit = auditOf(50_000);
  const get = entryFinder(audit);
  assert.deepEqual(await get("e7"), { id: "e7" });
  assert.equal(audit.asked.read, 8);
  assert.equal(await get("e20000"), null);
  assert.equal(audit.asked.read, 10_000);
  assert.deepEqual(await get("e20000", { limit: 30_000, agentId: "a" }, { pageSize: 5 }), { id: "e20000" });
  assert.deepEqual(audit.asked.at(-1), [{ limit: 30_000, agentId: "a" }, { pageSize: 5 }]);
  assert.equal(await get("none", null), null);
  for (const id of [undefined, null, "", 5, {}])
    await assert.rejects(get(id), { code: "INVALID_ARGUMENT", message: /^id / });
});

it("delegation.listAll asks for each agent, six at a time, and lists each delegation once", async () => {
  let open = 0;
  let most = 0;
  const agents = Array.from({ length: 20 }, (_, index) => ({ id: `a${index}` }));
  const call = async ({ name }, [given], options) => {
    assert.equal(options, "options");
    if (name === "agents.list") return given === "filters" ? agents : [];
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    return [{ id: `of ${given}` }, { id: "shared" }];
  };
  const chains = await chainLister(call)("filters", "options");
  assert.deepEqual(
    chains.map(({ id }) => id),
    ["of a0", "shared", ...agents.slice(1).map(({ id }) => `of ${id}`)],
  );
  assert.equal(most, 6);
  assert.deepEqual(await chainLister(call)(undefined, "options"), []);
});

it("delegation.listAll fails as a whole, and then asks for no more", async () => {
  const asked = [];
  const call = async ({ name }, [id]) => {
    if (name === "agents.list") return Array.from({ length: 20 }, (_, index) => ({ id: `a${index}` }));
    asked.push(id);
    if (id === "a2") throw new Error("gone");
    return [];
  };
  await assert.rejects(chainLister(call)(), { message: "gone" });
  assert.equal(asked.length, 6);
});
