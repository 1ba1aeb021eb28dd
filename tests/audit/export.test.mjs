// Exports as streams and as rows: large ones, broken ones, and those that nobody wants to the end.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { DIALECTS, drained, large, megabytes, sdk, serving } from "./log.mjs";

// A separate server for each test, which writes as `answer` does.
async function writing(context, answer) {
  const state = { requests: 0, closed: 0, written: 0 };
  const server = createServer((request, response) => {
    state.requests++;
    response.on("close", () => response.writableFinished || state.closed++);
    answer(response, state.requests, request);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.closeAllConnections?.() ?? server.close());
  context.after(() => server.close());
  return { kavach: new sdk.KavachClient({ baseUrl: `http://127.0.0.1:${server.address().port}` }), state };
}

// Writes without end, as fast as it is read.
function endless(response, state = {}) {
  response.writeHead(200, { "Content-Type": "application/json" });
  const chunk = "x".repeat(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(chunk)) state.written++;
  };
  response.on("drain", more);
  more();
}

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("exportStream", () => {
  for (const dialect of DIALECTS)
    it(`is what export is, 50 MB of it, and stays small, ${dialect}`, async (context) => {
      const options = ["--dialect", dialect, "--audit-rows", "10000", "--audit-row-bytes", "5000"];
      const kavach = new sdk.KavachClient(await serving(context, ...options));
      let bytes = 0;
      let growth = 0;
      const from = await megabytes();
      let measured = 0;
      for await (const chunk of await kavach.audit.exportStream()) {
        bytes += chunk.length;
        if (bytes - measured < 5e6) continue;
        measured = bytes;
        growth = Math.max(growth, (await megabytes()) - from);
      }
      context.diagnostic(`${growth.toFixed(1)} MB of growth while ${(bytes / 1e6).toFixed(1)} MB went by`);
      assert.ok(bytes > 50e6 && growth < 10, `${bytes} bytes, ${growth} MB`);
      for (const format of ["json", "csv"]) {
        const until = new Date(Date.now() - 20 * 60 * 1000);
        const text = `${await all(await kavach.audit.exportStream({ format, until }))}`;
        assert.ok(text.length > 100 && text === (await kavach.audit.export({ format, until })), format);
      }
    });

  it("stops the transfer when it is cancelled, or aborted while nobody reads", async (context) => {
    const { kavach, state } = await writing(context, (response) => endless(response));
    const cancelled = (await kavach.audit.exportStream()).getReader();
    await cancelled.read();
    await cancelled.cancel();
    const controller = new AbortController();
    const aborted = (await kavach.audit.exportStream({}, { signal: controller.signal })).getReader();
    await aborted.read();
    const reason = { why: "left" };
    controller.abort(reason);
    await assert.rejects(aborted.read(), (error) => error === reason);
    for await (const _ of await kavach.audit.exportStream()) break;
    for (let turn = 0; turn < 100 && state.closed < 3; turn++) await sleep(10);
    assert.deepEqual([state.requests, state.closed], [3, 3]);
  });

  it("reads no further than it is read", async (context) => {
    const state = { written: 0 };
    const { kavach } = await writing(context, (response) => endless(response, state));
    const stream = await kavach.audit.exportStream();
    await sleep(200);
    const written = state.written;
    await sleep(200);
    assert.ok(state.written === written && written < 400, `${written} and ${state.written} chunks`);
    await stream.cancel();
  });

  it("is tried again before it begins, and ends with an error where it breaks off or goes silent", async (context) => {
    const { kavach, state } = await writing(context, (response, turn) => {
      if (turn === 1) return response.writeHead(503, { "Retry-After": "0" }).end();
      response.writeHead(200, { "Content-Type": "text/csv", "Content-Length": "1000" });
      response.write("id,agentId\n");
      if (turn === 2) setTimeout(() => response.destroy(), 20);
    });
    const token = "kv_s3cret";
    const broken = await kavach.audit.exportStream({}, { token });
    assert.equal(state.requests, 2);
    await assert.rejects(all(broken), (error) => {
      assert.ok(error instanceof sdk.NetworkError && !(error instanceof sdk.TimeoutError));
      assert.equal(error.code, "NETWORK_ERROR");
      assert.match(error.message, /^GET http:.*\/audit\/export broke off: /);
      return error.cause !== undefined && !JSON.stringify(error).includes(token);
    });
    const silent = await kavach.audit.exportStream({}, { timeout: 50 });
    await assert.rejects(all(silent), (error) => error instanceof sdk.TimeoutError && error.code === "TIMEOUT");
    assert.equal(state.requests, 3);
  });

  it("rejects as export does", async (context) => {
    const { kavach } = await writing(context, (response, turn) => {
      if (turn === 1) return response.writeHead(403, { "Content-Type": "application/json" }).end('{"code":"NO"}');
      response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Sign in</h1>");
    });
    await assert.rejects(kavach.audit.exportStream(), sdk.PermissionError);
    await assert.rejects(kavach.audit.exportStream(), sdk.DecodeError);
    await assert.rejects(kavach.audit.exportStream({ since: "x" }), { code: "INVALID_ARGUMENT" });
    await assert.rejects(kavach.audit.exportStream({}, { signal: AbortSignal.abort(7) }), (error) => error === 7);
  });
});

describe("exportRows", () => {
  for (const dialect of DIALECTS)
    it(`gives the same rows of CSV as of JSON, ${dialect}`, async (context) => {
      const server = await serving(context, "--dialect", dialect, "--audit-rows", "9000");
      const kavach = new sdk.KavachClient(server);
      const json = await drained(large.exportRows(kavach));
      assert.deepEqual(json, JSON.parse(await kavach.audit.export()));
      const csv = await drained(large.exportRows(kavach.audit, { format: "csv" }));
      assert.equal(csv.length, 9000);
      assert.deepEqual(
        csv,
        json.map(({ parameters, ...row }) => row),
      );
      assert.ok(
        csv.some(({ reason }) => reason?.includes("\n")) && csv.some(({ reason }) => reason?.includes('"a","')),
      );
      const since = new Date(Math.floor(Date.now() / 1000 - 600) * 1000); // Servers cut it to the second.
      const recent = await drained(large.exportRows(kavach, { since }));
      assert.ok(recent.length > 0 && recent.length < 9000 && recent.every((row) => new Date(row.timestamp) >= since));
    });

  // Every way to cut a text in two, and character by character. `json` is the same export in the other format.
  const HEADER = "id,agentId,userId,action,resource,result,reason,durationMs,tokensCost,timestamp";
  const rowsOf = (text, options, size, json = text) => {
    const stream = (text) => {
      const bytes = new TextEncoder().encode(text);
      return new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
    };
    const fetch = async (url) =>
      new Response(stream(url.includes("format=json") ? json : text), { headers: { "Content-Type": "text/plain" } });
    return drained(large.exportRows(new sdk.KavachClient({ baseUrl: "https://app.example", fetch }), options));
  };
  const END = "5,0.25,2026-01-31T09:30:00.000Z";

  let row;
  before(() => {
    row = (reason, resource = "mcp:a") => ({
      ...{ id: "1", agentId: "a", userId: "u", action: "read", resource, result: "denied" },
      ...(reason === undefined ? {} : { reason }),
      ...{ durationMs: 5, tokensCost: 0.25, timestamp: "2026-01-31T09:30:00.000Z" },
    });
  });

  const REASONS = [
    undefined,
    'No "read", "é" here',
    "two\nlines",
    'ends with "',
    '"',
    ",,,",
    "line\r\nfeed",
    '","',
    "x,5,,y",
  ];
  const START = "1,a,u,read,mcp:a,denied";
  const quoted = (reason) => (/[",\n\r]/.test(reason) ? `"${reason.replaceAll('"', '""')}"` : reason);
  const exact = REASONS.map((reason) => `${START},${quoted(reason ?? "")},${END}`);
  const loose = REASONS.map((reason) => `${START},"${reason ?? ""}",${END}`);

  it("reads CSV that follows the rules, however it is cut", async () => {
    const expected = REASONS.map((reason) => row(reason));
    const all = (line) => quoted(line).replace(/^[^"]*$/, '"$&"');
    const quotedAll = REASONS.map(
      (reason) => `${START.replace(/[^,]+/g, all)},${all(reason ?? "")},${END.replace(/[^,]+/g, all)}`,
    );
    for (const lines of [exact, quotedAll])
      for (const size of [1, 2, 7, 64, 10_000]) {
        const text = [HEADER, ...lines].join("\n");
        assert.deepEqual(await rowsOf(text, { format: "csv" }, size), expected, `${size} bytes at a time`);
      }
    const crlf = `\uFEFF${HEADER}\r\n${exact[1]}\r\n`;
    assert.deepEqual(await rowsOf(crlf, { format: "csv" }, 3), [row(REASONS[1])]);
    assert.deepEqual(await rowsOf(HEADER, { format: "csv" }, 9), []);
  });

  it("reads the JSON in place of CSV that does not", async () => {
    const expected = REASONS.map((reason) => row(reason));
    const json = JSON.stringify(expected.map((row) => ({ ...row, parameters: { a: 1 } })));
    for (const lines of [loose, [...exact, loose[1]], [`1,a,u,read,mcp:a,b,denied,"",${END}`]])
      for (const size of [1, 7, 10_000]) {
        const text = [HEADER, ...lines].join("\n");
        assert.deepEqual(await rowsOf(text, { format: "csv" }, size, json), expected, lines[0]);
      }
  });

  it("reads neither if there is no JSON", async () => {
    for (const lines of [loose, [...exact, loose[1]], [`1,a,u,read,mcp:a,b,denied,"",${END}`]])
      await assert.rejects(rowsOf([HEADER, ...lines].join("\n"), { format: "csv" }, 7), (error) => {
        assert.ok(error instanceof sdk.DecodeError && error.code === "AMBIGUOUS_CSV");
        return /does not follow RFC 4180.*Use format: "json"$/.test(error.message);
      });
  });

  it("reads JSON, however it is cut", async () => {
    const rows = [row('a "quoted" } ] { [ \\ é 😀 reason'), { ...row(), parameters: { deep: [[{ a: "]" }]] } }];
    for (const text of [JSON.stringify(rows), JSON.stringify(rows, null, 2), `\uFEFF ${JSON.stringify(rows)}\n`])
      for (const size of [1, 2, 3, 50, 10_000]) assert.deepEqual(await rowsOf(text, {}, size), rows);
    assert.deepEqual(await rowsOf("[]", undefined, 1), []);
  });

  it("never takes a part for the whole, or something else for rows", async () => {
    const json = JSON.stringify([row("x"), row("y")]);
    for (let at = 1; at < json.length; at += 5)
      await assert.rejects(rowsOf(json.slice(0, at), {}, 16), sdk.DecodeError, json.slice(0, at));
    const csv = `${HEADER}\n1,a,u,read,mcp:a,denied,"x",${END}`;
    for (let at = 1; at < csv.length; at += 5)
      if (at !== HEADER.length && at !== HEADER.length + 1)
        await assert.rejects(rowsOf(csv.slice(0, at), { format: "csv" }, 16), sdk.DecodeError, csv.slice(0, at));
    for (const text of ['{"error":"x"}', "[5]", "[[]]", "[{}] [{}]", "[{},5]", "null", "<p>", "[{x}]", "x[{}]"])
      await assert.rejects(rowsOf(text, {}, 2), sdk.DecodeError, text);
  });

  it("stops the transfer when it is left, and refuses what is no client", async (context) => {
    const { kavach, state } = await writing(context, (response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write(`[${JSON.stringify(row("x"))},`);
    });
    for await (const { reason } of large.exportRows(kavach)) {
      assert.equal(reason, "x");
      break;
    }
    for (let turn = 0; turn < 100 && state.closed < 1; turn++) await sleep(10);
    assert.equal(state.closed, 1);
    for (const client of [undefined, null, {}, "x", { audit: {} }])
      await assert.rejects(large.exportRows(client).next(), (error) => {
        assert.ok(error instanceof sdk.KavachError);
        return error.message === "client must be a KavachClient, or its audit";
      });
  });
});
