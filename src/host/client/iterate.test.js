// All entries of the audit log, one after the other.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { it } from "node:test";
import { iterate } from "./iterate.js";

// A log of so many entries, newest first; how it is asked is kept in `asked`.
function logOf(count, { fails = () => undefined } = {}) {
  const asked = [];
  const entries = Array.from({ length: count }, (_, index) => ({
    id: `e${index}`,
    action: index % 2 === 0 ? "read" : "write",
    timestamp: new Date(1e12 - index).toISOString(),
  }));
  const call = async (window, options) => {
    asked.push({ ...window, signal: options.signal, timeout: options.timeout });
    const thrown = fails(asked.length);
    if (thrown) throw thrown;
    if (options.signal.aborted) throw options.signal.reason;
    return entries.slice(window.offset ?? 0, (window.offset ?? 0) + window.limit);
  };
  return { asked, entries, call };
}
const valid = (filters, options) => ({ filters: { ...filters }, options: { ...options } });
const of = (log, filters, options, read = valid) => iterate(log.call, read, filters, options);
const ids = (entries) => entries.map(({ id }) => id);
const all = async (iterator) => {
  const found = [];
  for await (const entry of iterator) found.push(entry);
  return found;
};

it("returns every entry once, page by page", async () => {
  const log = logOf(25);
  assert.deepEqual(ids(await all(of(log, {}, { pageSize: 10 }))), ids(log.entries));
  assert.deepEqual(
    log.asked.map(({ offset, limit }) => [offset, limit]),
    [
      [0, 10],
      [10, 10],
      [20, 10],
      [25, 10],
    ],
  );
  const bySize = await of(logOf(25), {}, { pageSize: 10 }).toArray();
  assert.deepEqual(ids(bySize), ids(log.entries));
});

it("asks for nothing before the first entry is wanted", async () => {
  const log = logOf(5);
  const iterator = of(log, {}, undefined);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(log.asked.length, 0);
  assert.equal((await iterator.next()).value.id, "e0");
});

it("passes over entries that it has seen, which others pushed onto the next page", async () => {
  const log = logOf(12);
  const { call } = log;
  log.call = async (window, options) => {
    const page = await call(window, options);
    return window.offset > 0 && page.length > 0 ? [log.entries[window.offset - 1], ...page.slice(0, -1)] : page;
  };
  const found = ids(await all(of(log, {}, { pageSize: 4 })));
  assert.equal(new Set(found).size, found.length);
});

it("keeps to limit, offset and actions", async () => {
  assert.deepEqual(ids(await all(of(logOf(50), { limit: 3, offset: 2 }, { pageSize: 10 }))), ["e2", "e3", "e4"]);
  const filtered = logOf(50);
  assert.deepEqual(ids(await all(of(filtered, { actions: ["write"], limit: 2, offset: 1 }, { pageSize: 10 }))), [
    "e3",
    "e5",
  ]);
  assert.equal("actions" in filtered.asked[0], false, "servers cut pages before they filter by action");
  assert.deepEqual(await all(of(logOf(5), { limit: 0 }, undefined)), []);
});

it("collects no more than is wanted", async () => {
  const log = logOf(50);
  assert.deepEqual(ids(await of(log, {}, { pageSize: 10 }).toArray({ limit: 2 })), ["e0", "e1"]);
  assert.deepEqual(
    log.asked.map(({ limit }) => limit),
    [2],
  );
  const started = of(logOf(9), {}, undefined);
  await started.next();
  assert.deepEqual(ids(await started.toArray({ limit: 2 })), ["e1", "e2"]);
  for (const limit of [-1, "x", "2", 1.5, Number.NaN])
    await assert.rejects(of(logOf(1), {}, undefined).toArray({ limit }), { code: "INVALID_ARGUMENT" });
});

it("rejects the first entry for wrong arguments, and throws nothing before", async () => {
  const refusal = new Error("filters must be an object");
  const iterator = of(logOf(1), "x", undefined, () => {
    throw refusal;
  });
  await assert.rejects(iterator.next(), refusal);
  for (const pageSize of [0, 1.5, "10"])
    await assert.rejects(of(logOf(1), {}, { pageSize }).next(), { code: "INVALID_ARGUMENT" });
  assert.deepEqual((await all(of(logOf(2), {}, { pageSize: null }))).length, 2);
});

it("passes the options on to each call, without its own", async () => {
  const log = logOf(1);
  const { call } = log;
  const seen = [];
  log.call = (window, options) => seen.push(Object.keys(options)) && call(window, options);
  await all(of(log, {}, { pageSize: 7, timeout: 5 }));
  assert.deepEqual([seen[0], log.asked[0].timeout], [["timeout", "signal"], 5]);
});

it("rejects as a call does, and ends", async () => {
  const thrown = new Error("HTTP 500");
  const iterator = of(logOf(30, { fails: (count) => (count === 3 ? thrown : undefined) }), {}, { pageSize: 10 });
  const found = [];
  await assert.rejects(async () => {
    for await (const entry of iterator) found.push(entry);
  }, thrown);
  assert.equal(found.length, 20);
  assert.deepEqual(await iterator.next(), { value: undefined, done: true });
});

it("ends with the caller's reason when the caller aborts", async () => {
  const reason = new Error("enough");
  const caller = new AbortController();
  const log = logOf(30);
  const iterator = of(log, {}, { pageSize: 10, signal: caller.signal });
  await iterator.next();
  caller.abort(reason);
  await assert.rejects(iterator.next(), reason);
  await assert.rejects(of(logOf(1), {}, { signal: AbortSignal.abort(reason) }).next(), reason);
  assert.equal(getEventListeners(caller.signal, "abort").length, 0);
});

it("cancels the page in flight when it is left", async () => {
  for (const leave of ["return", "throw"]) {
    const log = logOf(30);
    const { signal } = new AbortController();
    const iterator = of(log, {}, { pageSize: 10, signal });
    await iterator.next();
    await iterator[leave](new Error("left")).catch(() => {});
    assert.ok(
      log.asked.every(({ signal: given }) => given.aborted),
      leave,
    );
    assert.deepEqual(await iterator.next(), { value: undefined, done: true });
    assert.equal(getEventListeners(signal, "abort").length, 0);
  }
});

it("ends a page that hangs when it is left", async () => {
  const log = logOf(30);
  log.call = (_, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const iterator = of(log, {}, { pageSize: 10 });
  const pending = iterator.next();
  assert.deepEqual(await iterator.return("left"), { value: "left", done: true });
  assert.deepEqual(await pending, { value: undefined, done: true });
});

it("takes nothing from a polluted prototype", async () => {
  Object.assign(Object.prototype, { limit: 1, pageSize: 1, actions: ["write"] });
  try {
    assert.equal((await all(of(logOf(4), {}, {}))).length, 4);
  } finally {
    for (const name of ["limit", "pageSize", "actions"]) delete Object.prototype[name];
  }
});

const pagesOf = async (iterator) => {
  const found = [];
  for await (const page of iterator.pages()) found.push(page);
  return found;
};

it("yields pages, and goes on after each of them", async () => {
  const log = logOf(25);
  const pages = await pagesOf(of(log, {}, { pageSize: 10 }));
  assert.deepEqual(
    pages.map(({ entries }) => entries.length),
    [10, 10, 5],
  );
  for (const [index, { cursor }] of pages.entries()) {
    const rest = await of(logOf(25), {}, { pageSize: 10, cursor }).toArray();
    assert.deepEqual(ids(rest), ids(log.entries.slice((index + 1) * 10)));
  }
});

it("goes on exactly where it was, whatever was written meanwhile, with limit, offset and actions", async () => {
  for (const filters of [{}, { limit: 4 }, { offset: 7 }, { actions: ["write"], offset: 3, limit: 4 }]) {
    const { offset = 0, actions } = filters;
    const all = logOf(40);
    const wanted = all.entries.filter(({ action }) => !actions || actions.includes(action)).slice(offset);
    const found = [];
    for (let cursor; ; ) {
      const log = logOf(40);
      // Newer entries push the others along.
      const newer = Array.from({ length: 3 }, (_, index) => ({
        id: `new${found.length}-${index}`,
        action: "write",
        timestamp: new Date(1e12 + 60_000 + index).toISOString(),
      }));
      const { call } = log;
      log.call = async (window, options) => {
        await call({ ...window, limit: 0 }, options);
        const until = Date.parse(window.until ?? "") || Number.POSITIVE_INFINITY;
        const all = cursor ? [...newer, ...log.entries] : log.entries;
        const seen = all.filter(({ timestamp }) => Date.parse(timestamp) <= until);
        return seen.slice(window.offset ?? 0, (window.offset ?? 0) + window.limit);
      };
      let next;
      for await (const page of of(log, filters, { pageSize: 6, cursor }).pages()) {
        found.push(...page.entries);
        next = page.cursor;
        break;
      }
      if (next === undefined) break;
      cursor = next;
    }
    assert.deepEqual(ids(found), ids(wanted), JSON.stringify(filters));
  }
});

it("goes on after an entry that is gone", async () => {
  const log = logOf(20);
  const [{ cursor }] = await pagesOf(of(logOf(10), {}, { pageSize: 10 }));
  const gone = logOf(20);
  gone.entries.splice(9, 1);
  assert.deepEqual(ids(await of(gone, {}, { cursor }).toArray()), ids(log.entries.slice(10)));
});

it("keeps to an until that is earlier than the place", async () => {
  const log = logOf(5);
  const [{ cursor }] = await pagesOf(of(logOf(5), {}, { pageSize: 5 }));
  const until = "2000-01-01T00:00:00.000Z";
  await of(log, { until }, { cursor }).toArray();
  assert.equal(log.asked[0].until, until);
});

it("refuses an invalid cursor", async () => {
  for (const cursor of ["", "x", "[]", "{}", "null", '["a",1e99,0]', '["a","b",0]', "[1,2,3]", 5, {}])
    await assert.rejects(of(logOf(5), {}, { cursor }).next(), {
      code: "INVALID_ARGUMENT",
      message: /^options\.cursor must be/,
    });
  assert.equal((await of(logOf(5), {}, { cursor: null }).toArray()).length, 5);
});

it("ends with the caller's reason between pages, and cancels the page in flight", async () => {
  const abort = new AbortController();
  const pages = of(logOf(25), {}, { pageSize: 10, signal: abort.signal }).pages();
  await pages.next();
  abort.abort(new Error("enough"));
  await assert.rejects(pages.next(), { message: "enough" });
});
