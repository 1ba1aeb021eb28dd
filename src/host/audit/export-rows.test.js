import assert from "node:assert/strict";
import { it } from "node:test";
import { CSV_AMBIGUOUS } from "../../../generated/audit.js";
import { exportRows } from "./export-rows.js";
import { fakeModule } from "./fake-module.js";

let error = 0;
const fake = fakeModule({ csv_new: () => 2, csv_read: () => error });

const audit = {
  queryBytes() {},
  exportStream: async (/** @type {any} */ { format }) =>
    new Blob([format === "csv" ? "csv" : '[{"id":"1","parameters":{}}]']).stream(),
};

async function read(/** @type {any[]} */ ...args) {
  const rows = [];
  for await (const row of exportRows(audit, ...args)) rows.push(row);
  return rows;
}

it("reads JSON without the module", async () => {
  assert.deepEqual(await read(), [{ id: "1", parameters: {} }]);
  assert.deepEqual(fake.calls, []);
});

it("reads CSV, and frees the reader", async () => {
  fake.leave(new TextEncoder().encode('{"id":"2"},'));
  assert.deepEqual(await read({ format: "csv" }), [{ id: "2" }, { id: "2" }]);
  assert.deepEqual(fake.calls.at(-1), ["release", 2]);
});

it("reads JSON instead of ambiguous CSV", async () => {
  error = CSV_AMBIGUOUS;
  assert.deepEqual(await read({ format: "csv" }), [{ id: "1" }]);
  assert.deepEqual(fake.calls.at(-1), ["release", 2]);
});

it("refuses bad arguments when it is first advanced", async () => {
  for (const maxRecordBytes of [0, -1, 1.5, 2 ** 31, "5"])
    await assert.rejects(read({}, { maxRecordBytes }), {
      code: "INVALID_ARGUMENT",
      message: /^options\.maxRecordBytes/,
    });
  await assert.rejects(read({ formt: "csv" }), { code: "INVALID_ARGUMENT", message: /"format"/ });
});
