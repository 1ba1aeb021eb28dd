// Fetches a small document of an issuer.
import { withDeadline } from "../guard/deadline.js";
import { decodeText } from "./jwt.js";
import { readBytes } from "./read-bytes.js";
import { parseStrictly } from "./strict-json.js";

const MOST_BYTES = 65_536;

/**
 * @param {any} send the option `fetch`
 * @param {string} url
 * @param {number} timeout in milliseconds
 * @returns {Promise<any>}
 * @throws when there is none. Redirects are not followed: they lead where nobody has said.
 */
export const fetchJson = (send = (/** @type {[any]} */ ...all) => fetch(...all), url, timeout) =>
  withDeadline(timeout, undefined, async (signal) => {
    const response = await send(url, { headers: { accept: "application/json" }, signal, redirect: "manual" });
    const bytes = await readBytes(response.body, MOST_BYTES);
    if (!response.ok || !bytes) throw new RangeError(`status ${response.status}`);
    return parseStrictly(decodeText(bytes));
  });
