// Deadlines and the caller's signal.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { it } from "node:test";
import { now, withDeadline } from "./deadline.js";

const never = () => new Promise(() => {});

it("settles as the operation does", async () => {
  assert.equal(await withDeadline(1_000, undefined, () => 1), 1);
  assert.equal(await withDeadline(Number.POSITIVE_INFINITY, null, async () => 2), 2);
  await assert.rejects(
    withDeadline(1_000, undefined, () => {
      throw new RangeError("no");
    }),
    RangeError,
  );
});

it("rejects when the deadline expires, and aborts the operation", async () => {
  let signal;
  const run = (given) => {
    signal = given;
    return never();
  };
  await assert.rejects(withDeadline(1, undefined, run), { name: "TimeoutError", code: "DEADLINE_EXCEEDED" });
  assert.equal(signal.aborted, true);
  assert.equal(signal.reason.code, "DEADLINE_EXCEEDED");
});

it("rejects with the caller's reason, before and while it runs", async () => {
  const reason = new Error("enough");
  let runs = 0;
  await assert.rejects(
    withDeadline(1_000, AbortSignal.abort(reason), () => runs++),
    reason,
  );
  assert.equal(runs, 0);
  const caller = new AbortController();
  const running = withDeadline(1_000, caller.signal, never);
  caller.abort(reason);
  await assert.rejects(running, reason);
});

it("leaves one listener per signal, and none behind", async () => {
  const { signal } = new AbortController();
  const running = Array.from({ length: 12 }, (_, index) => withDeadline(1_000, signal, async () => index));
  assert.equal(getEventListeners(signal, "abort").length, 1);
  await Promise.all(running);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

it("has a clock that does not go back", () => {
  const before = now();
  assert.ok(now() >= before);
});
