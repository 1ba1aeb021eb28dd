// Signs tokens for tests, as hosts and attackers do.
const { subtle } = globalThis.crypto;

export const SECRET = "throwaway-jwt-secret-0123456789abcdef";

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const ALGORITHMS = {
  HS256: { name: "HMAC", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};

export const secretKey = (secret = SECRET) =>
  subtle.importKey("raw", Buffer.from(secret), ALGORITHMS.HS256, false, ["sign"]);

/** A pair of keys: `{ key, jwk }`, to sign with and to verify with. */
export async function keyPair(alg, more) {
  const { privateKey, publicKey } = await subtle.generateKey({ ...ALGORITHMS[alg], ...more }, true, ["sign", "verify"]);
  return { key: privateKey, jwk: await subtle.exportKey("jwk", publicKey) };
}

/** A token. `alg` says how it is signed, `header` what it claims. */
export async function sign(key, claims, { alg = "HS256", header = { alg } } = {}) {
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${base64url(await subtle.sign(ALGORITHMS[alg], key, Buffer.from(signed)))}`;
}
