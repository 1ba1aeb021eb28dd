import assert from "node:assert/strict";
import { it } from "node:test";
import { load, loadMore } from "./load.js";

// A store to which each page adds so many entries as it has bytes.
function fakeStore() {
  /** @type {any[]} */
  const selected = [];
  return {
    selected,
    count: 0,
    table: { select: (/** @type {any[]} */ ...args) => selected.push(args) },
    add(/** @type {Uint8Array} */ bytes) {
      this.count += bytes.length;
      return { count: bytes.length, fresh: bytes.length, left: Number.POSITIVE_INFINITY, newest: undefined };
    },
    after: (/** @type {number} */ from) => Uint32Array.of(from),
  };
}

const audit = () => {
  /** @type {any[]} */
  const calls = [];
  const queryBytes = async (/** @type {any} */ filters, /** @type {any} */ options) => {
    calls.push({ filters, options });
    return new Uint8Array(filters.offset > 0 ? 0 : 3);
  };
  return { calls, queryBytes, exportStream: async () => {} };
};

it("loads all pages, and tells how many entries there are", async () => {
  const store = fakeStore();
  const source = audit();
  /** @type {number[]} */
  const told = [];
  const onProgress = (/** @type {number} */ count) => {
    told.push(count);
    throw new Error("of the observer");
  };
  const filters = { actions: ["a", "b"], offset: 2, limit: 9 };
  const rows = await load(/** @type {any} */ (store), source, filters, { onProgress, timeout: 5 });
  assert.deepEqual([[...rows], told, store.selected], [[0], [3], [["a,b", 2, 9]]]);
  assert.deepEqual(source.calls[0].options, { timeout: 5 });
  const plain = fakeStore();
  await load(/** @type {any} */ (plain), audit(), { offset: 2 }, undefined).catch(() => {});
  assert.deepEqual(plain.selected, [["", 0, Number.POSITIVE_INFINITY]]);
});

it("refuses bad options, and an update that leaves out what is newest", async () => {
  const store = /** @type {any} */ (fakeStore());
  const invalid = { code: "INVALID_ARGUMENT" };
  await assert.rejects(load(store, audit(), {}, { onProgress: 5 }), { ...invalid, message: /^options\.onProgress/ });
  await assert.rejects(load(store, audit(), {}, { pagesize: 5 }), { ...invalid, message: /"pageSize"/ });
  await assert.rejects(loadMore(store, new Uint32Array(), audit(), { offset: 1 }, {}), {
    ...invalid,
    message: /filters\.offset/,
  });
});
