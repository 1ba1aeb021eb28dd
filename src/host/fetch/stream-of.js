// The body of an answer as a stream of bytes, whatever the host's `fetch`, or the caller's own, made of it.

// A stream; or nothing, if the body can only be read as text.
export function streamOf({ body }) {
  if (typeof body?.getReader === "function") return body;
  if (body === null) return streamOfChunks([]);
  const iterate = body?.[Symbol.asyncIterator]; // A Node stream, as node-fetch has it.
  return typeof iterate === "function" ? streamOfChunks(iterate.call(body)) : undefined;
}

// A stream of chunks, which are bytes or text.
export function streamOfChunks(chunks) {
  const iterator = chunks[Symbol.iterator]?.() ?? chunks;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        controller.enqueue(typeof value === "string" ? new TextEncoder().encode(value) : value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
