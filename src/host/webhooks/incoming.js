// The headers and the bytes of what arrived: of a `Request`, or of whatever a framework made of one.
import { invalid } from "../errors/light.js";
import { refused } from "./webhook-error.js";

const LARGEST = 1_048_576; // Bytes. The webhooks of KavachOS have a few hundred.

/**
 * Reads headers, whichever case their names are in.
 *
 * @param {any} headers `Headers`, or an object as Node has it
 * @returns {(name: string) => string | undefined}
 */
export function headerReader(headers) {
  if (typeof headers?.get === "function") return (name) => headers.get(name) ?? undefined;
  if (typeof headers !== "object" || !headers) throw invalid("request.headers must be Headers or an object");
  return (name) => {
    const found = Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name ? (value ?? []) : []));
    if (found.length > 1) throw refused("malformed", `the header ${name} is there twice`);
    return found[0] && `${found[0]}`;
  };
}

/**
 * The bytes that were signed.
 *
 * @param {any} request
 * @returns {Promise<Blob>}
 */
export async function bodyOf(request) {
  let { body } = request;
  const check = (/** @type {number} */ size) => {
    if (size > LARGEST) throw refused("malformed", `the body has more than ${LARGEST} bytes`);
  };
  if (typeof request.arrayBuffer === "function") {
    if (request.bodyUsed) throw invalid("request must be passed before its body is read");
    const parts = [];
    let size = 0;
    const reader = body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      check(size);
      parts.push(value);
    }
    body = new Blob(parts);
  } else if (typeof body === "string" || body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    body = new Blob([/** @type {BlobPart} */ (body)]);
    check(body.size);
  } else
    throw invalid(
      "request.body must be the text or bytes that arrived, not an object parsed from them: the bytes are signed. In Express, use express.raw() for this route",
    );
  return body;
}
