// The body of a response as a stream of bytes, whatever the host's `fetch`, or the caller's own, made of it.
import { newEncoder } from "./utf8.js";

/**
 * A stream, unless the body can only be read as text.
 *
 * @param {any} response
 */
export function streamOf({ body }) {
  if (typeof body?.getReader === "function") return body;
  if (body === null) return streamOfChunks([]);
  const iterate = body?.[Symbol.asyncIterator]; // A Node stream, as node-fetch has it.
  return typeof iterate === "function" ? streamOfChunks(iterate.call(body)) : undefined;
}

/**
 * A stream of chunks, which are bytes or text.
 *
 * @param {any} chunks an array or an iterator
 */
export function streamOfChunks(chunks) {
  const iterator = chunks[Symbol.iterator]?.() ?? chunks;
  return new ReadableStream(
    /** @type {any} */ ({
      __proto__: null, // A stream reads inherited members too.
      async pull(/** @type {ReadableStreamDefaultController} */ controller) {
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        controller.enqueue(typeof value === "string" ? newEncoder().encode(value) : value);
      },
      async cancel(/** @type {unknown} */ reason) {
        await iterator.return?.(reason);
      },
    }),
    /** @type {any} */ ({ __proto__: null, highWaterMark: 0 }),
  );
}
