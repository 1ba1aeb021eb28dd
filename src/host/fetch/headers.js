// Request headers: whose wins, and which of them look like secrets. Names are compared without regard to case.

// Headers over those beneath them, all as pairs. The last value of a name wins.
export function headersOver(own, beneath) {
  const all = new Map(beneath.map((pair) => [pair[0].toLowerCase(), pair]));
  for (const pair of own) all.set(pair[0].toLowerCase(), pair);
  return [...all.values()];
}

// The headers of one request, as `fetch` takes them: the caller's own, the token over any `Authorization` among them, and a
// `Content-Type` exactly if there is a body. (Some servers refuse one without the other.)
export function headersFor(own, token, hasBody) {
  const replaced = token === undefined ? /^content-type$/i : /^(content-type|authorization)$/i;
  const headers = own.filter(([name]) => !replaced.test(name));
  if (!headers.some(([name]) => /^accept$/i.test(name))) headers.push(["Accept", "application/json"]);
  if (token !== undefined) headers.push(["Authorization", `Bearer ${token}`]);
  if (hasBody) headers.push(["Content-Type", "application/json"]);
  return Object.fromEntries(headers);
}

// The values that look like credentials by their names, with and without their scheme.
export function secretsAmong(headers) {
  const secret = headers.filter(([name]) => /auth|cookie|key|secret|token|password/i.test(name));
  return secret.flatMap(([, value]) => [value, value.split(" ").at(-1)]);
}
