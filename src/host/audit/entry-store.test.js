import assert from "node:assert/strict";
import { it } from "node:test";
import { EntryStore } from "./entry-store.js";

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

// A table of rows whose times are given.
function storeOf(/** @type {number[]} */ times, more = {}) {
  const table = {
    add: () => ({ count: 2, fresh: 2, kept: 1, left: 5, newest: 0 }),
    time: (/** @type {number} */ row) => times[row],
    times: (/** @type {Uint32Array} */ rows) => Float64Array.from(rows, (row) => times[row]),
    free() {},
    ...more,
  };
  return new EntryStore(/** @type {any} */ (table));
}

const ROWS = Uint32Array.of(0, 1, 2, 3);

it("keeps the pages of which something is kept", () => {
  const store = storeOf([]);
  assert.deepEqual(store.add(encode("a")), { count: 2, fresh: 2, left: 5, newest: "1970-01-01T00:00:00.000Z" });
  assert.deepEqual([store.count, store.pages.length], [1, 1]);
  const none = { add: () => ({ count: 2, fresh: 0, kept: 0, left: 5, newest: Number.NaN }) };
  const empty = storeOf([], none);
  assert.equal(empty.add(encode("a")).newest, undefined);
  assert.deepEqual([empty.pages, [...empty.after(0)]], [[], []]);
  assert.deepEqual([...store.after(0)], [0]);
});

it("finds rows within a span, sorted or not", () => {
  const within = (/** @type {EntryStore} */ store) => [...store.within(ROWS, store.order(ROWS), 20, 30)];
  assert.deepEqual(within(storeOf([40, 30, 20, 10])), [1, 2]);
  assert.deepEqual(within(storeOf([10, 30, 40, 20])), [1, 3]);
  assert.deepEqual(storeOf([10, Number.NaN, 40, 20]).order(ROWS), { isNewestFirst: false, first: 10, last: 40 });
  assert.deepEqual([...storeOf([10, Number.NaN, 40, 20]).newestFirst(ROWS)], [2, 3, 0, 1]);
});

it("decodes texts, new ones only", () => {
  const texts = ["a", "é", "", "b"];
  /** @type {number[]} */
  const asked = [];
  const store = storeOf([], {
    texts(/** @type {number} */ _, /** @type {number} */ known) {
      asked.push(known);
      const found = texts.slice(known);
      const ends = Uint32Array.from(found, (_, at) => encode(found.slice(0, at + 1).join("")).length);
      return { ends, bytes: encode(found.join("")) };
    },
    filter: (/** @type {any} */ _, /** @type {any} */ __, /** @type {any} */ flags, /** @type {any} */ orMissing) => [
      ...flags,
      orMissing,
    ],
  });
  assert.deepEqual(store.texts(2), texts);
  texts.push("c");
  assert.deepEqual(store.texts(2), texts);
  assert.deepEqual(asked, [0, 4]);
  assert.deepEqual(store.having(ROWS, 2, new Set(["é", "c", null])), [0, 1, 0, 0, 1, true]);
});

it("parses entries where they are", () => {
  const store = storeOf([], { locations: () => Uint32Array.of(0, 1, 8) });
  store.add(encode('[{"a":5}]'));
  assert.deepEqual(store.entries(ROWS), [{ a: 5 }]);
});

it("is of no use once freed", () => {
  const store = storeOf([]);
  store.free();
  assert.throws(() => store.table, { code: "INVALID_ARGUMENT", message: /has been disposed of$/ });
  store.free();
});
