// The bytes of a stream, in the pieces in which they come.
import { DecodeError } from "../errors/errors.js";

// Ends the transfer when it is left.
export async function* chunksOf(stream) {
  if (typeof stream?.getReader !== "function") {
    // Streams of Node, which is what clients that are none of ours may have.
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

function bytesOf(chunk) {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw unusable();
}

const unusable = () => new DecodeError("The export cannot be read: it is no stream of bytes");
