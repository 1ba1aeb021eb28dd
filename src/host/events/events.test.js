// What the reader of the event stream gives, and when it ends.
import assert from "node:assert/strict";
import { it, mock } from "node:test";
import * as main from "../errors/errors.js";
import { events } from "./events.js";

const event = (id, timestamp = "2026-11-28T19:56:13.000Z", more = {}) => ({
  id,
  type: "audit",
  timestamp,
  data: {},
  ...more,
});
const frame = (value) => `id: ${value.id}\nevent: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const GREETING = 'event: connected\ndata: {"clientId":"c","timestamp":"2026-11-28T19:56:13.000Z"}\n\n';

// A client that answers each request with the next script: text for a stream that then ends, an error to reject with.
function scripted(...scripts) {
  const requests = [];
  return {
    requests,
    async request(input, options) {
      requests.push({ input, options });
      const script = scripts.shift();
      if (script === undefined) throw Object.assign(new Error("no more"), { statusCode: 400 });
      if (script instanceof Error) throw script;
      return new Response(script).body;
    },
  };
}

async function take(iterator, count) {
  const ids = [];
  for await (const { id } of iterator) {
    ids.push(id);
    if (ids.length === count) break;
  }
  return ids;
}

async function withoutWaiting(run) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const beat = setInterval(() => mock.timers.tick(30_000), 1);
  try {
    return await run();
  } finally {
    clearInterval(beat);
    mock.timers.reset();
  }
}

it("asks as it should, and gives what happened", async () => {
  const kavach = scripted(`${GREETING}${frame(event("1"))}: heartbeat\n\n${frame(event("2"))}`);
  assert.deepEqual(
    await take(
      events(kavach, { types: ["audit", "auth.failed"], since: "2026-11-28T20:56:13+01:00", headers: { a: "b" } }),
      2,
    ),
    ["1", "2"],
  );
  const [{ input, options }] = kavach.requests;
  assert.deepEqual(input, {
    ...{ path: "/events/stream", responseType: "stream" },
    query: { types: "audit,auth.failed", since: "2026-11-28T19:56:13.000Z" },
  });
  assert.deepEqual(options.headers, { a: "b", Accept: "text/event-stream" });
});

it("goes on after an end where it was, and gives nothing twice", () =>
  withoutWaiting(async () => {
    const later = "2026-11-28T19:56:15.000Z";
    const broken = Object.assign(new Error("reset"), { code: "NETWORK_ERROR" });
    const busy = Object.assign(new Error("full"), { statusCode: 503 });
    const kavach = scripted(
      frame(event("1")) + frame(event("2", later)),
      broken,
      busy,
      frame(event("2", later)) + frame(event("3", later)),
    );
    assert.deepEqual(await take(events(kavach), 3), ["1", "2", "3"]);
    assert.deepEqual(
      kavach.requests.map(({ input }) => input.query.since),
      [undefined, later, later, later],
    );
  }));

it("ends with the stream where it must not connect again", async () => {
  assert.deepEqual(await take(events(scripted(frame(event("1"))), { reconnect: false }), 9), ["1"]);
});

it("a refusal inside the stream ends it", async () => {
  const kavach = scripted('event: error\ndata: {"code":"UNAUTHORIZED","message":"Invalid token"}\n\n');
  const error = await take(events(kavach), 1).catch((caught) => caught);
  assert.ok(error instanceof main.AuthenticationError && error instanceof main.KavachError);
  assert.deepEqual([error.name, error.code, error.message], ["AuthenticationError", "UNAUTHORIZED", "Invalid token"]);
  const other = await take(events(scripted("event: error\ndata: gone\n\n")), 1).catch((caught) => caught);
  assert.ok(!(other instanceof main.AuthenticationError) && other instanceof main.KavachError);
  assert.equal(other.code, "API_ERROR");
});

it("what another attempt cannot fix is thrown", async () => {
  for (const data of ["no json", "{}", '{"id":1,"type":"a","timestamp":"x"}', '{"id":"1","type":"a","timestamp":"x"}'])
    await assert.rejects(take(events(scripted(`data: ${data}\n\n`)), 1), { code: "DECODE_ERROR" });
  const missing = Object.assign(new Error("no route"), { statusCode: 404 });
  await assert.rejects(take(events(scripted(missing)), 1), /no route/);
});

it("ends with the reason of the signal, while waiting too", async () => {
  const controller = new AbortController();
  const iterator = events(scripted(frame(event("1"))), { signal: controller.signal });
  assert.equal((await iterator.next()).value.id, "1");
  const next = iterator.next();
  setTimeout(() => controller.abort(new Error("enough")), 10);
  await assert.rejects(next, /enough/);
});

it("refuses arguments by name, before any request", () => {
  const kavach = scripted();
  for (const [options, name] of [
    [{ types: "audit" }, "types"],
    [{ types: [""] }, "types"],
    [{ since: "yesterday" }, "since"],
    [{ since: 5 }, "since"],
    [{ path: "" }, "path"],
    [{ reconnect: 1 }, "reconnect"],
    [{ tpyes: [] }, "tpyes"],
  ])
    assert.throws(() => events(kavach, options), {
      code: "INVALID_ARGUMENT",
      message: new RegExp(`^options\\.${name} must`),
    });
  for (const client of [undefined, {}, "x"])
    assert.throws(() => events(client), { code: "INVALID_ARGUMENT", message: /^kavach/ });
  assert.equal(kavach.requests.length, 0);
});
