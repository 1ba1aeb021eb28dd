// What the server behind the guard gets: the bytes that were decided, and no others.
import { readBytes } from "./read-bytes.js";
import { refused } from "./refused.js";

// A body in another encoding would be another call to the server that decodes it.
const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=("?)utf-8\1[ \t]*)?$/i;
// The token is in `authInfo`: a server that passes the request on must not pass on the token (MCP, Token Passthrough). The others are
// about the connection (RFC 9110, 7.6.1).
const LEFT_OUT = ["authorization", "connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"];

/**
 * Reads the body of a POST, once.
 *
 * @param {Request} request
 * @param {number} most
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {import("./refused.js").Refused}
 */
export async function readBody({ headers, body }, most) {
  const isPlain = JSON_TYPE.test(headers.get("content-type") ?? "");
  if (!isPlain || !["", "identity"].includes(headers.get("content-encoding") ?? "")) throw refused("unsupported-media");
  const bytes = Number(headers.get("content-length")) > most ? undefined : await readBytes(body, most);
  if (!bytes) throw refused("request-too-large");
  return bytes;
}

/**
 * @param {Request} request
 * @param {Uint8Array<ArrayBuffer> | undefined} bytes
 */
export function forwarded(request, bytes) {
  const { url, method, signal } = request;
  const headers = new Headers(request.headers);
  for (const name of LEFT_OUT) headers.delete(name);
  return new Request(url, { method, headers, signal, ...(bytes ? { body: bytes } : {}) });
}
