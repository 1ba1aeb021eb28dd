// Signs tokens for the tests: as an issuer does, and as none should.
import { createHmac } from "node:crypto";

export const SECRET = "throwaway-mcp-signing-secret-0123456789";
export const NOW = 1_795_895_626;
export const ISSUER = "http://auth.test";
export const RESOURCE = "https://tools.test/mcp";
export const HEADER = { alg: "HS256", typ: "at+jwt" };
export const CLAIMS = {
  ...{ sub: "user-1", client_id: "client-1", scope: "mcp:read offline_access", jti: "token-1" },
  ...{ iss: ISSUER, aud: RESOURCE, iat: NOW, exp: NOW + 3600 },
};

export const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** The parts may be text, to write them in ways that JSON.stringify does not. */
export function sign(claims, header = HEADER, secret = SECRET) {
  const [head, body] = [header, claims].map((part) =>
    base64url(typeof part === "string" || Buffer.isBuffer(part) ? part : JSON.stringify(part)),
  );
  return `${head}.${body}.${base64url(createHmac("sha256", secret).update(`${head}.${body}`).digest())}`;
}

/** A token with some claims replaced; `undefined` leaves one out. */
export const tokenWith = (claims, header) => sign({ ...CLAIMS, ...claims }, header && { ...HEADER, ...header });
