// What the client needs of a Response, by duck typing: `fetch` may be the caller's own, and its
// Response may come from another realm or be a look-alike.

export function isResponse(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof value.status === "number" &&
    typeof value.text === "function" &&
    typeof value.json === "function"
  );
}

export function header(response, name) {
  const value = response.headers?.get?.(name);
  return typeof value === "string" ? value : undefined;
}

export function body(response, asJson) {
  return Promise.resolve(asJson ? response.json() : response.text());
}
