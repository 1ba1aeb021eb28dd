// The bytes of a stream, in the chunks in which they come.
import { DecodeError } from "../errors/errors.js";

/**
 * Yields the chunks of a stream, and cancels it when the loop is left.
 * @param {any} stream
 */
export async function* chunksOf(stream) {
  if (typeof stream?.getReader !== "function") {
    // Streams of Node, which clients other than ours may return.
    if (typeof stream?.[Symbol.asyncIterator] !== "function") throw unusable();
    for await (const chunk of stream) yield bytesOf(chunk);
    return;
  }
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield bytesOf(read.value);
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {unknown} chunk */
function bytesOf(chunk) {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw unusable();
}

const unusable = () => new DecodeError("The export cannot be read: it is no stream of bytes");
