// Reads a stream up to a limit, which counts the bytes as they come in.

/**
 * The chunks of a stream.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 * @param {number} limit in bytes
 * @param {AbortSignal} [signal] ends the reading at the next chunk
 * @returns {Promise<Uint8Array<ArrayBuffer>[] | undefined>} undefined if there are more; the rest is cancelled
 */
export async function readChunks(stream, limit, signal) {
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    length += value.byteLength;
    if (length > limit || signal?.aborted) {
      reader.cancel().catch(() => {}); // The sender may go on, or not: nobody waits for it.
      return undefined;
    }
    chunks.push(value);
  }
}

/**
 * The bytes of chunks, one after the other.
 *
 * @param {Uint8Array[]} chunks
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function joined(chunks) {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
