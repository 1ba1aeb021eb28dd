import assert from "node:assert/strict";
import { it } from "node:test";
import { ndjson } from "./ndjson.js";

// What iterates over so many pages of two entries.
function source(count) {
  const made = { read: 0, returned: 0 };
  made.pages = async function* () {
    try {
      for (let page = 0; page < count; page++) {
        made.read++;
        yield {
          entries: page === 1 ? [] : [{ id: `${page}a`, reason: "x\ny" }, { id: `${page}b` }],
          cursor: `c${page}`,
        };
      }
    } finally {
      made.returned++;
    }
  };
  return made;
}

it("writes a line for each entry", async () => {
  const text = await new Response(ndjson(source(3))).text();
  assert.equal(text, '{"id":"0a","reason":"x\\ny"}\n{"id":"0b"}\n{"id":"2a","reason":"x\\ny"}\n{"id":"2b"}\n');
  async function* rows() {
    yield { id: "ü" };
    yield { id: "2" };
  }
  assert.equal(await new Response(ndjson(rows())).text(), '{"id":"ü"}\n{"id":"2"}\n');
});

it("reads no more than is wanted, and ends what it reads", async () => {
  const pages = source(9);
  const reader = ndjson(pages).getReader();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(pages.read, 0);
  await reader.read();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(pages.read, 1);
  await reader.cancel();
  assert.equal(pages.returned, 1);
});

it("tells the place of a page once it has been read, before it asks for the next", async () => {
  const cursors = [];
  const pages = source(4);
  const reader = ndjson(pages, { onCursor: async (cursor) => cursors.push([cursor, pages.read]) }).getReader();
  await reader.read();
  assert.deepEqual(cursors, []);
  await reader.read();
  assert.deepEqual(cursors, [["c0", 1]]);
  while (!(await reader.read()).done);
  assert.deepEqual(cursors, [
    ["c0", 1],
    ["c2", 3],
    ["c3", 4],
  ]);
});

it("fails with its source, and with onCursor", async () => {
  async function* broken() {
    yield { id: "1" };
    throw new Error("gone");
  }
  await assert.rejects(new Response(ndjson(broken())).text(), { message: "gone" });
  const onCursor = () => Promise.reject(new Error("no state"));
  await assert.rejects(new Response(ndjson(source(3), { onCursor })).text(), { message: "no state" });
});

it("refuses what cannot be iterated, and options that there are not", () => {
  for (const given of [undefined, null, 5, {}, [], { pages: () => ({}) }])
    assert.throws(() => ndjson(given), { code: "INVALID_ARGUMENT", message: /^source must be/ });
  assert.throws(() => ndjson(source(1), { oncursor() {} }), { code: "INVALID_ARGUMENT" });
});
