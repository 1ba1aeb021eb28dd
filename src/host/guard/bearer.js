// The bearer token of a request, as RFC 6750 has it: one, in the header `Authorization` and nowhere else.

// A scheme is read in either case (RFC 7235, 2.1), and only spaces and tabs are white space (RFC 9110, 5.6.3). A comma is no
// character of a token: two headers, which arrive as one with a comma, are no token.
const CREDENTIALS = /^[ \t]*bearer +([\w\-.~+/]+=*)[ \t]*$/i;

/**
 * `{ token, reason }`, of which one is undefined. Credentials of another scheme are as good as none: RFC 6750 (3.1) has
 * them answered without an error code. A header that cannot be read is no token.
 */
export function bearerOf(request) {
  let header;
  try {
    header = request.headers.get("authorization") ?? "";
    const token = typeof header === "string" ? CREDENTIALS.exec(header)?.[1] : undefined;
    if (token !== undefined) return { token, reason: undefined };
  } catch {
    header = undefined;
  }
  const isOther = typeof header === "string" && !/^[ \t]*bearer(?=[\s,]|$)/i.test(header);
  return { token: undefined, reason: isOther ? "missing-token" : "malformed-token" };
}
