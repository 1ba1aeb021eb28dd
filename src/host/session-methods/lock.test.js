// One tab at a time, and never none.
import assert from "node:assert/strict";
import { it } from "node:test";
import { locksOf } from "../session/fake-page.mjs";
import { locked } from "./lock.js";

it("does the work of one name one after the other", async () => {
  const locks = locksOf();
  const seen = [];
  let release;
  const first = locked(locks, "n", 10_000, async () => {
    seen.push("first begins");
    await new Promise((resolve) => {
      release = resolve;
    });
    seen.push("first ends");
  });
  const second = locked(locks, "n", 10_000, async () => void seen.push("second"));
  await new Promise(setImmediate);
  release();
  await Promise.all([first, second]);
  assert.deepEqual(seen, ["first begins", "first ends", "second"]);
});

it("does it without locks", async () => {
  let count = 0;
  for (const locks of [undefined, {}]) await locked(locks, "n", 1, async () => void count++);
  assert.equal(count, 2);
});

it("does it when the lock does not come in time, or cannot be had", async () => {
  let count = 0;
  const work = async () => void count++;
  const never = {
    request: (_name, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  };
  await locked(never, "n", 1, work);
  await locked({ request: () => Promise.reject(new Error("SecurityError")) }, "n", 1000, work);
  assert.equal(count, 2);
});

it("does not do it twice", async () => {
  let count = 0;
  const work = async () => {
    count++;
    throw new Error("mine");
  };
  await assert.rejects(locked(locksOf(), "n", 1000, work), /mine/);
  assert.equal(count, 1);
});
