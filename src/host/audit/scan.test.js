import assert from "node:assert/strict";
import { it } from "node:test";
import { fakeModule } from "./fake-module.js";
import { scan } from "./scan.js";

// The entries of the log have been added when a page is: two rows, whose times are as many milliseconds.
let count = 0;
const floats = (/** @type {number[]} */ ...numbers) => fake.leave(new Uint8Array(Float64Array.from(numbers).buffer));
const fake = fakeModule({
  table_new: () => 1,
  table_select: () => {},
  table_add(_, length) {
    count = length > 2 ? 2 : 0;
    floats(count, count, count, Number.POSITIVE_INFINITY, 2);
    return 0;
  },
  table_numbers: () => floats(2, 1),
  table_superseded: () => fake.leave(Uint8Array.of(1, 0)),
  table_group: () => floats(Number.NaN, 2, 0),
  table_texts() {
    fake.leave([1, 0, 0, 0, 120]);
    return 1;
  },
  table_locations: () => fake.leave(new Uint8Array(Uint32Array.of(0, 1, 9).buffer)),
});
const audit = {
  queryBytes: async (/** @type {any} */ { offset }) => new TextEncoder().encode(offset > 0 ? "[]" : '[{"id":1}]'),
  exportStream() {},
};
const invalid = (/** @type {RegExp} */ message) => ({ code: "INVALID_ARGUMENT", message });

it("counts, groups and returns what has been loaded", async () => {
  const log = await scan(audit);
  assert.equal(log.count(), 2);
  assert.deepEqual(log.groupBy("action", undefined), [{ action: "x", count: 2 }]);
  assert.deepEqual(log.top("action"), [{ value: "x", count: 2 }]);
  assert.deepEqual(log.percentiles("durationMs", [0, 100], undefined), [1, 2]);
  assert.deepEqual(log.row(0), { id: 1 });
  const decisions = log.decisions();
  assert.equal(decisions.count(), 1);
  await assert.rejects(decisions.update({}), invalid(/^a view cannot be updated/));
});

it("names bad arguments", async () => {
  const log = await scan({ audit });
  assert.throws(() => log.groupBy("x", undefined), invalid(/^fields must be "agentId", /));
  assert.throws(
    () => log.percentiles("timestamp", [50], undefined),
    invalid(/^field must be "durationMs", "tokensCost"$/),
  );
  assert.throws(() => log.percentiles("durationMs", [101], undefined), invalid(/^percents must be/));
  assert.throws(() => log.top("action", -1), invalid(/^n must be/));
  assert.throws(() => log.rows(-1), invalid(/^start and end must be/));
  assert.equal(log.row(-1), undefined);
  await assert.rejects(log.filter({}).update({}), invalid(/^a view cannot be updated/));
});

it("frees the table with the scan, and not with a view", async () => {
  const log = await scan(audit);
  const view = log.filter({});
  fake.calls.length = 0;
  view.free();
  assert.deepEqual(fake.calls, []);
  assert.throws(() => view.count(), invalid(/disposed of$/));
  log.free();
  assert.deepEqual(fake.calls, [["release", 1]]);
  assert.throws(() => log.count(), invalid(/disposed of$/));
});

it("frees the table if loading fails", async () => {
  fake.calls.length = 0;
  await assert.rejects(scan({}), invalid(/^client must be/));
  assert.deepEqual(fake.calls, [["table_new"], ["release", 1]]);
});
