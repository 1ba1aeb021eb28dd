// `scan` and its views against plain JavaScript over the same entries.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memory } from "./instances.mjs";
import { counting, DIALECTS, large, megabytes, sdk, serving } from "./log.mjs";
import { agrees, inGroups, meets, outcome } from "./plain.mjs";

const { outcomeOf, scan } = large;
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
        agrees(log, entries);
      }
    });

    it("narrows to what plain JavaScript filters, and to what the server would send", async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", "12345");
      const { kavach, seen } = counting(server);
      const log = await scan(kavach, {}, { pageSize: 5000 });
      const entries = log.rows();
      seen.urls.length = 0;
      const at = (share) => entries[Math.floor(share * entries.length)].timestamp;
      const filters = [
        {},
        { since: at(0.5) },
        { since: Date.parse(at(0.5)) + 700, until: null, result: undefined },
        { until: new Date(at(0.3)) },
        { since: at(0.8), until: Date.parse(at(0.2)) + 999 },
        { since: at(0.2), until: at(0.8) },
        { agentId: "agent-5" },
        { userId: ["user-1", "user-2", "nobody"], action: "read" },
        { result: [] },
        { resource: ["mcp:service-3:repos", "mcp:service-4:repos"], since: at(0.9) },
        { reason: null, result: ["allowed", "denied"] },
        { reason: [null, "This action requires human approval before execution"] },
        { reason: entries.filter(({ reason }) => reason).map(({ reason }) => reason) },
        { outcome: "needs_approval" },
        { outcome: ["denied", "rate_limited", "unheard of"], since: at(0.7) },
        { outcome: null },
        { agentId: null },
        { agentId: "" },
      ];
      for (const filter of filters) {
        const view = log.filter(filter);
        agrees(
          view,
          entries.filter((entry) => meets(entry, filter)),
        );
        // Of a view, as of the whole.
        for (const further of filters.slice(0, 8)) {
          const both = entries.filter((entry) => meets(entry, filter) && meets(entry, further));
          assert.deepEqual(view.filter(further).rows(), both, JSON.stringify([filter, further]));
        }
      }
      for (const { outcome, result, reason, count } of log.groupBy(["outcome", "result", "reason"]).slice(0, 20)) {
        assert.equal(outcomeOf({ result, reason }), outcome);
        assert.ok(log.filter({ outcome }).count() >= count);
      }
      for (const entry of entries) assert.equal(outcomeOf(entry), outcome(entry));
      // What is shown as a group can be asked for.
      for (const { result, reason, count } of log.groupBy(["result", "reason"]).slice(0, 20))
        assert.equal(log.filter({ result, reason }).count(), count);
      agrees(log, entries);
      assert.deepEqual(seen.urls, []);

      for (const filter of [
        { since: at(0.5), until: new Date(Date.parse(at(0.1)) + 300) },
        { since: new Date(Date.parse(at(0.6)) + 300) },
        { agentId: "agent-3", result: "denied" },
      ])
        assert.deepEqual(log.filter(filter).rows(), await kavach.audit.iterate(filter).toArray());
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

  it("rejects pages that are invalid, and says where", async () => {
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
      [[kavach, {}, { onProgress: 5 }], "options.onProgress must be a function"],
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
      () => log.percentiles("durationMs", [5], 5),
      () => log.percentiles("durationMs", [5], { interval: "week" }),
      () => log.groupBy("result", []),
      () => log.top("parameters"),
      () => log.top("result", -1),
      () => log.rows(-1),
    ])
      assert.throws(wrong, { code: "INVALID_ARGUMENT" }, `${wrong}`);
    const moment = "must be an ISO 8601 date and time, a Date, or milliseconds since 1970";
    for (const [filter, message] of [
      [undefined, 'filter must be an object such as { result: "denied" }'],
      [[], 'filter must be an object such as { result: "denied" }'],
      [{ actions: undefined }, 'filter.actions must be left out: the name is not known. Did you mean "action"?'],
      [{ since: "yesterday" }, `filter.since ${moment}`],
      [{ since: "March 7" }, `filter.since ${moment}`],
      [{ until: new Date(Number.NaN) }, `filter.until ${moment}`],
      [{ until: Number.POSITIVE_INFINITY }, `filter.until ${moment}`],
      [{ since: {} }, `filter.since ${moment}`],
      [{ agentId: 5 }, "filter.agentId must be a string, null, or an array of them"],
      [{ result: { value: "allowed" } }, "filter.result must be a string, null, or an array of them"],
      [{ reason: ["a", 5] }, "filter.reason[1] must be a string or null"],
      [{ action: [undefined] }, "filter.action[0] must be a string or null"],
    ])
      assert.throws(() => log.filter(filter), { code: "INVALID_ARGUMENT", message });
    const zone = 'options.timeZone must be "local" or a time zone such as "Europe/Berlin"';
    for (const timeZone of ["Europe/Atlantis", "", 5, {}, Symbol("x")])
      for (const count of [log.groupBy, log.percentiles]) {
        const options = { interval: "day", timeZone };
        const args = count === log.groupBy ? ["result", options] : ["durationMs", [5], options];
        assert.throws(() => count.apply(log, args), { code: "INVALID_ARGUMENT", message: zone });
      }
    for (const wrong of [undefined, null, "denied", {}, { result: 5 }, { result: "denied", reason: 5 }])
      assert.throws(
        () => outcomeOf(wrong),
        (error) =>
          error instanceof sdk.KavachError &&
          error.code === "INVALID_ARGUMENT" &&
          /^entry must have a result/.test(error.message),
      );
  });

  it("tells apart how decisions ended, and keeps words that it does not know", async () => {
    const over = 'Rate limit exceeded: 3/2 calls per hour for resource "r"';
    const approval = "This action requires human approval before execution";
    const ends = [
      ["allowed", undefined, "allowed"],
      ["denied", undefined, "denied"],
      ["denied", null, "denied"],
      ["denied", `${approval}!`, "denied"],
      ["denied", approval, "needs_approval"],
      ["denied", over, "rate_limited"],
      ["denied", over.slice(0, 19), "denied"],
      ["rate_limited", undefined, "rate_limited"],
      ["rate_limited", approval, "rate_limited"],
      ["allowed", over, "allowed"],
      ["timed out 😀", approval, "timed out 😀"],
      ["", undefined, ""],
    ];
    const log = await scanned(
      JSON.stringify(ends.map(([result, reason], number) => entry(number, { result, reason }))),
    );
    for (const [index, [result, reason, outcome]] of ends.entries()) {
      assert.equal(outcomeOf({ result, reason }), outcome);
      assert.ok(
        log
          .filter({ outcome })
          .rows()
          .some(({ id }) => id === `id-${index}`),
      );
    }
    assert.deepEqual(log.top("outcome", 2), [
      { value: "denied", count: 4 },
      { value: "rate_limited", count: 3 },
    ]);
    assert.deepEqual(log.filter({ outcome: ["rate_limited", "allowed"] }).groupBy(["outcome", "result"]), [
      { outcome: "allowed", result: "allowed", count: 2 },
      { outcome: "rate_limited", result: "rate_limited", count: 2 },
      { outcome: "rate_limited", result: "denied", count: 1 },
    ]);
  });

  it("divides by the clocks of a place, also when they are put forward and back", async () => {
    const HOUR = 3_600_000;
    // Days and hours as the host shows them: each is another than the one before it.
    const clocks = (timeZone) => {
      const format = new Intl.DateTimeFormat("en", {
        ...{ timeZone, hourCycle: "h23", timeZoneName: "longOffset" },
        ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric" },
      });
      return (moment) => Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    };
    const names = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Beirut", "UTC"];
    for (const timeZone of [...names, "Antarctica/Troll", "local"]) {
      const shown = clocks(timeZone === "local" ? undefined : timeZone);
      for (const around of [
        "2026-03-28T22:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-04-04T15:00:00Z",
        "2026-11-01T06:00:00Z",
      ]) {
        // Every quarter of an hour for ten days, the newest first.
        const times = Array.from({ length: 960 }, (_, index) => Date.parse(around) + (480 - index) * 900_000);
        const entries = times.map((time, number) => entry(number, { timestamp: new Date(time).toISOString() }));
        const log = await scanned(JSON.stringify(entries));
        const shuffled = await scanned(
          JSON.stringify(entries.toSorted((a, b) => (a.durationMs % 7) - (b.durationMs % 7))),
        );
        const partOf = { day: ({ year, month, day }) => `${year} ${month} ${day}` };
        partOf.hour = (parts) => `${partOf.day(parts)} ${parts.hour} ${parts.timeZoneName}`;
        for (const [interval, part] of Object.entries(partOf)) {
          const expected = [
            ...inGroups(entries, ({ timestamp }) => part(shown(Date.parse(timestamp)))).values(),
          ].reverse();
          for (const one of [log, shuffled, log.filter({ action: "read" })]) {
            const groups = one.groupBy([], { interval, timeZone });
            const title = `${timeZone} ${around} ${interval}`;
            assert.deepEqual(
              groups.map(({ count }) => count),
              expected.map(({ length }) => length),
              title,
            );
            // All but the first, which may have begun before.
            for (const [index, { time }] of groups.entries())
              if (index > 0) assert.equal(Date.parse(time), Date.parse(expected[index].at(-1).timestamp), title);
            const spans = one.percentiles("durationMs", [0, 100], { interval, timeZone });
            assert.deepEqual(
              spans,
              groups.map(({ time, count }, index) => ({
                ...{ time, count },
                values: [expected[index][0].durationMs, expected[index].at(-1).durationMs],
              })),
            );
          }
        }
        // A morning is as long as its clocks say.
        for (const { time } of log.groupBy([], { interval: 6 * HOUR, timeZone }).slice(1)) {
          const { hour, day } = shown(Date.parse(time));
          const before = shown(Date.parse(time) - 1);
          assert.ok(
            Number(hour) % 6 === 0 || before.timeZoneName !== shown(Date.parse(time)).timeZoneName,
            `${timeZone} ${day} ${hour}`,
          );
        }
      }
    }
    const day = { interval: "day", timeZone: "Europe/Berlin" };
    assert.deepEqual((await scanned("[]")).groupBy("result", day), []);
    assert.deepEqual((await scanned("[]")).percentiles("durationMs", [50], day), []);
    const log = await scanned(
      JSON.stringify([entry(1), entry(2, { timestamp: "?" }), entry(3, { timestamp: "1900-01-01T00:00:00Z" })]),
    );
    for (const groups of [log.groupBy([], day), log.percentiles("durationMs", [], day)])
      assert.deepEqual(
        groups.map(({ time, count }) => [time, count]),
        [
          [null, 1],
          ["1899-12-31T23:00:00.000Z", 1],
          ["2026-01-30T23:00:00.000Z", 1],
        ],
      );
    assert.deepEqual(log.percentiles("tokensCost", [50], day), []);
  });

  it("finds spans of time also in logs that are in no order", async () => {
    const at = (second) => new Date(Date.parse("2026-01-31T09:30:00Z") + second * 1000).toISOString();
    for (const seconds of [[9, 8, 8, 8, 5, 3], [3, 9, 8, 5, 8, 1], [1, 2, 3, 4], [4, 4, 4], [7], []]) {
      const entries = seconds.map((second, number) => entry(number, { timestamp: at(second) }));
      const log = await scanned(JSON.stringify(entries));
      for (let since = 0; since < 11; since++)
        for (let until = 0; until < 11; until++) {
          const filter = { since: at(since), until: at(until) };
          const expected = entries.filter((entry) => meets(entry, filter));
          assert.deepEqual(log.filter(filter).rows(), expected);
          assert.deepEqual(
            log
              .filter({ since: at(since) })
              .filter({ until: at(until) })
              .rows(),
            expected,
          );
        }
    }
    // Those of which nothing is known are in none.
    const log = await scanned(JSON.stringify([entry(1), entry(2, { timestamp: "?" }), entry(3)]));
    assert.deepEqual(
      log
        .filter({ since: at(0) })
        .rows()
        .map(({ id }) => id),
      ["id-1", "id-3"],
    );
  });

  it("cannot be used when it has been disposed of, nor can its views", async () => {
    const kavach = client(once(JSON.stringify([entry(1), entry(2)])));
    const log = await scan(kavach);
    const [view, other] = [log.filter({}), log.filter({ userId: "u" })];
    const uses = (one) => [
      () => one.count(),
      () => one.rows(),
      () => one.rows(0, 1),
      () => one.row(0),
      () => one.groupBy("result"),
      () => one.percentiles("durationMs", [50]),
      () => one.top("result"),
      () => one.filter({}),
    ];
    view.free();
    for (const use of uses(view)) assert.throws(use, { code: "INVALID_ARGUMENT", message: /disposed of/ });
    assert.deepEqual([log.count(), other.count(), other.filter({}).count()], [2, 2, 2]);
    log.free();
    log.free();
    for (const use of [...uses(log), ...uses(other)])
      assert.throws(use, { code: "INVALID_ARGUMENT", message: /disposed of/ });
    await assert.rejects(log.update(), { code: "INVALID_ARGUMENT", message: /disposed of/ });
    other.free();
  });

  it("says how far it has come", async () => {
    const pages = [[entry(1), entry(2), entry(3)], [entry(3), entry(4)], [entry(5, { action: "write" })], []];
    const paging = () => {
      let asked = 0;
      return client(async () => Response.json(pages[asked++]));
    };
    const told = [];
    const log = await scan(paging(), {}, { pageSize: 3, onProgress: (count) => told.push(count) });
    assert.deepEqual([told, log.count()], [[3, 4, 5], 5]);
    told.length = 0;
    await scan(paging(), { actions: ["write"] }, { pageSize: 3, onProgress: (count) => told.push(count) });
    assert.deepEqual(told, [0, 0, 1]);
    const thrower = () => {
      throw new Error("its own affair");
    };
    for (const onProgress of [thrower, async () => thrower(), null, undefined])
      assert.equal((await scan(paging(), {}, { pageSize: 3, onProgress })).count(), 5);
  });

  it("gives memory back that nobody has freed", async () => {
    const text = JSON.stringify(Array.from({ length: 20_000 }, (_, number) => entry(number)));
    const kavach = client(once(text));
    const run = async (times) => {
      for (let time = 0; time < times; time++) {
        assert.equal((await scan(kavach, {}, { pageSize: 20_000 })).count(), 20_000);
        await megabytes();
        await new Promise((resolve) => setTimeout(resolve, 20)); // Finalisers run when nothing else does.
      }
    };
    await run(4);
    const before = [memory().buffer.byteLength, await megabytes()];
    await run(8);
    assert.equal(memory().buffer.byteLength, before[0]);
    assert.ok((await megabytes()) - before[1] < 5);
  });
});
