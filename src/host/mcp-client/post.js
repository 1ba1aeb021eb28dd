// Sends something to an endpoint of an authorization server, within a time, and reads its answer up to a size. Redirects are not
// followed: a code or a token would go with them.
import { REDIRECTED, TOO_LARGE, TOO_LATE, UNREACHABLE } from "../../../generated/mcp-client.js";
import { withDeadline } from "../mcp/deadline.js";
import { readBytes } from "../mcp/read-bytes.js";
import { isObject } from "../validate/type-guards.js";
import { failed } from "./failed.js";

export const JSON_TYPE = "application/json";

/** Whether a response is a redirect, or came by one. @param {any} response */
export const isRedirect = ({ status, type, redirected }) =>
  redirected || type === "opaqueredirect" || (status > 299 && status < 400);

/**
 * @param {import("./options.js").Settings} settings
 * @param {string} url
 * @param {Record<string, unknown>} values
 * @param {boolean} isJson
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, body: Record<string, unknown> }>} an empty body where it is no object
 */
export const post = ({ send, timeout }, url, values, isJson, headers) =>
  withDeadline(
    timeout,
    async (signal) => {
      let response;
      let bytes;
      try {
        response = await send(url, {
          method: "POST",
          headers: {
            accept: JSON_TYPE,
            "content-type": isJson ? JSON_TYPE : "application/x-www-form-urlencoded",
            ...headers,
          },
          body: isJson ? JSON.stringify(values) : `${new URLSearchParams(/** @type {any} */ (values))}`,
          signal,
          redirect: "manual",
        });
        if (response.status > 199 && !isRedirect(response)) bytes = await readBytes(response.body, 65_536);
      } catch {
        throw failed(UNREACHABLE);
      }
      if (isRedirect(response)) throw failed(REDIRECTED);
      if (!(response.status > 199)) throw failed(UNREACHABLE); // A fetch of the caller's own may return anything.
      if (!bytes) throw failed(TOO_LARGE);
      return { status: response.status, body: objectIn(bytes) };
    },
    () => failed(TOO_LATE),
  );

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Record<string, unknown>} */
function objectIn(bytes) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    if (isObject(value)) return value;
  } catch {}
  return {};
}
