// `scan` against plain JavaScript over the same entries.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { counting, DIALECTS, large, megabytes, sdk, serving } from "./log.mjs";

const { scan } = large;
const FIELDS = ["agentId", "userId", "action", "resource", "result", "reason"];

// The same counts as plain loops make them.
function grouped(entries, fields, length = 0) {
  const groups = new Map();
  for (const entry of entries) {
    const group = {};
    if (length > 0) group.time = new Date(Math.floor(Date.parse(entry.timestamp) / length) * length).toISOString();
    for (const field of fields) group[field] = entry[field] ?? null;
    const key = JSON.stringify(group);
    groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return groups.values().toArray?.() ?? [...groups.values()];
}

const sorted = (groups) => groups.map((group) => JSON.stringify(group)).sort();

function percentile(entries, field, percent) {
  const values = entries.flatMap((entry) => entry[field] ?? []).sort((a, b) => a - b);
  const place = (percent / 100) * (values.length - 1);
  const [below, above] = [values[Math.floor(place)], values[Math.ceil(place)]];
  return below + (place - Math.floor(place)) * (above - below);
}

for (const dialect of DIALECTS)
  describe(`scan, ${dialect}`, () => {
    it("counts what plain JavaScript counts", async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", "12345");
      const { kavach, seen } = counting(server);
      const since = new Date(Date.now() - 20 * 60 * 1000);
      for (const filters of [
        undefined,
        { since },
        { actions: ["write"], offset: 7, limit: 900 },
        { offset: 9000 },
        { limit: 5 },
      ]) {
        const entries = await kavach.audit.iterate(filters).toArray();
        seen.urls.length = 0;
        const log = await scan(kavach, filters, { pageSize: 2500 });
        assert.ok(seen.urls.length > 0 && seen.urls.every(({ searchParams }) => searchParams.has("limit")));
        assert.equal(log.count(), entries.length);
        assert.deepEqual(log.rows(), entries);
        assert.deepEqual(
          [log.row(0), log.row(4), log.row(1e6), log.row(-1)],
          [entries[0], entries[4], undefined, undefined],
        );
        assert.deepEqual(log.rows(2, 4), entries.slice(2, 4));
        for (const fields of [["result"], ["agentId", "result"], FIELDS, ["reason"]]) {
          assert.deepEqual(sorted(log.groupBy(fields)), sorted(grouped(entries, fields)), fields.join());
          const byMinute = log.groupBy(fields, { interval: "minute" });
          assert.deepEqual(sorted(byMinute), sorted(grouped(entries, fields, 60_000)));
          const times = byMinute.map(({ time }) => time);
          assert.deepEqual(times, [...times].sort());
        }
        assert.deepEqual(
          sorted(log.groupBy("action", { interval: 90_000 })),
          sorted(grouped(entries, ["action"], 90_000)),
        );
        const counts = log.groupBy("resource").map(({ count }) => count);
        assert.deepEqual(
          counts,
          [...counts].sort((a, b) => b - a),
        );
        const top = log.top("resource", 3);
        assert.deepEqual(
          top.map(({ count }) => count),
          counts.slice(0, 3),
        );
        for (const { value, count } of top)
          assert.equal(entries.filter(({ resource }) => resource === value).length, count);
        for (const field of ["durationMs", "tokensCost"]) {
          const percents = [0, 50, 95, 99, 100];
          const expected = percents.map((percent) => percentile(entries, field, percent));
          assert.deepEqual(log.percentiles(field, percents), expected);
        }
      }
    });
  });

describe("scan", () => {
  const entry = (number, more) => ({
    ...{
      id: `id-${number}`,
      agentId: 'a\\"é\u2028😀',
      userId: "u",
      action: "read",
      resource: "r",
      parameters: { n: number },
    },
    ...{ result: "allowed", durationMs: number, timestamp: "2026-01-31T09:30:00.000Z", ...more },
  });
  const once = (text, init) => async (url) =>
    new Response(url.includes("offset=0") ? text : "[]", { headers: { "Content-Type": "application/json" }, ...init });
  const client = (fetch) => new sdk.KavachClient({ baseUrl: "https://app.example", fetch, maxRetries: 0 });
  const scanned = (text, filters) => scan(client(once(text)), filters);

  it("takes any spelling of a text or a number for what it is, and an entry once", async () => {
    const log =
      await scanned(`[${JSON.stringify(entry(1.5e-7))}, ${JSON.stringify(entry(2)).replace('"u"', '"\\u0075"')},
      ${JSON.stringify(entry(2))}, ${JSON.stringify(entry(3, { timestamp: "2026-01-31T10:30:00+01:00", tokensCost: null }))}]`);
    assert.equal(log.count(), 3);
    assert.deepEqual(log.groupBy(["agentId", "userId"], { interval: "day" }), [
      { time: "2026-01-31T00:00:00.000Z", agentId: 'a\\"é\u2028😀', userId: "u", count: 3 },
    ]);
    assert.deepEqual(log.percentiles("durationMs", [0, 100]), [1.5e-7, 3]);
    assert.deepEqual(log.percentiles("tokensCost", [50]), [Number.NaN]);
    assert.deepEqual(log.top("reason"), []);
    assert.deepEqual(
      log.groupBy([], { interval: "hour" }).map(({ count }) => count),
      [3],
    );
    assert.deepEqual((await scanned("[]")).groupBy("result"), []);
  });

  it("rejects pages that are none, and says where", async () => {
    for (const [text, message, path] of [
      ["", /an empty body/],
      ["{", /a page that is not JSON/],
      ["{}", /\$ must be an array of audit entries/, "$"],
      [
        JSON.stringify({ data: [entry(1), { ...entry(2), durationMs: "2" }] }),
        /\$\.data\[1\]\.durationMs must be a number/,
        "$.data[1].durationMs",
      ],
    ])
      await assert.rejects(scanned(text), (error) => {
        assert.ok(error instanceof sdk.DecodeError && error instanceof sdk.KavachError, text);
        assert.match(error.message, message);
        return path === undefined || error.path === path;
      });
    const html = once("<p>", { headers: { "Content-Type": "text/html" } });
    await assert.rejects(scan(client(html)), sdk.DecodeError);
    await assert.rejects(scan(client(async () => Response.json({}, { status: 401 }))), sdk.AuthenticationError);
    await assert.rejects(scan(client(once("[]")), {}, { signal: AbortSignal.abort("x") }), (error) => error === "x");
  });

  it("refuses bad arguments by name", async () => {
    const kavach = client(once("[]"));
    for (const [args, message] of [
      [[5], "client must be a KavachClient, or its audit"],
      [[kavach, 5], "filters must be an object"],
      [[kavach, { limit: -1 }], "filters.limit must be a whole number of 0 or more"],
      [[kavach, { actions: [""] }], "filters.actions[0] must be a non-empty string without a comma"],
      [[kavach, { actions: "x" }], "filters.actions must be an array of strings"],
      [[kavach, { since: "x" }], "filters.since must be an ISO 8601 date and time, as a string or a Date"],
      [[kavach, {}, 5], "options must be an object such as { signal, pageSize }"],
      [[kavach, {}, { pageSize: 0 }], "options.pageSize must be a whole number of 1 or more"],
    ])
      await assert.rejects(scan(...args), (error) => {
        assert.ok(error instanceof sdk.KavachError);
        assert.deepEqual([error.code, error.message], ["INVALID_ARGUMENT", message]);
        return true;
      });
    const log = await scan(kavach.audit);
    for (const wrong of [
      () => log.groupBy("id"),
      () => log.groupBy("result", { interval: "week" }),
      () => log.groupBy("result", { interval: 0 }),
      () => log.percentiles("result", [5]),
      () => log.percentiles("durationMs", [101]),
      () => log.percentiles("durationMs", 5),
      () => log.top("parameters"),
      () => log.top("result", -1),
      () => log.rows(-1),
    ])
      assert.throws(wrong, { code: "INVALID_ARGUMENT" }, `${wrong}`);
    log.free();
    log.free();
    for (const wrong of [() => log.count(), () => log.rows(), () => log.row(0), () => log.groupBy("result")])
      assert.throws(wrong, /disposed of/);
  });

  it("gives memory back that nobody has freed", async () => {
    const text = JSON.stringify(Array.from({ length: 20_000 }, (_, number) => entry(number)));
    const kavach = client(once(text));
    const { memory } = (await import(new URL("./kavachos_audit.js", process.env.KAVACHOS_PACKAGE))).initSync();
    const run = async (times) => {
      for (let time = 0; time < times; time++) {
        assert.equal((await scan(kavach, {}, { pageSize: 20_000 })).count(), 20_000);
        await megabytes();
        await new Promise((resolve) => setTimeout(resolve, 20)); // Finalisers run when nothing else does.
      }
    };
    await run(4);
    const before = [memory.buffer.byteLength, await megabytes()];
    await run(8);
    assert.equal(memory.buffer.byteLength, before[0]);
    assert.ok((await megabytes()) - before[1] < 5);
  });
});
