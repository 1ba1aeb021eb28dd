// Requests as text that is the same for the same question, in whatever order its members are written.

/** The request as it will be sent, and its text; no text if it has none, which the client then refuses. */
export function canonical(request) {
  try {
    const json = JSON.stringify(request);
    if (typeof request !== "object" || request === null || json === undefined) return { sent: request };
    const sent = JSON.parse(json);
    return { sent, text: JSON.stringify(ordered(sent)) };
  } catch {
    return { sent: request };
  }
}

function ordered(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  // As pairs: an object would put names that look like numbers first, and take `__proto__` for something else.
  const pairs = Object.entries(value).map(([name, member]) => [name, ordered(member)]);
  return { pairs: pairs.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
