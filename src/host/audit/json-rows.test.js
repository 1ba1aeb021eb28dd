import assert from "node:assert/strict";
import { it } from "node:test";
import { jsonRows } from "./json-rows.js";

const broken = (/** @type {string} */ what) => new Error(what);

async function read(/** @type {string} */ text, size = 1, most = 1000) {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const rows = [];
  for await (const some of jsonRows(chunks(), most, broken)) rows.push(...some);
  return rows;
}

it("reads rows, however they are cut", async () => {
  const rows = [{ a: '{"[é\\' }, { b: [1, { c: "]}" }] }, {}];
  for (const text of [JSON.stringify(rows), JSON.stringify(rows, null, 2), `\ufeff ${JSON.stringify(rows)}\n`])
    for (let size = 1; size < 30; size++) assert.deepEqual(await read(text, size), rows);
  assert.deepEqual(await read("[]"), []);
});

it("refuses what is no array of rows", async () => {
  const cases = {
    "": "an array that does not end",
    "[{}": "an array that does not end",
    "{}": "no array of rows",
    "[5]": "no array of rows",
    "[[]]": "no array of rows",
    "[{]}": "a row that is not JSON",
    "[{x}]": "a row that is not JSON",
    "[]5": "more than an array of rows",
  };
  for (const [text, message] of Object.entries(cases)) await assert.rejects(read(text), { message }, text);
});

it("bounds a row", async () => {
  await assert.rejects(read(`[{"a":"${"x".repeat(50)}"}]`, 10, 20), { message: "a row of more than 20 bytes" });
});
