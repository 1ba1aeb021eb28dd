// The bearer token of a request, as RFC 6750 has it: one, in the header `Authorization` and nowhere else.

// A scheme is read in either case (RFC 7235, 2.1). A comma is no character of a token: two headers, which arrive as one
// with a comma, are no token.
const CREDENTIALS = /^bearer +([\w\-.~+/]+=*)$/i;

/**
 * `{ token }`, or `{ reason }` if there is none that can be used. Credentials of another scheme are as good as none:
 * RFC 6750 (3.1) has them answered without an error code.
 */
export function bearerOf(request) {
  const header = request.headers.get("authorization")?.trim() ?? "";
  const token = CREDENTIALS.exec(header)?.[1];
  if (token !== undefined) return { token };
  return { reason: /^bearer(?=[\s,]|$)/i.test(header) ? "malformed_token" : "missing_token" };
}
