// Reads the session token of a person from a request: a bearer token, or the cookie that servers set.
import { readBearerToken } from "../guard/bearer-token.js";

export const COOKIE = "kavach_session";

const VALUE = /^[\w\-.~+/]+=*$/;
const LONGEST = 8192; // Of a token: more than any server sets in a cookie.

/**
 * The token of a request, or why there is none. Servers do the same: a bearer token wins over the cookie, even if it is malformed.
 *
 * @param {{ headers: { get(name: string): unknown } }} request
 * @param {string} cookie
 * @returns {{ token: string, via: "bearer" | "cookie" } | { token?: undefined, via: "missing" | "malformed" }}
 */
export function readCredential(request, cookie) {
  const bearer = readBearerToken(request);
  let { token } = bearer;
  /** @type {"bearer" | "cookie"} */
  let via = "bearer";
  if (bearer.reason === "malformed-token") return { via: "malformed" };
  if (token === undefined) {
    via = "cookie";
    const values = cookieValues(request, cookie);
    if (values.size === 0) return { via: "missing" };
    // Two cookies of the name: a page of another subdomain may have set the second.
    [token] = values;
    if (values.size > 1) return { via: "malformed" };
  }
  return token !== undefined && token.length <= LONGEST && VALUE.test(token) ? { token, via } : { via: "malformed" };
}

/**
 * @param {{ headers: { get(name: string): unknown } }} request
 * @param {string} cookie
 */
function cookieValues(request, cookie) {
  const header = request.headers.get("cookie");
  /** @type {Set<string>} */
  const values = new Set();
  for (const pair of typeof header === "string" ? header.split(";") : []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === cookie) values.add(pair.slice(at + 1).trim());
  }
  return values;
}

/** @type {typeof import("./entry.js").sessionFrom} */
export function sessionFrom(request, cookie = COOKIE) {
  try {
    const { token, via } = readCredential(request, cookie ?? COOKIE);
    if (token === undefined) return null;
    // The token is not enumerable, so that it does not end up in the page by accident.
    const hidden = { __proto__: null, value: token };
    return /** @type {any} */ (Object.defineProperty({ via }, "token", hidden));
  } catch {
    return null; // Its headers cannot be read.
  }
}
