// Makes responses of what the server tells, and of faults.

/** Statuses whose responses have no body. */
const BODILESS = [101, 204, 205, 304];

/**
 * @param {number} status
 * @param {[string, string][]} headers
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {number} [cut] after how many bytes the body breaks off
 */
export function response(status, headers, body, cut) {
  const none = BODILESS.includes(status);
  const content = none ? null : cut === undefined ? body : broken(body.subarray(0, cut));
  const made = new Response(content, { status });
  made.headers.delete("content-type"); // Runtimes guess one.
  for (const [name, value] of headers) made.headers.append(name, value);
  if (!none && !made.headers.has("content-length")) made.headers.set("content-length", String(body.length));
  return made;
}

/**
 * A body that breaks off, as when a connection is lost.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function broken(bytes) {
  let isSent = bytes.length === 0;
  return new ReadableStream({
    pull(controller) {
      if (isSent) return controller.error(new TypeError("terminated"));
      isSent = true;
      controller.enqueue(bytes);
    },
  });
}

/**
 * Waits, unless the request is aborted.
 *
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
export function wait(milliseconds, signal) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", abort);
        resolve();
      }, milliseconds);
      signal.addEventListener("abort", abort, { once: true });
    })
  );
}
