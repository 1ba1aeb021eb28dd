// Where a redirect leads. Left to itself, fetch would send a body (a 307 repeats a password) and headers of the caller's own
// wherever the response says; whether the request follows is decided in src/http/redirect.rs.
import {
  MAX_REDIRECTS,
  REDIRECT_FOLLOWED,
  REDIRECT_GET,
  REDIRECT_KNOWN,
  REDIRECT_LAST,
  REDIRECT_OPAQUE,
  REDIRECT_SAME_ORIGIN,
} from "../../../generated/protocol.js";
import { discard, header } from "./response.js";

/**
 * What a response means as a redirect: nothing if it is none, the URL to follow it to, or the reason not to with the origin that it
 * leads to.
 *
 * @param {import("./exchange.js").Host} host
 * @param {any} response
 * @param {number} status
 * @param {string} url of the request
 * @param {any} init of the request
 * @param {number} hops the number of redirects that were followed
 * @returns {Promise<{ target: string | undefined, reason: number | undefined } | undefined>}
 */
export async function redirection(host, response, status, url, init, hops) {
  const isOpaque = response.type === "opaqueredirect";
  // The host follows by itself where a fetch of the caller's own ignores `redirect: "manual"`.
  const wasFollowed = response.redirected === true;
  const location = header(response, "location");
  const known = (wasFollowed ? REDIRECT_FOLLOWED : 0) | (isOpaque ? REDIRECT_OPAQUE : 0);
  if (host.redirect(status, known, location !== undefined) < 0) return undefined;
  const target = isOpaque ? await probed(host, url, init) : parsed(wasFollowed ? response.url : location, url);
  const isSame = target?.origin === new URL(url).origin;
  const facts =
    (wasFollowed ? REDIRECT_FOLLOWED : 0) |
    (target ? REDIRECT_KNOWN : 0) |
    (isSame ? REDIRECT_SAME_ORIGIN : 0) |
    (init.method === "GET" ? REDIRECT_GET : 0) |
    (hops >= MAX_REDIRECTS ? REDIRECT_LAST : 0);
  // One that the host has followed is a redirect already; the others have a status that says so, or an opaque one's.
  const reason = host.redirect(status, facts | known, location !== undefined);
  return reason > 0 ? { target: target?.origin, reason: reason - 1 } : { target: target?.href, reason: undefined };
}

/**
 * @param {any} target
 * @param {string} base
 */
function parsed(target, base) {
  try {
    return new URL(target, base);
  } catch {
    return undefined;
  }
}

/**
 * Where an opaque redirect leads. Browsers do not say; a request without credentials finds out.
 *
 * @param {import("./exchange.js").Host} host
 * @param {string} url
 * @param {any} init
 */
async function probed({ send }, url, { signal }) {
  try {
    const bare = { __proto__: null, method: "GET", signal, credentials: "omit", referrerPolicy: "no-referrer" };
    const probe = await send(url, bare);
    await discard(probe);
    return probe.redirected ? new URL(probe.url) : undefined;
  } catch {
    return undefined;
  }
}
