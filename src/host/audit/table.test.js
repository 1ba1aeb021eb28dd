import assert from "node:assert/strict";
import { it } from "node:test";
import { PAGE_MALFORMED, PAGE_UNEXPECTED } from "../../../generated/audit.js";
import { DecodeError } from "../errors/errors.js";
import { fakeModule } from "./fake-module.js";
import { Table } from "./table.js";

let error = 0;
const names = ["select", "filter", "superseded", "locations", "group", "numbers"].map((name) => `table_${name}`);
const fake = fakeModule({
  ...Object.fromEntries(names.map((name) => [name, () => {}])),
  table_new: () => 3,
  table_add: () => error,
  table_time: (_, row) => row * 10,
  table_texts: () => 2,
});
const table = new Table();
const last = () => fake.calls.findLast(([name]) => name.startsWith("table_"));
const ROWS = Uint32Array.of(4, 5);

it("selects", () => {
  table.select("read,é", 2, Number.POSITIVE_INFINITY);
  assert.deepEqual(last(), ["table_select", 3, 7, 2, Number.POSITIVE_INFINITY]);
  assert.deepEqual(fake.input(7), [...new TextEncoder().encode("read,é")]);
});

it("adds pages, and says what is wrong with one", () => {
  fake.leave(new Uint8Array(Float64Array.of(5, 4, 3, 2, 1).buffer));
  assert.deepEqual(table.add(Uint8Array.of(91, 93)), { count: 5, fresh: 4, kept: 3, left: 2, newest: 1 });
  assert.deepEqual(last(), ["table_add", 3, 2]);
  error = PAGE_MALFORMED;
  const said = "The audit log cannot be read: ";
  assert.throws(() => table.add(new Uint8Array()), { name: "DecodeError", message: `${said}a page that is not JSON` });
  error = PAGE_UNEXPECTED;
  fake.leave(new TextEncoder().encode("$[0].id\na string"));
  const expected = { message: `${said}$[0].id must be a string`, path: "$[0].id", code: "DECODE_ERROR" };
  assert.throws(() => table.add(new Uint8Array()), expected);
  assert.throws(() => table.add(new Uint8Array()), DecodeError);
});

it("passes rows, and takes numbers", () => {
  fake.leave(new Uint8Array(Uint32Array.of(5).buffer));
  assert.deepEqual([...table.filter(ROWS, 6, Uint8Array.of(0, 1, 1), true)], [5]);
  assert.deepEqual(last(), ["table_filter", 3, 2, 3, 6, true]);
  assert.deepEqual(fake.input(11), [4, 0, 0, 0, 5, 0, 0, 0, 0, 1, 1]);
  assert.deepEqual([...table.locations(ROWS)], [5]);
  fake.leave(Uint8Array.of(1, 2));
  assert.deepEqual([...table.decisions(ROWS)], [5]);
  assert.deepEqual(last(), ["table_superseded", 3, 2]);
  fake.leave(new Uint8Array(Float64Array.of(0, 2, -1).buffer));
  assert.deepEqual([...table.group(ROWS, [1], 60_000, [Number.NEGATIVE_INFINITY, 0])], [0, 2, -1]);
  assert.deepEqual(last(), ["table_group", 3, 2, 1, 1, 60_000]);
  assert.deepEqual([...table.times(ROWS)], [0, 2, -1]);
  assert.deepEqual(last(), ["table_numbers", 3, 2, 2]);
  assert.equal(table.time(7), 70);
});

it("takes texts and where they end", () => {
  fake.leave([...new Uint8Array(Uint32Array.of(1, 3).buffer), 97, 98, 99]);
  const { ends, bytes } = table.texts(2, 5);
  assert.deepEqual(
    [[...ends], [...bytes]],
    [
      [1, 3],
      [97, 98, 99],
    ],
  );
  assert.deepEqual(last(), ["table_texts", 3, 2, 5]);
});
