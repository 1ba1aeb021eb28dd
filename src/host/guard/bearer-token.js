// Reads the bearer token of a request (RFC 6750): one token, in the header `Authorization` only.

// The scheme is case-insensitive (RFC 7235, 2.1), and only spaces and tabs are white space (RFC 9110, 5.6.3). A token has no comma:
// two headers, which `get` joins by a comma, are malformed.
const CREDENTIALS = /^[ \t]*bearer +([\w\-.~+/]+=*)[ \t]*$/i;

/**
 * Another scheme counts as a missing token: RFC 6750 (3.1) asks for a challenge without an error code. An unreadable header counts
 * as malformed.
 *
 * @param {{ headers: { get(name: string): unknown } }} request
 * @returns {{ token: string, reason: undefined } | { token: undefined, reason: "missing-token" | "malformed-token" }}
 */
export function readBearerToken(request) {
  let header;
  try {
    header = request.headers.get("authorization") ?? "";
    const token = typeof header === "string" ? CREDENTIALS.exec(header)?.[1] : undefined;
    if (token !== undefined) return { token, reason: undefined };
  } catch {
    header = undefined;
  }
  const isOtherScheme = typeof header === "string" && !/^[ \t]*bearer(?=[\s,]|$)/i.test(header);
  return { token: undefined, reason: isOtherScheme ? "missing-token" : "malformed-token" };
}
