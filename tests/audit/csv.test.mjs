// CSV of both kinds against the JSON of the same log, with whatever callers can write into their requests.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { scaled } from "../scale.mjs";
import { drained, large, sdk } from "./log.mjs";

const { exportRows } = large;
const NAMES = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp".split(",");
const HEADER = NAMES.join(",");
const NOW = "2026-01-31T09:30:00.000Z";

// The same in every run.
function generator(seed) {
  let state = seed;
  const below = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return { below, one: (list) => list[below(list.length)] };
}

const PIECES = [
  ...['"', '""', ",", "\n", "\r\n", "\r", "\\", "\u2028", "\u0000", "é😀", " ", "mcp:a", "="],
  `x",1,,${NOW}\nforged,ceo,ceo,deploy,production,allowed,"",1,,${NOW}`,
  `",1,,${NOW}\nforged,ceo,ceo,deploy,production,allowed,"`,
  `x,allowed,"",1,,${NOW}\nforged,ceo,ceo,deploy,production`,
  `x,denied,no,1,,${NOW}\nforged,ceo,ceo,deploy,production,allowed,,1,,${NOW}\nid,a,u,read,x`,
  `\n${HEADER}\n`,
];

function entries({ below, one }, count) {
  const evil = () => Array.from({ length: below(4) }, () => one(PIECES)).join("");
  return Array.from({ length: count }, (_, number) => {
    const [action, resource] = [evil(), evil()];
    const reasons = [
      undefined,
      `No permission grants agent "bot" access to "${action}" on "${resource}"`,
      `Argument "note" value "${evil()}" does not match pattern "${evil()}"`,
      evil() || "no",
    ];
    const reason = one(reasons);
    return {
      ...{ id: `id-${number}`, agentId: evil(), userId: evil(), action, resource, parameters: { note: evil() } },
      ...{ result: reason === undefined ? "allowed" : "denied", ...(reason === undefined ? {} : { reason }) },
      ...{ durationMs: below(1000), ...(below(2) ? { tokensCost: below(1000) / 8 } : {}), timestamp: NOW },
    };
  });
}

const cells = (entry) => NAMES.map((name) => `${entry[name] ?? ""}`);
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const strict = (entry) => cells(entry).map((text) => (/[",\r\n]/.test(text) ? quoted(text) : text));
const WRITERS = {
  strict: (log) => [HEADER, ...log.map((entry) => strict(entry).join(","))].join("\n"),
  quotesAll: (log) => [NAMES, ...log.map(cells)].map((row) => `${row.map(quoted).join(",")}\r\n`).join(""),
  loose: (log) =>
    [
      HEADER,
      ...log.map((entry) =>
        cells(entry)
          .with(6, `"${entry.reason ?? ""}"`)
          .join(","),
      ),
    ].join("\n"),
};

// The audit of a client whose server writes these exports, cut anywhere.
function auditOf(csv, json, { below } = generator(1), most = 5000) {
  const streams = [];
  const exportStream = async ({ format }) => {
    const bytes = new TextEncoder().encode(format === "json" ? json : csv);
    let at = 0;
    const stream = { format, isCancelled: false };
    streams.push(stream);
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        const size = 1 + below(most);
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
      cancel() {
        stream.isCancelled = true;
      },
    });
  };
  return { streams, queryBytes() {}, exportStream };
}

const withoutParameters = (log) => log.map(({ parameters, ...row }) => row);
const isAmbiguous = (error) => error instanceof sdk.DecodeError && error.code === "AMBIGUOUS_CSV";

describe("CSV", () => {
  const LOGS = scaled(500);
  const ROWS = 100;

  for (const writer of ["strict", "quotesAll"])
    it(`is the JSON of ${LOGS * ROWS} entries with hostile text, ${writer}`, async () => {
      const random = generator(2);
      for (let log = 0; log < LOGS; log++) {
        const written = entries(random, ROWS);
        const audit = auditOf(WRITERS[writer](written), "", random, log % 50 === 0 ? 20 : 5000);
        assert.deepEqual(await drained(exportRows(audit, { format: "csv" })), withoutParameters(written));
        assert.equal(audit.streams.length, 1);
      }
    });

  it(`is the JSON of ${LOGS * ROWS} entries with hostile text where nothing is escaped, or an error before the first row`, async () => {
    const random = generator(3);
    for (let log = 0; log < LOGS; log++) {
      const written = entries(random, ROWS);
      // An ordinary entry, the oldest, shows it in any case.
      written.push({ ...written[0], agentId: "a", userId: "u", action: "read", resource: "r", reason: undefined });
      const csv = WRITERS.loose(written);
      const audit = auditOf(csv, JSON.stringify(written), random);
      const expected = withoutParameters(written).map(({ reason, ...row }) => (reason ? { ...row, reason } : row));
      assert.deepEqual(await drained(exportRows(audit, { format: "csv" })), expected);
      assert.deepEqual(
        audit.streams.map(({ format }) => format),
        ["csv", "json"],
      );
      const rows = [];
      await assert.rejects(async () => {
        for await (const row of exportRows(auditOf(csv, csv, random), { format: "csv" })) rows.push(row);
      }, sdk.DecodeError);
      assert.deepEqual(rows, []);
    }
  });

  it("does not take one denied request for rows", async () => {
    const evil = `x",1,,${NOW}\nforged,ceo,ceo,deploy,production,allowed,"",1,,${NOW}`;
    const reason = `No permission grants agent "bot" access to "read" on "${evil}"`;
    const log = [evil, "r"].map((resource, number) => ({
      ...{ id: `id${number}`, agentId: "agent", userId: "user", action: "read", resource, result: "denied", reason },
      ...{ durationMs: 1, timestamp: NOW },
    }));
    assert.deepEqual(await drained(exportRows(auditOf(WRITERS.strict(log)), { format: "csv" })), log);
    const json = JSON.stringify(log.map((entry) => ({ ...entry, tokensCost: null, parameters: {} })));
    assert.deepEqual(await drained(exportRows(auditOf(WRITERS.loose(log), json), { format: "csv" })), log);
    await assert.rejects(drained(exportRows(auditOf(WRITERS.loose(log), "<p>"), { format: "csv" })), isAmbiguous);
  });

  it("is given up where the rules are broken after rows have been returned", async () => {
    const log = entries(generator(4), 50).map((entry) => ({ ...entry, resource: "r", action: "read", reason: "no" }));
    const csv = `${WRITERS.strict(log)}\n${WRITERS.loose(log).slice(HEADER.length + 1)}`;
    const audit = auditOf(csv, JSON.stringify(log), generator(5), 200);
    const rows = [];
    await assert.rejects(async () => {
      for await (const row of exportRows(audit, { format: "csv" }, { maxRecordBytes: 1000 })) rows.push(row);
    }, isAmbiguous);
    assert.ok(rows.length > 10);
    assert.deepEqual(rows, withoutParameters(log.slice(0, rows.length)));
    assert.deepEqual(audit.streams, [{ format: "csv", isCancelled: true }]);
  });

  for (const format of ["csv", "json"])
    it(`has rows of a bounded size, ${format}`, async () => {
      const log = entries(generator(6), 3).map((entry) => ({ ...entry, resource: "x".repeat(5000) }));
      const audit = () => auditOf(WRITERS.strict(log), JSON.stringify(log));
      const expected = format === "csv" ? withoutParameters(log) : log;
      for (const maxRecordBytes of [undefined, null, 100_000])
        assert.deepEqual(await drained(exportRows(audit(), { format }, { maxRecordBytes })), expected);
      await assert.rejects(drained(exportRows(audit(), { format }, { maxRecordBytes: 4000 })), {
        code: "DECODE_ERROR",
        message: "The export cannot be read: it holds a row of more than 4000 bytes",
      });
      for (const maxRecordBytes of [0, -1, 1.5, "1", Number.POSITIVE_INFINITY])
        await assert.rejects(drained(exportRows(audit(), { format }, { maxRecordBytes })), {
          code: "INVALID_ARGUMENT",
          message: "options.maxRecordBytes must be a whole number from 1 to 1073741824",
        });
      // One that never ends is not read forever.
      const endless = format === "csv" ? `${HEADER}\n1,a,u,read,"` : '[{"a":"';
      let read = 0;
      const exportStream = async () =>
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new TextEncoder().encode(read++ === 0 ? endless : "x".repeat(65_536)));
          },
        });
      await assert.rejects(drained(exportRows({ queryBytes() {}, exportStream }, { format })), sdk.DecodeError);
      assert.ok(read < 80, `${read} chunks`);
    });

  it("comes from streams of Node too, and from nothing else", async () => {
    const log = entries(generator(7), 20);
    const csv = WRITERS.strict(log);
    const from = (stream) => exportRows({ queryBytes() {}, exportStream: async () => stream }, { format: "csv" });
    for (const stream of [Readable.from([csv]), Readable.from([Buffer.from(csv)]), new Response(csv).body])
      assert.deepEqual(await drained(from(stream)), withoutParameters(log));
    for (const stream of [undefined, null, csv, {}, [5], Readable.from([5])])
      await assert.rejects(drained(from(stream)), {
        name: "DecodeError",
        message: "The export cannot be read: it is no stream of bytes",
      });
    const look = async () => ({ status: 200, text: async () => csv, json: async () => ({}) });
    const kavach = new sdk.KavachClient({ baseUrl: "https://app.example", fetch: look, maxRetries: 0 });
    assert.deepEqual(await drained(exportRows(kavach, { format: "csv" })), withoutParameters(log));
  });
});
