// Counts of calls that can change decisions.
import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import { mutationsOf } from "./mutations.js";

const KEY = Symbol.for("kavachos.mutations");
const { WeakRef: ofHost } = globalThis;
afterEach(() => {
  globalThis.WeakRef = ofHost;
  delete globalThis[KEY];
});

it("are shared by the clients of a server, and by copies of the package", async () => {
  const copy = await import("./mutations.js?copy");
  const mutations = mutationsOf("https://a.example");
  assert.equal(mutations.count, 0);
  mutations.count++;
  assert.equal(mutationsOf("https://a.example"), mutations);
  assert.equal(copy.mutationsOf("https://a.example").count, 1);
  assert.notEqual(mutationsOf("https://b.example"), mutations);
});

it("are one for all servers where they cannot be forgotten", () => {
  globalThis.WeakRef = undefined;
  const mutations = mutationsOf("https://a.example");
  assert.equal(mutationsOf("https://b.example"), mutations);
});

it("are forgotten with their clients", () => {
  // References of which the target has been collected.
  globalThis.WeakRef = class {
    deref() {}
  };
  for (let index = 0; index < 3_000; index++) mutationsOf(`https://${index}.example`);
  assert.ok(globalThis[KEY].size <= 1_001, `${globalThis[KEY].size}`);
});

it("are not taken from a polluted prototype", () => {
  Object.prototype[KEY] = new Map([["https://a.example", { deref: () => ({ count: -1 }) }]]);
  try {
    assert.equal(mutationsOf("https://a.example").count, 0);
  } finally {
    delete Object.prototype[KEY];
  }
});
