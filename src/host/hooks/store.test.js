// A value and its listeners.
import assert from "node:assert/strict";
import { it } from "node:test";
import { storeOf } from "./store.js";

it("begins with the first listener and ends with the last, again and again", () => {
  const calls = [];
  const store = storeOf(1, () => {
    calls.push("begin");
    return () => calls.push("end");
  });
  const listener = () => calls.push(store.get());
  const first = store.subscribe(listener);
  const second = store.subscribe(listener);
  store.set(2);
  assert.deepEqual(calls, ["begin", 2, 2], "the same function twice");
  first();
  first();
  store.set(3);
  second();
  assert.deepEqual(calls, ["begin", 2, 2, 3, "end"]);
  store.subscribe(listener)();
  assert.deepEqual(calls.slice(-2), ["begin", "end"]);
});

it("calls all who listen, though one leaves meanwhile", () => {
  const store = storeOf(0);
  const heard = [];
  const end = store.subscribe(() => end());
  store.subscribe(() => heard.push(store.get()));
  store.set(1);
  store.set(2);
  assert.deepEqual(heard, [1, 2]);
});
