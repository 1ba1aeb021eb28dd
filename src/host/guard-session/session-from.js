// Reads the session token of a person from a request: a bearer token, or the cookie that servers set.
import { readBearerToken } from "../guard/bearer-token.js";
import { withToken } from "../guard/with-token.js";

export const COOKIE = "kavach_session";

const VALUE = /^[\w\-.~+/]{1,8192}=*$/; // Longer than any token that servers set in a cookie.

/**
 * The token of a request, or why there is none. Servers do the same: a bearer token wins over the cookie, even if it is malformed.
 *
 * @param {{ headers: { get(name: string): unknown } }} request
 * @param {string} cookie
 * @returns {{ token: string, via: "bearer" | "cookie" } | { token?: undefined, via: "missing" | "malformed" }}
 */
export function readCredential(request, cookie) {
  let { token = "", reason } = readBearerToken(request);
  /** @type {"bearer" | "cookie"} */
  let via = "bearer";
  if (reason === "missing-token") {
    const name = `${cookie}=`;
    const pairs = `${request.headers.get("cookie")}`.split(";").map((pair) => pair.trim());
    const [first, ...more] = new Set(pairs.filter((pair) => pair.startsWith(name)));
    if (first === undefined) return { via: "missing" };
    // Two cookies of the name: a page of another subdomain may have set the second.
    token = more.length > 0 ? "" : first.slice(name.length);
    via = "cookie";
  }
  return VALUE.test(token) ? { token, via } : { via: "malformed" };
}

/** @type {typeof import("./entry.js").sessionFrom} */
export function sessionFrom(request, cookie) {
  const { token, via } = readCredential(request, cookie ?? COOKIE);
  // The token is not enumerable, so that it does not end up in the page by accident.
  return token ? /** @type {any} */ (withToken({ via }, token)) : null;
}
