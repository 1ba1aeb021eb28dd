import assert from "node:assert/strict";
import { it } from "node:test";
import { pages, REMEMBERED } from "./pages.js";

// A log of so many entries, of which `ask` returns pages and `read` says how many entries they have.
function log(/** @type {number} */ entries, left = Number.POSITIVE_INFINITY) {
  /** @type {any[]} */
  const asked = [];
  const ask = async (/** @type {any} */ window) => {
    asked.push({ ...window });
    return Math.max(0, Math.min(window.limit, entries - window.offset));
  };
  const read = (/** @type {number} */ count) => {
    left -= count;
    return { count, fresh: count, left, newest: count > 0 ? "2026-01-31T09:30:00.000Z" : undefined };
  };
  return { asked, ask, read };
}

async function counts(/** @type {AsyncIterable<{ count: number }>} */ all) {
  const found = [];
  for await (const { count } of all) found.push(count);
  return found;
}

it("asks until a page is empty, with the end pinned by the server's clock", async () => {
  const { asked, ask, read } = log(5);
  assert.deepEqual(await counts(pages(ask, read, { userId: "u" }, 2)), [2, 2, 1]);
  const until = "2026-01-31T09:30:01.000Z";
  assert.deepEqual(asked[0], { userId: "u", offset: 0, limit: 2 });
  assert.deepEqual(asked[1], { userId: "u", offset: 2, limit: 2, until });
  assert.equal(asked.length, 4);
});

it("leaves actions to the caller, and asks for no more than is wanted", async () => {
  const filtered = log(5);
  await counts(pages(filtered.ask, filtered.read, { actions: ["read"], offset: 3 }, 2));
  assert.deepEqual(filtered.asked[0], { offset: 0, limit: 2 });
  const limited = log(5, 3);
  await counts(pages(limited.ask, limited.read, { limit: 3, offset: 1 }, 2));
  const windows = limited.asked.map(({ offset, limit }) => [offset, limit]);
  assert.deepEqual(windows, [
    [0, 1],
    [1, 2],
  ]);
});

it("ends where a server knows no pages, and where it repeats itself", async () => {
  const { read } = log(5);
  assert.deepEqual(await counts(pages(async () => 9, read, {}, 2)), [9]);
  const stale = () => ({ count: 1000, fresh: 0, left: 1e9, newest: undefined });
  await assert.rejects(counts(pages(async () => 0, stale, {})), { code: "API_ERROR" });
  assert.ok(REMEMBERED >= 10_000);
  await assert.rejects(counts(pages(async () => 0, stale, {}, 0)), { code: "INVALID_ARGUMENT" });
});
