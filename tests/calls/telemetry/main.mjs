// Calls with the SDK of OpenTelemetry, and prints the spans that it exports.
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { KavachClient } from "kavachos-wasm";
import { openTelemetry } from "kavachos-wasm/telemetry";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const tracer = trace.getTracer("test");

const answers = [
  Response.json({}, { status: 503, headers: { "retry-after-ms": "1" } }),
  Response.json([], { headers: { "x-request-id": "req-1" } }),
  Response.json({ allowed: false, reason: "no", auditId: "e1" }, { status: 403 }),
  Response.json({ code: "GONE", message: "gone" }, { status: 404 }),
];
const kavach = new KavachClient({
  baseUrl: "https://app.example/api",
  dialect: "sdk",
  token: async () => "kv_secret",
  fetch: async () => answers.shift(),
  tracer: openTelemetry(tracer),
});
await tracer.startActiveSpan("handler", async (span) => {
  await kavach.agents.list({ userId: "secret-user" });
  await kavach.authorize("a1", { action: "read", resource: "mcp:github:repos" });
  await kavach.agents.rotate("a2").catch(() => {});
  span.end();
});
const spans = exporter.getFinishedSpans().map((span) => {
  const { name, kind, attributes, status, parentSpanContext } = span;
  const { spanId: id } = span.spanContext();
  return { name, kind, attributes, status: status.code, id, parent: parentSpanContext?.spanId };
});
console.log(JSON.stringify(spans));
