/**
 * Gives a result the caller's token, which is not enumerable: neither printed nor serialized.
 *
 * @template {object} T
 * @param {T} result
 * @param {string} token
 * @returns {T & { readonly token: string }}
 */
export function withToken(result, token) {
  const hidden = { __proto__: null, value: token };
  return /** @type {any} */ (Object.defineProperty(result, "token", hidden));
}
