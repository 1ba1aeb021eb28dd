// What the client needs of a Response, by duck typing: `fetch` may be the caller's own, and its Response may come from another
// realm, be a look-alike, or a test double of a few members.

/** @param {any} value */
export function isResponse(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    statusOf(value) !== undefined &&
    (typeof value.json === "function" || typeof value.text === "function")
  );
}

/** The status. A test double may say `ok: true` and nothing else. @param {any} response @returns {number | undefined} */
export function statusOf(response) {
  const { status } = response;
  if (typeof status === "number") return status;
  return status === undefined && response.ok === true ? 200 : undefined;
}

/**
 * A header, if there is one.
 *
 * @param {any} response
 * @param {string} name
 * @returns {string | undefined}
 */
export function header(response, name) {
  try {
    const value = response.headers?.get?.(name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

// As servers and the proxies before them call the id of a request.
const ID_HEADERS = ["x-request-id", "request-id", "x-correlation-id", "cf-ray", "x-vercel-id", "x-amzn-requestid"];

/** The id of the request, where the host lets it be read. @param {any} response */
export function requestIdOf(response) {
  for (const name of ID_HEADERS) {
    const value = header(response, name);
    if (value !== undefined && /^[!-~]{1,128}$/.test(value)) return value;
  }
}

/** Whether a `Content-Type` is that of a page for people. @param {string | undefined} type */
export const isPage = (type) => /^text\/html/i.test(type ?? "");

/** Frees the connection: hosts keep it for a body that nobody reads. @param {any} response */
export async function discard(response) {
  try {
    await response.body?.cancel?.();
  } catch {
    // It has been read, or is locked.
  }
}
