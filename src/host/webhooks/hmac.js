// HMAC-SHA256 by Web Crypto, which every host has. Secrets are texts: KavachOS signs with their UTF-8 bytes, prefix and all.

/**
 * The signature of a message, in lower-case hex.
 *
 * @param {string} secret
 * @param {BlobPart[]} message
 */
export async function signatureOf(secret, message) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = await new Blob([secret]).arrayBuffer();
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, await new Blob(message).arrayBuffer());
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Whether one of the secrets made a signature. Every secret is tried, and every digit is compared, so that the time says nothing.
 *
 * @param {string[]} secrets
 * @param {string} signature
 * @param {BlobPart[]} message
 */
export async function isSignedBy(secrets, signature, message) {
  let isSigned = false;
  for (const secret of secrets) {
    const expected = await signatureOf(secret, message);
    let difference = expected.length ^ signature.length;
    for (let at = 0; at < expected.length; at++) difference |= expected.charCodeAt(at) ^ signature.charCodeAt(at);
    if (difference === 0) isSigned = true;
  }
  return isSigned;
}
