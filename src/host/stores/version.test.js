// Waiting for a store.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inTime } from "./version.js";

it("a store that is late is unusable, whether or not it notices that nobody waits", async () => {
  const stops = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  for (const ask of [stops, () => new Promise(() => {})])
    await assert.rejects(inTime(ask, 5), { code: "STORE_UNAVAILABLE", message: /did not answer in time/ });
});

it("what a store answers or fails with before is passed on", async () => {
  assert.equal(await inTime(async () => "kept", 1_000), "kept");
  const gone = new Error("gone");
  for (const ask of [
    () => {
      throw gone;
    },
    () => Promise.reject(gone),
  ])
    await assert.rejects(inTime(ask, 1_000), gone);
});
