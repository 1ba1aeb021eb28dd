import assert from "node:assert/strict";
import { it } from "node:test";
import { CsvReader } from "./csv-reader.js";
import { fakeModule } from "./fake-module.js";

it("passes bytes and the end, and takes rows", () => {
  const fake = fakeModule({ csv_new: () => 1, csv_read: (_, __, ___, isEnd) => (isEnd ? 4 : 0) });
  const reader = new CsvReader();
  fake.leave([123, 125, 44]);
  assert.deepEqual(reader.read(Uint8Array.of(7, 8), 100), { error: 0, rows: "{}," });
  assert.deepEqual(fake.input(2), [7, 8]);
  fake.leave([]);
  assert.deepEqual(reader.read(undefined, 100), { error: 4, rows: "" });
  const calls = fake.calls.filter(([name]) => name === "csv_read");
  assert.deepEqual(calls, [
    ["csv_read", 1, 2, 100, false],
    ["csv_read", 1, 0, 100, true],
  ]);
});
