// Storages that work, fail, answer late or never.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Page, storageOf } from "./fake-page.mjs";
import { read, written } from "./record.js";
import { storeOf } from "./store.js";

const stored = (stamp) => ({ stamp, reason: 0, owed: false, record: undefined });
const codec = { written, read: (value) => read(value, false) };
const make = (storage, page = new Page()) => storeOf(page.host, { storage, key: "k" }, codec);
const late = () => {
  const pending = [];
  const later = (...given) => new Promise((resolve, reject) => pending.push({ given, resolve, reject }));
  return { pending, storage: { getItem: later, setItem: later } };
};

it("keeps in the given storage", () => {
  const page = new Page();
  for (const [kind, place] of [
    ["local", page.local],
    ["session", page.tab],
  ]) {
    make(kind, page).write(stored(3));
    assert.equal(JSON.parse(place.entries.get("k")).stamp, 3);
    assert.deepEqual(make(kind, page).read(), stored(3));
  }
  const memory = make("memory");
  assert.equal(memory.read(), undefined);
  memory.write(stored(4));
  assert.deepEqual(memory.read(), stored(4));
});

it("knows whether other tabs find what it writes", () => {
  const of = (storage) => [make(storage).isShared, make(storage).watched];
  assert.deepEqual(["local", "session", "memory", storageOf()].map(of), [
    [true, "k"],
    [false, undefined],
    [false, undefined],
    [true, undefined],
  ]);
});

it("does without a storage that throws, also when it is only looked at", () => {
  const page = new Page();
  page.host.storage = () => {
    throw new Error("blocked");
  };
  const full = {
    getItem: () => {
      throw new Error("gone");
    },
    setItem: () => {
      throw new Error("full");
    },
  };
  for (const store of [make("local", page), make(full)]) {
    assert.equal(store.read(), undefined);
    store.write(stored(5));
    assert.deepEqual(store.read(), stored(5), "this page has it all the same");
  }
});

it("takes what is newer: what it wrote or what it finds", () => {
  const place = storageOf();
  const store = make(place);
  store.write(stored(5));
  place.setItem("k", JSON.stringify({ v: 1, ...stored(4) }));
  assert.equal(store.read().stamp, 5);
  place.setItem("k", JSON.stringify({ v: 1, ...stored(6) }));
  assert.equal(store.read().stamp, 6);
  place.setItem("k", "garbage");
  assert.equal(store.read().stamp, 5);
});

it("writes one after the other where the storage answers later, and the last in any case", async () => {
  const { pending, storage } = late();
  const store = make(storage);
  for (const stamp of [1, 2, 3]) store.write(stored(stamp));
  assert.equal(pending.length, 1);
  pending[0].reject(new Error("failed"));
  await new Promise(setImmediate);
  assert.deepEqual(
    pending.map(({ given }) => JSON.parse(given[1]).stamp),
    [1, 3],
  );
  pending[1].resolve();
  await new Promise(setImmediate);
  assert.equal(pending.length, 2);
});

it("does not wait forever", async () => {
  const page = new Page();
  const { pending, storage } = late();
  const store = make(storage, page);
  store.write(stored(1));
  store.write(stored(2));
  const read = store.read();
  await page.pass(5000);
  assert.equal((await read).stamp, 2);
  assert.deepEqual(
    pending.map(({ given }) => given.length),
    [2, 1, 2],
  );
  pending[0].resolve();
  await page.pass(0);
  assert.equal(pending.length, 3, "an answer that is too late changes nothing");
});

it("reads what a storage promises, and what it cannot keep", async () => {
  const { pending, storage } = late();
  const store = make(storage);
  const reads = [store.read(), store.read()];
  pending[0].resolve(JSON.stringify({ v: 1, ...stored(8) }));
  pending[1].reject(new Error("no"));
  assert.deepEqual(await Promise.all(reads), [stored(8), undefined]);
});

it("says when it has written, if the storage says so later", async () => {
  assert.equal(make("memory").write(stored(1)), undefined);
  const { pending, storage } = late();
  const store = make(storage);
  const seen = [];
  store.write(stored(1)).then(() => seen.push("first"));
  store.write(stored(2)).then(() => seen.push("both"));
  await new Promise(setImmediate);
  pending[0].resolve();
  await new Promise(setImmediate);
  assert.deepEqual(seen, [], "the last one is in flight");
  pending[1].resolve();
  await new Promise(setImmediate);
  assert.deepEqual(seen.sort(), ["both", "first"]);
  // A thenable that calls back at once.
  // biome-ignore lint/suspicious/noThenProperty: a storage may return such a thing
  const hasty = make({ getItem: () => null, setItem: () => ({ then: (done) => done() }) });
  for (const stamp of [1, 2]) await hasty.write(stored(stamp));
  assert.equal(hasty.read().stamp, 2);
});
