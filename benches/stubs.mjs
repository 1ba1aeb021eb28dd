// Two stand-ins for `fetch`, so that what is timed is the client alone.

const encoder = new TextEncoder();

/** The least that a client can be given: an object with what it asks of a Response. The body is parsed anew each time. */
export function light(value) {
  const text = JSON.stringify(value);
  const headers = { get: (name) => (name.toLowerCase() === "content-type" ? "application/json" : null) };
  return async () => ({
    status: 200,
    ok: true,
    headers,
    json: async () => JSON.parse(text),
    text: async () => text,
  });
}

/** A Response of the host, made anew for every call from the bytes that a server would send. */
export function real(value) {
  const bytes = encoder.encode(JSON.stringify(value));
  const init = { status: 200, headers: { "content-type": "application/json" } };
  return async () => new Response(bytes, init);
}

export const stubs = { light, real };
