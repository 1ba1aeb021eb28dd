// Takes a JSON Web Token in compact form apart (RFC 7515, 7.1), without looser spellings of the same token.
import { isObject } from "../validate/type-guards.js";
import { parseStrictly } from "./strict-json.js";

const LONGEST = 8192; // Servers and proxies limit a header to as much.
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/**
 * @typedef {object} Jwt
 * @property {Record<string, any>} header
 * @property {Record<string, any>} claims
 * @property {Uint8Array<ArrayBuffer>} signature
 * @property {Uint8Array<ArrayBuffer>} signed what the signature is about
 */

/**
 * @param {string} token
 * @returns {Jwt | undefined} undefined if it is no such token
 */
export function readJwt(token) {
  const parts = token.length <= LONGEST && COMPACT.exec(token);
  if (!parts) return undefined;
  try {
    const [header, claims] = [parts[1], parts[2]].map((part) => parseStrictly(decodeText(bytesOf(part))));
    if (!isObject(header) || !isObject(claims)) return undefined;
    const signed = new TextEncoder().encode(`${parts[1]}.${parts[2]}`);
    return { header, claims, signature: bytesOf(parts[3]), signed };
  } catch {
    return undefined;
  }
}

/**
 * Decodes base64url without padding (RFC 7515, 2).
 *
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws when another text stands for the same bytes: the last letter may have bits that count for nothing
 */
function bytesOf(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  if (btoa(binary).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_") !== text) throw new SyntaxError();
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/**
 * Decodes UTF-8. A byte order mark stays, so that it is no JSON.
 *
 * @param {BufferSource} bytes
 * @throws {TypeError} when it is not UTF-8
 */
export const decodeText = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
