// A body as a stream that ends as calls do: in full, or with an error that says why.
import { FULFILLED, TIMED_OUT, unwatch, watch, withTimeout } from "../timeout/timeout.js";

/**
 * A body within the limits of its call.
 *
 * @param {any} body a readable stream
 * @param {number} timeout for each chunk, in milliseconds
 * @param {AbortSignal | undefined} signal the caller's
 * @param {(isTimeout: boolean, ...thrown: unknown[]) => Error} failure makes the error for a stream that does not end well
 */
export function guarded(body, timeout, signal, failure) {
  const reader = body.getReader();
  const stop = (/** @type {unknown} */ reason) => {
    if (signal) unwatch(signal, onAbort);
    return reader.cancel(reason);
  };
  /** @type {ReadableStreamDefaultController} */
  let sink;
  const onAbort = () => {
    sink.error(signal?.reason);
    stop(undefined).catch(() => {});
  };
  const source = {
    __proto__: null, // A stream reads inherited members too.
    start(/** @type {ReadableStreamDefaultController} */ controller) {
      sink = controller;
      if (signal?.aborted) onAbort();
      else if (signal) watch(signal, onAbort);
    },
    async pull() {
      const read = () => reader.read();
      /** @type {[number, any]} */
      const [ending, value] = await new Promise((resolve) => {
        withTimeout(timeout, undefined, read, (ending, value) => resolve([ending, value]));
      });
      if (ending === FULFILLED && !value.done) return sink.enqueue(value.value);
      if (ending === FULFILLED) sink.close();
      else sink.error(ending === TIMED_OUT ? failure(true) : failure(false, value));
      stop(undefined).catch(() => {});
    },
    cancel: stop,
  };
  const Stream = globalThis.ReadableStream ?? body.constructor; // Not every place where this runs has what the host has.
  return new Stream(/** @type {any} */ (source), /** @type {any} */ ({ __proto__: null, highWaterMark: 0 })); // Nothing is read before it is wanted.
}
