/**
 * The digest of a text, one character for each byte.
 *
 * @param {string} text
 */
export async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return String.fromCharCode(...bytes);
}
