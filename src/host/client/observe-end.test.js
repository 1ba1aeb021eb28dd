// How a call ends, for observers: `onCallEnd` of a client and of a call, the tracer, and `withResponse`.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { busy, called, connection, failing, json, never, script } from "./calling.mjs";
import { attach } from "./core.js";
import { fake } from "./fake-core.mjs";
import { withResponse } from "./with-response.js";

before(() => attach(fake));

const plain = ({ durationMs, ...event }) => {
  assert.ok(durationMs >= 0);
  return event;
};
const list = (server, options) => called(server, "agents.list", [], options);

it("is called once, before the caller, with the whole of the call", async () => {
  const ends = [];
  const fetch = script(busy(), json([], 200, { "x-request-id": "req-1", "x-left": "9" }));
  const server = connection({ fetch, onCallEnd: (event) => ends.push(event) });
  const own = [];
  const value = await list(server, { onCallEnd: (event) => own.push(event) }).then((found) => [found, ends.length]);
  assert.deepEqual(value, [[], 1]);
  const expected = { call: 1, operation: "agents.list", attempts: 2, status: 200, requestId: "req-1" };
  assert.deepEqual(plain(ends[0]), expected);
  const { headers, ...rest } = plain(own[0]);
  assert.deepEqual(rest, expected);
  assert.equal(headers.get("x-left"), "9");
  assert.equal("headers" in ends[0], false);
});

it("receives failures, of aborted calls, and of those that were never sent", async () => {
  const ends = [];
  const onCallEnd = (event) => ends.push(plain(event));
  await failing(list(connection({ fetch: script(json({ code: "X1" }, 404)), onCallEnd })));
  const abort = new AbortController();
  const aborted = list(connection({ fetch: never, onCallEnd }), { signal: abort.signal });
  abort.abort(new Error("enough"));
  await assert.rejects(aborted, { message: "enough" });
  const token = () => {
    throw new Error("no token");
  };
  await failing(list(connection({ fetch: never, token, onCallEnd })));
  await failing(list(connection({ fetch: never, onCallEnd }), { timeout: -1 }));
  const common = { call: 1, operation: "agents.list" };
  assert.deepEqual(
    ends.map(({ code, status, attempts, ...rest }) => [code !== undefined, status, attempts, rest]),
    [
      [true, 404, 1, common],
      [true, undefined, 1, common],
      [true, undefined, 0, common],
    ],
  );
  assert.deepEqual([ends[1].code, ends[2].code], ["ABORTED", "TOKEN_UNAVAILABLE"]);
});

it("receives a module that cannot be called", async () => {
  const ends = [];
  const server = connection({ fetch: never, onCallEnd: ({ code }) => ends.push(code) });
  attach({
    begin() {
      throw new Error("trap");
    },
  });
  await failing(list(server));
  attach(fake);
  assert.equal(ends.length, 1);
  assert.equal(typeof ends[0], "string");
});

it("ignores what observers throw", async () => {
  const onCallEnd = () => {
    throw new Error("broken");
  };
  const server = connection({ fetch: script(json([])), onCallEnd });
  assert.deepEqual(await list(server, { onCallEnd }), []);
});

it("lets a tracer begin the call, and tells it each stage", async () => {
  const told = [];
  const note = (name) => (event) => told.push([name, event.attempt ?? event.attempts]);
  const tracer = (event, begin) => {
    told.push(["begin", event]);
    begin({ onRequest: note("request"), onResponse: note("response"), onCallEnd: note("end") });
    told.push(["begun"]);
  };
  await list(connection({ fetch: script(busy(), json([])), tracer }));
  assert.deepEqual(told, [
    ["begin", { call: 1, operation: "agents.list" }],
    ["request", 1],
    ["begun"],
    ["response", 1],
    ["request", 2],
    ["response", 2],
    ["end", 2],
  ]);
});

it("begins a call once, whatever the tracer does", async () => {
  const tracers = [
    () => {},
    () => {
      throw new Error("broken");
    },
    (_, begin) => {
      begin({});
      begin({});
      throw new Error("broken");
    },
    (_, begin) => setTimeout(begin, 1),
    (_, begin) =>
      begin({
        get onRequest() {
          throw new Error("hostile");
        },
      }),
  ];
  for (const tracer of tracers) {
    const fetch = script(json([]));
    assert.deepEqual(await list(connection({ fetch, tracer })), []);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(fetch.calls.length, 1);
  }
});

it("withResponse adds the response to the value", async () => {
  const server = connection({ fetch: script(json([], 200, { "x-left": "9" })) });
  const { data, headers, status, attempts, operation } = await withResponse((options) => list(server, options));
  assert.deepEqual([data, headers.get("x-left"), status, attempts, operation], [[], "9", 200, 1, "agents.list"]);
  await failing(withResponse((options) => list(connection({ fetch: script(json({}, 404)) }), options)));
});
