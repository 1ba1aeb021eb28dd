// Spans of an OpenTelemetry tracer: one for each call, and in it one for each attempt. The client ignores what a tracer throws.
// Attributes are named by the semantic conventions of HTTP clients. None holds a query, a header or a body.
import { invalid } from "../errors/light.js";

const CLIENT = 2; // SpanKind.CLIENT
const ERROR = 2; // SpanStatusCode.ERROR

/** @type {typeof import("./entry.js").openTelemetry} */
export function openTelemetry(tracer) {
  if (typeof tracer?.startSpan !== "function" || typeof tracer.startActiveSpan !== "function")
    throw invalid('tracer must be an OpenTelemetry tracer, such as trace.getTracer("kavachos")');
  return ({ operation }, begin) => {
    tracer.startActiveSpan(`kavachos ${operation}`, { attributes: { "kavachos.operation": operation } }, (call) => {
      /** @type {import("./entry.js").TracerSpan | undefined} */
      let attempt;
      begin({
        onRequest(event) {
          attempt = tracer.startSpan(event.method, { kind: CLIENT, attributes: attributesOf(event) });
        },
        onResponse({ status, code }) {
          // A denial is a 403, and no failure: the span of the call says how it ended.
          const isFailed = code !== undefined || (status ?? 0) > 499;
          end(attempt, { "http.response.status_code": status, "error.type": code ?? errorOf(status) }, isFailed);
          attempt = undefined;
        },
        onCallEnd({ status, code, attempts, requestId }) {
          const attributes = { "error.type": code, "kavachos.attempts": attempts, "kavachos.request_id": requestId };
          end(attempt, { "error.type": code }, true); // Nothing came of it.
          end(call, { ...attributes, "http.response.status_code": status }, code !== undefined);
        },
      });
    });
  };
}

/** @param {number | undefined} status */
const errorOf = (status) => (status !== undefined && status > 399 ? `${status}` : undefined);

/**
 * @param {{ method: string, url: string, attempt: number }} event
 * @returns {Record<string, string | number | undefined>}
 */
function attributesOf({ method, url, attempt }) {
  const [path] = url.split("?"); // A query may hold a secret.
  const { hostname, port, protocol } = new URL(path, globalThis.location?.href);
  return {
    "http.request.method": method,
    "url.full": path,
    "server.address": hostname,
    "server.port": Number(port || (protocol === "https:" ? 443 : 80)),
    "http.request.resend_count": attempt > 1 ? attempt - 1 : undefined,
  };
}

/**
 * @param {import("./entry.js").TracerSpan | undefined} span
 * @param {Record<string, string | number | undefined>} attributes
 * @param {boolean} isFailed
 */
function end(span, attributes, isFailed) {
  if (!span) return;
  try {
    span.setAttributes(attributes);
    if (isFailed) span.setStatus({ code: ERROR });
  } finally {
    span.end();
  }
}
