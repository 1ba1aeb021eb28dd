// Arguments: only own members count, and names that are not known are refused.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { drained, large, sdk } from "./log.mjs";

const { exportRows, outcomeOf, scan } = large;
const LOG = Array.from({ length: 4 }, (_, number) => ({
  ...{ id: `id-${number}`, agentId: `a-${number}`, userId: "u", action: number % 2 ? "read" : "write", resource: "r" },
  ...{ parameters: {}, result: "denied", durationMs: number, timestamp: `2026-01-31T09:30:0${9 - number}.000Z` },
}));

// Clients of both kinds: the package's own, and a foreign one that checks nothing.
function clients() {
  const urls = [];
  const answer = (url) => {
    urls.push(`${url}`);
    return /offset=[^0]/.test(url) ? "[]" : JSON.stringify(LOG);
  };
  const kavach = new sdk.KavachClient({
    baseUrl: "https://app.example",
    maxRetries: 0,
    fetch: async (url) => new Response(answer(url)),
  });
  const query = (options) => `?${new URLSearchParams(options)}`;
  const stranger = {
    queryBytes: async (filters) => new TextEncoder().encode(answer(query(filters))),
    exportStream: async (options) => new Response(answer(query(options))).body,
  };
  return { urls, all: [kavach, kavach.audit, stranger] };
}

it("members of Object.prototype change nothing", async () => {
  const { urls, all } = clients();
  const use = async () => {
    urls.length = 0;
    const found = [];
    for (const client of all) {
      const log = await scan(client, {}, { pageSize: 100 });
      found.push(
        log.rows(),
        log.filter({}).count(),
        log.groupBy("result"),
        log.groupBy("result", { interval: "hour" }),
        log.percentiles("durationMs", [50]),
        await log.update(),
        (await scan(client)).count(),
        (await scan(client, { actions: ["read"] })).count(),
        await drained(exportRows(client)),
        await drained(exportRows(client, {}, {})),
      );
    }
    found.push(await all[0].audit.iterate().toArray(), await all[0].audit.iterate({}).toArray({}));
    found.push(outcomeOf({ result: "denied" }), [...urls]);
    return found;
  };
  const expected = await use();
  const values = {
    ...{ since: "2026-01-31T09:30:08Z", until: "2020-01-01", actions: ["read"], limit: 1, offset: 1 },
    ...{ agentId: "nobody", userId: "nobody", action: "x", resource: "x", result: "allowed", outcome: "x" },
    ...{ reason: "This action requires human approval before execution", format: "csv", maxRecordBytes: 1 },
    ...{ pageSize: 1, interval: "day", timeZone: "x", signal: AbortSignal.abort("polluted"), onProgress: 5 },
    ...{ audit: { queryBytes: "x" }, timestamp: "2020-01-01", count: 0, fresh: 0, left: 0, newest: "2020-01-01" },
    ...{ time: 5, id: "x", durationMs: 5, parameters: 5, path: "x", code: "x" },
  };
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
    let found;
    try {
      found = JSON.stringify(await use());
    } finally {
      delete Object.prototype[name];
    }
    assert.equal(found, JSON.stringify(expected), name);
  }
});

describe("names that are not known", () => {
  const refused = (message) => (error) => {
    assert.deepEqual([error instanceof sdk.KavachError, error.code], [true, "INVALID_ARGUMENT"]);
    assert.ok(error.message.startsWith(message), error.message);
    return true;
  };

  it("are refused with the nearest one, before anything is asked for", async () => {
    const { urls, all } = clients();
    for (const client of all)
      for (const [ask, message] of [
        [
          () => scan(client, { user_id: "x" }),
          'filters.user_id must be left out: the name is not known. Did you mean "userId"?',
        ],
        [
          () => scan(client, { agentID: "x" }),
          'filters.agentID must be left out: the name is not known. Did you mean "agentId"?',
        ],
        [
          () => scan(client, { action: ["x"] }),
          'filters.action must be left out: the name is not known. Did you mean "actions"?',
        ],
        [() => scan(client, { pageSize: 5 }), "filters.pageSize must be left out: the name is not known."],
        [
          () => scan(client, {}, { pagesize: 5 }),
          'options.pagesize must be left out: the name is not known. Did you mean "pageSize"?',
        ],
        [
          () => scan(client, {}, { time_out: 5 }),
          'options.time_out must be left out: the name is not known. Did you mean "timeout"?',
        ],
        [() => scan(client, AbortSignal.abort()), "filters must be an object"],
        [() => scan(client, new Map([["agentId", "x"]])), "filters must be an object"],
        [() => scan(client, new URLSearchParams("agentId=x")), "filters must be an object"],
        [() => scan(client, {}, AbortSignal.abort()), "options must be an object such as { signal, pageSize }"],
        [
          () => drained(exportRows(client, { Format: "csv" })),
          'exportOptions.Format must be left out: the name is not known. Did you mean "format"?',
        ],
        [
          () => drained(exportRows(client, { agentId: "x" })),
          "exportOptions.agentId must be left out: the name is not known.",
        ],
        [() => drained(exportRows(client, AbortSignal.abort())), "exportOptions must be an object"],
        [
          () => drained(exportRows(client, {}, { maxRecordByte: 5 })),
          'options.maxRecordByte must be left out: the name is not known. Did you mean "maxRecordBytes"?',
        ],
        [
          () => drained(exportRows(client, {}, AbortSignal.abort())),
          "options must be an object such as { signal, maxRecordBytes }",
        ],
      ])
        await assert.rejects(ask, refused(message));
    assert.deepEqual(urls, []);
  });

  it("are refused by a scan too", async () => {
    const log = await scan(clients().all[0]);
    for (const [ask, message] of [
      [
        () => log.filter({ agentID: "a-0" }),
        'filter.agentID must be left out: the name is not known. Did you mean "agentId"?',
      ],
      [() => log.filter(new Map()), 'filter must be an object such as { result: "denied" }'],
      [
        () => log.groupBy("result", { intervall: "day" }),
        'options.intervall must be left out: the name is not known. Did you mean "interval"?',
      ],
      [
        () => log.percentiles("durationMs", [5], { timezone: "UTC" }),
        'options.timezone must be left out: the name is not known. Did you mean "timeZone"?',
      ],
      [() => log.groupBy("result", AbortSignal.abort()), 'options must be an object such as { interval: "hour" }'],
    ])
      assert.throws(ask, refused(message));
    for (const options of [{ pagesize: 5 }, AbortSignal.abort()])
      await assert.rejects(log.update(options), { code: "INVALID_ARGUMENT" });
  });
});
