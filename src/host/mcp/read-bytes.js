/**
 * Reads a body up to a limit, which counts the bytes as they come in.
 *
 * @param {ReadableStream<Uint8Array> | null} body
 * @param {number} most
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} undefined if there are more; the rest is cancelled
 */
export async function readBytes(body, most) {
  const chunks = [];
  let length = 0;
  if (body) {
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.byteLength;
      if (length > most) {
        reader.cancel().catch(() => {}); // The sender may go on, or not: nobody waits for it.
        return undefined;
      }
      chunks.push(part.value);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
