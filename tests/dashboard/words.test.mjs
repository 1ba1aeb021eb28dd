// Numbers and moments in words: none is rounded to what it is not.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importSource } from "./sources.mjs";

const { percent } = await importSource("ui/numbers.ts");
const { ago } = await importSource("ui/moments.ts");
const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

describe("shares", () => {
  for (const [part, all, words] of [
    [0, 0, "–"],
    [0, 10, "0%"],
    [1, 3863, "<0.1%"],
    [1, 1000, "0.1%"],
    [1, 3, "33.3%"],
    [3862, 3863, "99.9%"],
    [10, 10, "100%"],
  ])
    it(`${part} of ${all} is ${words}`, () => assert.equal(percent(part, all), words));
});

describe("moments", () => {
  for (const [difference, words] of [
    [30 * DAY, "in 30 days"],
    [30 * DAY - SECOND, "in 30 days"],
    [30 * DAY - 13 * HOUR, "in 29 days"],
    [DAY - SECOND, "tomorrow"],
    [DAY - HOUR, "in 23 hours"],
    [12 * HOUR, "in 12 hours"],
    [HOUR - SECOND, "in 1 hour"],
    [59 * MINUTE, "in 59 minutes"],
    [5 * MINUTE - 400, "in 5 minutes"],
    [MINUTE - SECOND, "in less than a minute"],
    [0, "just now"],
    [-MINUTE + 1, "just now"],
    [-2 * MINUTE + 1, "1 minute ago"],
    [-DAY + SECOND, "23 hours ago"],
    [-2 * DAY + SECOND, "yesterday"],
    [-30 * DAY, "30 days ago"],
  ])
    it(`${difference} ms from now is ${words}`, () => assert.equal(ago(1e12 + difference, 1e12), words));
});
