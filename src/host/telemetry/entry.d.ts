/**
 * Makes spans of calls by an OpenTelemetry tracer, for the client's option `tracer`.
 *
 * Each call becomes a span `kavachos agents.create`, which is active while the call begins. Each attempt becomes a span in it, of kind
 * client, with the attributes of the semantic conventions for HTTP clients. No attribute holds a query, a header or a body. Spans of
 * failed calls have the code of the error as `error.type`; a denial is no failure.
 *
 * The attempts after the first one find their parent by the context manager: that of Node.js, Deno and Bun, or `zone.js` in pages.
 *
 * @param tracer what `trace.getTracer("kavachos")` of `@opentelemetry/api` returns
 * @returns the value of the option `tracer`. Clients can share it
 * @throws {KavachError} INVALID_ARGUMENT when the tracer lacks a method
 * @example
 * ```ts
 * import { trace } from "@opentelemetry/api";
 *
 * const kavach = new KavachClient({ baseUrl, tracer: openTelemetry(trace.getTracer("kavachos")) });
 * ```
 */
export function openTelemetry(tracer: Tracer): CallTracer;

/** The part of an OpenTelemetry `Tracer` that is called. */
export interface Tracer {
  /**
   * Starts a span.
   *
   * @param name the name of the span
   * @param options its kind and attributes
   * @returns the span
   */
  startSpan(name: string, options: TracerSpanOptions): TracerSpan;
  /**
   * Starts a span, which is active while a function runs.
   *
   * @param name the name of the span
   * @param options its kind and attributes
   * @param run the function
   * @returns what the function returns
   */
  startActiveSpan(name: string, options: TracerSpanOptions, run: (span: TracerSpan) => void): void;
}

/** The kind and the attributes of a span. */
export interface TracerSpanOptions {
  /** The kind, as OpenTelemetry numbers it: 2 for a client. */
  kind?: number;
  /** The attributes, by the names of the semantic conventions. */
  attributes?: { [name: string]: string | number | undefined };
}

/** The part of an OpenTelemetry `Span` that is called. */
export interface TracerSpan {
  /**
   * Sets attributes.
   *
   * @param attributes by the names of the semantic conventions
   * @returns the span
   */
  setAttributes(attributes: { [name: string]: string | number | undefined }): unknown;
  /**
   * Sets the status.
   *
   * @param status the code 2 means an error
   * @returns the span
   */
  setStatus(status: { code: number }): unknown;
  /** Ends the span. */
  end(): void;
}
