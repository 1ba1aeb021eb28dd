import assert from "node:assert/strict";
import { it } from "node:test";
import { withDeadline } from "./deadline.js";

it("settles as what it runs", async () => {
  assert.equal(await withDeadline(1000, async () => 5), 5);
  const failure = new Error("of run");
  await assert.rejects(
    withDeadline(1000, async () => Promise.reject(failure)),
    failure,
  );
});

it("rejects when the time is over, and aborts", async () => {
  let signal;
  const run = (given) => {
    signal = given;
    return new Promise(() => {});
  };
  await assert.rejects(withDeadline(5, run), { code: "DEADLINE_EXCEEDED" });
  assert.ok(signal.aborted);
});
