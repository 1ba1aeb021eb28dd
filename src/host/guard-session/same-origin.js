// Whether a request with a cookie comes from a page that may send it. Browsers attach cookies to requests of other sites, too.

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * @param {any} request
 * @param {readonly string[]} origins further origins whose pages may send it
 * @returns {boolean} false if it is not known
 */
export function isSameOrigin(request, origins) {
  const header = (/** @type {string} */ name) => request.headers.get(name) ?? undefined;
  // Servers must not change anything on a GET. A WebSocket is opened by one, and has no other protection.
  if (SAFE.includes(request.method) && header("upgrade") === undefined) return true;
  const origin = header("origin");
  if (origin !== undefined && origins.includes(origin)) return true;
  const site = header("sec-fetch-site");
  // "none" is the user's own doing, such as a reload. "same-site" may be anybody's subdomain.
  if (site !== undefined) return site === "same-origin" || site === "none";
  return origin !== undefined && origin === originOf(request.url);
}

/** @param {unknown} url */
function originOf(url) {
  try {
    return new URL(/** @type {string} */ (url)).origin;
  } catch {
    return undefined;
  }
}
