// Fetches a small document of an issuer.

import { decodeText } from "../jwt/read-jwt.js";
import { parseStrictly } from "../jwt/strict-json.js";
import { withDeadline } from "./deadline.js";
import { readBytes } from "./read-bytes.js";

/**
 * @param {any} send the option `fetch`
 * @param {string} url
 * @param {number} timeout in milliseconds
 * @returns {Promise<any>}
 * @throws when there is none. Redirects are not followed: they lead where nobody has said.
 */
export const fetchJson = (send = (/** @type {[any]} */ ...all) => fetch(...all), url, timeout) =>
  withDeadline(timeout, async (signal) => {
    const response = await send(url, { headers: { accept: "application/json" }, signal, redirect: "manual" });
    const bytes = await readBytes(response.body, 65_536);
    if (!response.ok || !bytes) throw new RangeError(`status ${response.status}`);
    return parseStrictly(decodeText(bytes));
  });
