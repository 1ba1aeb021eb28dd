// What the client needs of a Response, by duck typing.

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
  try {
    const value = response.headers?.get?.(name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

// Frees the connection: hosts keep it for a body that nobody reads.
export async function dismiss(response) {
  try {
    await response.body?.cancel?.();
  } catch {
    // It has been read, or is locked by whoever made it.
  }
}
