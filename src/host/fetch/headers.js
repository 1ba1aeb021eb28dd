// Request headers: whose wins, and which of them look like secrets. Names are compared without regard to case.

/** @typedef {[string, string]} Pair */

/**
 * Headers over those beneath them. The last value of a name wins.
 *
 * @param {Pair[]} own
 * @param {Pair[]} beneath
 * @returns {Pair[]}
 */
export function headersOver(own, beneath) {
  const all = new Map(beneath.map((pair) => [pair[0].toLowerCase(), pair]));
  for (const pair of own) all.set(pair[0].toLowerCase(), pair);
  return [...all.values()];
}

/**
 * The headers of one request, as `fetch` takes them: the caller's own, the token over any `Authorization` among them, and a
 * `Content-Type` exactly if there is a body. (Some servers refuse one without the other.)
 *
 * @param {import("./exchange.js").Host} host keeps those of its last request without a body and with one: the next are likely the same
 * @param {Pair[]} own
 * @param {string | undefined} token
 * @param {boolean} hasBody
 * @returns {Record<string, string>}
 */
export function headersFor(host, own, token, hasBody) {
  const last = host.headers[hasBody ? 1 : 0];
  if (last?.own === own && last.token === token) return last.headers;
  const replaced = token === undefined ? /^content-type$/i : /^(content-type|authorization)$/i;
  const all = own.filter(([name]) => !replaced.test(name));
  if (!all.some(([name]) => /^accept$/i.test(name))) all.push(["Accept", "application/json"]);
  if (token !== undefined) all.push(["Authorization", `Bearer ${token}`]);
  if (hasBody) all.push(["Content-Type", "application/json"]);
  const headers = Object.fromEntries(all);
  host.headers[hasBody ? 1 : 0] = { own, token, headers };
  return headers;
}

/**
 * The values that look like credentials by their names, with and without their scheme.
 *
 * @param {Pair[]} headers
 */
export function secretsAmong(headers) {
  const secret = headers.filter(([name]) => /auth|cookie|key|secret|token|password/i.test(name));
  return secret.flatMap(([, value]) => [value, /** @type {string} */ (value.split(" ").at(-1))]);
}
