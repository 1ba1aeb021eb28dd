// What a form shows of an action.
import assert from "node:assert/strict";
import { it } from "node:test";
import { actionStore } from "./action-store.js";

it("shows that it runs, and its result", async () => {
  const results = [
    { success: false, error: "no" },
    { success: true, data: undefined },
  ];
  const store = actionStore(async (given) => results[given]);
  assert.deepEqual(store.get(), { isLoading: false, error: null });
  const seen = [];
  store.subscribe(() => seen.push(store.get()));
  assert.equal(await store.run(0), results[0]);
  assert.equal(await store.run(1), results[1]);
  assert.deepEqual(seen, [
    { isLoading: true, error: null },
    { isLoading: false, error: "no" },
    { isLoading: true, error: null },
    { isLoading: false, error: null },
  ]);
});

it("shows the result of the last of two", async () => {
  const ends = [];
  const store = actionStore(() => new Promise((resolve) => ends.push(resolve)));
  const both = [store.run(), store.run()];
  ends[1]({ success: true, data: 2 });
  await both[1];
  ends[0]({ success: false, error: "late" });
  assert.deepEqual(await both[0], { success: false, error: "late" });
  assert.deepEqual(store.get(), { isLoading: false, error: null });
});
