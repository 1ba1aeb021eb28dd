// Observers: they see what happens, and cannot break it.
import assert from "node:assert/strict";
import { it } from "node:test";
import { observe, observersOf, REQUEST, RESPONSE, RETRY, warnIfInsecure } from "./observe.js";

const ATTEMPT = {
  call: 1,
  operation: "agents.list",
  method: "GET",
  url: "https://a.example/agents?userId=u",
  attempt: 1,
};
const PATH = "https://a.example/agents";
const recording = () => {
  const told = [];
  const note = (name) => (value) => told.push([name, value]);
  const logger = { debug: note("debug"), warn: note("warn") };
  return {
    told,
    observers: { onRequest: note("request"), onResponse: note("response"), onRetry: note("retry"), logger },
  };
};

it("are those among the options that are there", () => {
  assert.equal(observersOf({}), undefined);
  assert.equal(observersOf({ onRetry: null, logger: undefined }), undefined);
  assert.equal(observersOf(Object.create({ onRequest() {} })), undefined);
  const logger = {};
  assert.equal(observersOf({ logger }).logger, logger);
});

it("receive each stage, with a copy of the attempt", () => {
  const { told, observers } = recording();
  observe(observers, REQUEST, ATTEMPT, PATH, { time: 0 });
  observe(observers, RESPONSE, ATTEMPT, PATH, { status: 503, time: 12.6 });
  observe(observers, RETRY, ATTEMPT, PATH, { status: 503, time: 500 });
  observe(observers, RESPONSE, ATTEMPT, PATH, { code: "TIMEOUT", time: 1 });
  assert.deepEqual(told, [
    ["request", ATTEMPT],
    ["response", { ...ATTEMPT, status: 503, durationMs: 12.6 }],
    ["debug", "kavachos agents.list: GET https://a.example/agents: 503 in 13 ms"],
    ["retry", { ...ATTEMPT, status: 503, delayMs: 500 }],
    ["warn", "kavachos agents.list: GET https://a.example/agents: 503, trying again in 500 ms"],
    ["response", { ...ATTEMPT, code: "TIMEOUT", durationMs: 1 }],
    ["debug", "kavachos agents.list: GET https://a.example/agents: TIMEOUT in 1 ms"],
  ]);
  assert.notEqual(told[0][1], ATTEMPT);
});

it("cannot break a call, whatever they do", async () => {
  const throwing = () => {
    throw new Error("no");
  };
  const hostile = new Proxy({}, { get: throwing });
  for (const observer of [throwing, () => Promise.reject(new Error("no")), () => hostile, undefined, null])
    for (const stage of [REQUEST, RESPONSE, RETRY])
      observe({ onRequest: observer, onResponse: observer, onRetry: observer, logger: hostile }, stage, ATTEMPT, PATH, {
        time: 0,
      });
  for (const logger of [{}, { debug: throwing, warn: throwing }, { debug: 5 }])
    observe({ logger }, RESPONSE, ATTEMPT, PATH, { time: 0 });
  await new Promise((resolve) => setImmediate(resolve)); // An unhandled rejection would fail the test.
});

it("warns once for each origin that tokens travel unencrypted", () => {
  const { told, observers } = recording();
  for (const base of ["http://a.example/api", "HTTP://a.example/other", "http://a.example:8080"])
    warnIfInsecure(base, observers.logger);
  assert.equal(told.length, 2);
  assert.match(told[0][1], /^kavachos-wasm: tokens and passwords travel unencrypted to http:\/\/a\.example\. /);
});

it("does not warn of what stays on the machine", () => {
  const { told, observers } = recording();
  for (const base of [
    "https://b.example",
    "http://localhost:3000",
    "http://app.localhost",
    "http://127.0.0.1",
    "http://127.1.2.3",
    "http://[::1]:1",
  ])
    warnIfInsecure(base, observers.logger);
  assert.deepEqual(told, []);
  for (const base of ["http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://10.0.0.1"])
    warnIfInsecure(base, observers.logger);
  assert.equal(told.length, 3);
});

it("warns on the console if there is no logger", (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  warnIfInsecure("http://console.example", undefined);
  assert.equal(warn.mock.callCount(), 1);
});
