import assert from "node:assert/strict";
import { it } from "node:test";
import { CSV_AMBIGUOUS, CSV_HEADER, CSV_OVERLONG, CSV_UNFINISHED } from "../../../generated/audit.js";
import { AMBIGUOUS, csvRows, withoutParameters } from "./csv-rows.js";

/** @param {number[]} sizes */
async function* chunks(...sizes) {
  for (const size of sizes) yield new Uint8Array(size);
}

const broken = (/** @type {string} */ what) => new Error(what);

/** Reads a row of each chunk, and fails at the end if `error` says so. */
const reader = (error = 0) => ({
  read: (/** @type {Uint8Array | undefined} */ bytes) =>
    bytes ? { error: 0, rows: `{"size":${bytes.length}},` } : { error, rows: "" },
});

/** @param {AsyncIterable<object[]>} batches */
async function all(batches) {
  const found = [];
  for await (const some of batches) found.push(some.length);
  return found;
}

it("holds rows back until so many bytes have been read", async () => {
  assert.deepEqual(await all(csvRows(reader(), chunks(4, 4, 4, 4), 10, broken)), [3, 1, 0]);
  assert.deepEqual(await all(csvRows(reader(), chunks(4, 4), 10, broken)), [2]);
});

it("throws for each error of the reader", async () => {
  const thrown = (/** @type {number} */ error) =>
    all(csvRows(reader(error), chunks(4), 10, broken)).catch((found) => found);
  assert.equal(await thrown(CSV_AMBIGUOUS), AMBIGUOUS);
  assert.match((await thrown(CSV_HEADER)).message, /^no rows with the columns/);
  assert.equal((await thrown(CSV_OVERLONG)).message, "a row of more than 10 bytes");
  assert.equal((await thrown(CSV_UNFINISHED)).message, "a row that does not end");
});

it("leaves out what CSV does not have", () => {
  const entry = { id: "1", reason: "", tokensCost: null, durationMs: 0, parameters: {}, other: 1 };
  assert.deepEqual(withoutParameters(entry), { id: "1", durationMs: 0 });
});
