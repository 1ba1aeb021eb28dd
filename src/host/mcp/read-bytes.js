import { joined, readChunks } from "../fetch/read-chunks.js";

/**
 * Reads a body up to a limit, which counts the bytes as they come in.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>> | null} body
 * @param {number} most
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} a copy; undefined if there are more, and the rest is cancelled
 */
export async function readBytes(body, most) {
  const chunks = body ? await readChunks(body, most) : [];
  return chunks && joined(chunks);
}
