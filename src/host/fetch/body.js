// Reads the body of a response, up to a limit that is checked while the bytes come in.
import { joined, readChunks } from "./read-chunks.js";
import { header } from "./response.js";
import { newDecoder, newEncoder } from "./utf8.js";

export const TOO_LARGE = Symbol("too large");

/**
 * The value of a JSON body.
 *
 * @param {any} response
 * @param {number} limit in bytes
 * @param {AbortSignal | undefined} signal that of the request, if it went through a fetch of the caller's own, which may not look at it
 * @returns {Promise<any>} the value, or TOO_LARGE
 * @throws {SyntaxError} for other text
 */
export async function jsonOf(response, limit, signal) {
  const isWhole = isWithin(response, limit, signal) || !isStream(response);
  if (isWhole && typeof response.json === "function") return response.json();
  const text = await textOf(response, limit, signal);
  return text === TOO_LARGE ? text : JSON.parse(/** @type {string} */ (text));
}

/**
 * A body as text.
 *
 * @param {any} response
 * @param {number} limit in bytes
 * @param {AbortSignal | undefined} signal that of the request, if it went through a fetch of the caller's own, which may not look at it
 * @returns {Promise<any>} the text, or TOO_LARGE
 */
export async function textOf(response, limit, signal) {
  if (!isWithin(response, limit, signal) && isStream(response)) {
    const bytes = await read(response, limit, signal);
    return bytes === TOO_LARGE ? bytes : newDecoder().decode(/** @type {any} */ (bytes));
  }
  // A test double may have one of the two alone.
  const pending = typeof response.text === "function" ? response.text() : response.json().then(JSON.stringify);
  const text = `${(await pending) ?? ""}`;
  return text.length > limit ? TOO_LARGE : text;
}

/**
 * A body as bytes.
 *
 * @param {any} response
 * @param {number} limit in bytes
 * @param {AbortSignal | undefined} signal that of the request, if it went through a fetch of the caller's own, which may not look at it
 * @returns {Promise<any>} the bytes, or TOO_LARGE
 */
export async function bytesOf(response, limit, signal) {
  if (!isWithin(response, limit, signal) && isStream(response)) return read(response, limit, signal);
  const isBytes = typeof response.arrayBuffer === "function";
  const bytes = isBytes ? new Uint8Array(await response.arrayBuffer()) : newEncoder().encode(await response.text());
  return bytes.length > limit ? TOO_LARGE : bytes;
}

/**
 * Whether the host makes sure that the body is within the limit: it ends a body where Content-Length says, and reading in one piece
 * is quicker. Compressed bodies grow, and a `fetch` of the caller's own promises nothing.
 *
 * @param {any} response
 * @param {number} limit
 * @param {AbortSignal | undefined} signal that of the request, if it went through a fetch of the caller's own, which may not look at it
 */
function isWithin(response, limit, signal) {
  if (limit === Number.POSITIVE_INFINITY) return true;
  if (signal || header(response, "content-encoding") !== undefined) return false;
  const length = header(response, "content-length");
  return length !== undefined && Number(length) <= limit;
}

/** @param {any} response */
const isStream = (response) => typeof response.body?.getReader === "function";

/**
 * @param {any} response
 * @param {number} limit
 * @param {AbortSignal | undefined} signal
 */
async function read(response, limit, signal) {
  const chunks = await readChunks(response.body, limit, signal);
  if (!chunks) return TOO_LARGE;
  return chunks.length === 1 ? chunks[0] : joined(chunks);
}
