import assert from "node:assert/strict";
import { it } from "node:test";
import { openTelemetry } from "./open-telemetry.js";

function recorder() {
  const spans = [];
  const make = (name, options) => {
    const span = {
      name,
      ...options,
      setAttributes: (attributes) => Object.assign(span.attributes, attributes),
      setStatus: ({ code }) => Object.assign(span, { code }),
      end: () => Object.assign(span, { ended: (span.ended ?? 0) + 1 }),
    };
    spans.push(span);
    return span;
  };
  return { spans, startSpan: make, startActiveSpan: (name, options, run) => run(make(name, options)) };
}

const REQUEST = { call: 1, operation: "agents.list", method: "GET", url: "https://a.example/agents?token=secret" };

it("makes a span of a call, and one of each attempt", () => {
  const tracer = recorder();
  openTelemetry(tracer)({ call: 1, operation: "agents.list" }, (observer) => {
    observer.onRequest({ ...REQUEST, attempt: 1 });
    observer.onResponse({ ...REQUEST, attempt: 1, status: 503, durationMs: 1 });
    observer.onRequest({ ...REQUEST, url: "http://a.example:8080/agents", attempt: 2 });
    observer.onResponse({ ...REQUEST, attempt: 2, status: 403, durationMs: 1 });
    observer.onCallEnd({ call: 1, operation: "agents.list", attempts: 2, status: 403, durationMs: 2 });
  });
  const [call, first, second] = tracer.spans;
  assert.deepEqual([call.name, call.kind, call.ended, call.code], ["kavachos agents.list", undefined, 1, undefined]);
  assert.equal(call.attributes["kavachos.operation"], "agents.list");
  assert.equal(call.attributes["kavachos.attempts"], 2);
  assert.deepEqual([first.name, first.kind, first.ended, first.code], ["GET", 2, 1, 2]);
  assert.deepEqual(first.attributes, {
    "http.request.method": "GET",
    "url.full": "https://a.example/agents",
    "server.address": "a.example",
    "server.port": 443,
    "http.request.resend_count": undefined,
    "http.response.status_code": 503,
    "error.type": "503",
  });
  assert.deepEqual([second.ended, second.code, second.attributes["error.type"]], [1, undefined, "403"]);
  assert.deepEqual([second.attributes["server.port"], second.attributes["http.request.resend_count"]], [8080, 1]);
  assert.doesNotMatch(JSON.stringify(tracer.spans), /secret/);
});

it("ends the span of an attempt that nothing came of", () => {
  const tracer = recorder();
  openTelemetry(tracer)({ call: 1, operation: "agents.list" }, (observer) => {
    observer.onRequest({ ...REQUEST, attempt: 1 });
    observer.onCallEnd({ call: 1, operation: "agents.list", attempts: 1, code: "ABORTED", durationMs: 2 });
  });
  assert.deepEqual(
    tracer.spans.map(({ ended, code, attributes }) => [ended, code, attributes["error.type"]]),
    [
      [1, 2, "ABORTED"],
      [1, 2, "ABORTED"],
    ],
  );
});

it("ends spans that cannot be written", () => {
  const tracer = recorder();
  openTelemetry(tracer)({ call: 1, operation: "agents.list" }, (observer) => {
    tracer.spans[0].setAttributes = () => {
      throw new Error("broken");
    };
    assert.throws(() => observer.onCallEnd({ call: 1, operation: "agents.list", attempts: 0, durationMs: 2 }));
  });
  assert.equal(tracer.spans[0].ended, 1);
});

it("refuses what is no tracer", () => {
  for (const tracer of [undefined, null, {}, { startSpan() {} }])
    assert.throws(() => openTelemetry(tracer), { code: "INVALID_ARGUMENT", message: /^tracer must be/ });
});
