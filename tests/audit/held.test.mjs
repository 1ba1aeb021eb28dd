// What programs hold: scans, views and iterators in stores that make a Proxy of them, and methods passed on.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { drained, large, sdk } from "./log.mjs";

const LOG = Array.from({ length: 10 }, (_, number) => ({
  ...{ id: `id-${number}`, agentId: "a", userId: "u", action: number % 2 ? "read" : "write", resource: "r" },
  ...{ parameters: {}, result: "allowed", durationMs: number, timestamp: "2026-01-31T09:30:00.000Z" },
}));

const fetch = async (url) => new Response(JSON.stringify(/offset=[^0]/.test(url) ? [] : LOG));
const kavach = new sdk.KavachClient({ baseUrl: "https://app.example", fetch, maxRetries: 0 });

const isObject = (value) => typeof value === "object" && value !== null;

// As Vue and Alpine do: what is read through the Proxy has the Proxy as `this`, and is made a Proxy in turn.
function reactive(target) {
  const type = isObject(target) ? Object.prototype.toString.call(target).slice(8, -1) : "";
  if (type !== "Object" && type !== "Array") return target;
  return new Proxy(target, { get: (...args) => reactive(Reflect.get(...args)) });
}

// As valtio does: a Proxy of a copy with the same prototype.
function copied(target) {
  const copy = Object.create(Object.getPrototypeOf(target));
  for (const key of Reflect.ownKeys(target)) copy[key] = target[key];
  return new Proxy(copy, {});
}

const asIs = (target) => target;

for (const store of [asIs, reactive, copied])
  describe(`in a store (${store.name})`, () => {
    it("scans and views count", async () => {
      const log = store(await large.scan(kavach));
      const view = store(log.filter({ action: "read" }));
      assert.deepEqual([log.count(), view.count(), log.rows().length, view.row(0).id], [10, 5, 10, "id-1"]);
      assert.deepEqual(log.groupBy("action"), [
        { action: "write", count: 5 },
        { action: "read", count: 5 },
      ]);
      assert.deepEqual(
        [view.percentiles("durationMs", [50]), view.top("action")],
        [[5], [{ value: "read", count: 5 }]],
      );
      assert.equal(await log.update(), 0);
      log.free();
      assert.throws(() => view.count(), { code: "INVALID_ARGUMENT" });
    });

    it("iterators iterate", async () => {
      const entries = store(kavach.audit.iterate());
      assert.equal((await entries.next()).value.id, "id-0");
      assert.equal((await drained(entries)).length, 9);
      const rows = store(large.exportRows(kavach));
      assert.equal((await rows.next()).value.id, "id-0");
      assert.equal((await drained(rows)).length, 9);
      assert.deepEqual(await rows.next(), { done: true, value: undefined });
      const left = store(large.exportRows(kavach));
      assert.deepEqual(await left.return(5), { done: true, value: 5 });
      assert.equal((await drained(left)).length, 0);
    });
  });

it("methods can be passed on", async () => {
  const { count, filter, rows } = await large.scan(kavach);
  const { next } = large.exportRows(kavach);
  assert.deepEqual([count(), filter({ action: "read" }).count(), rows(0, 1).length], [10, 5, 1]);
  assert.equal((await next()).value.id, "id-0");
});
