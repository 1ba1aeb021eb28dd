// A scripted `fetch`: each call takes the next of the given answers, the last one again and again.

export const AGENT = {
  ...{ id: "a1", ownerId: "u1", name: "reader", type: "autonomous", token: "", permissions: [], status: "active" },
  ...{ expiresAt: null, createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" },
};

/** An answer with a JSON body. */
export const answer =
  (status, body = {}, headers = {}) =>
  () =>
    Response.json(body, { status, headers });
/** An answer that asks to wait for that many milliseconds. */
export const busy = (milliseconds, status = 503) => answer(status, {}, { "retry-after-ms": `${milliseconds}` });
export const fine = answer(200, [AGENT]);
export const never = () => new Promise(() => {});

/** A `fetch` that keeps what it is called with in `fetch.calls`. */
export function script(...answers) {
  const fetch = async (url, init) => {
    fetch.calls.push({ url, ...init });
    return answers[Math.min(fetch.calls.length, answers.length) - 1](url, init);
  };
  fetch.calls = [];
  return fetch;
}

/** What a promise rejects with. */
export const rejected = (promise) =>
  promise.then(
    (value) => Promise.reject(new Error(`it resolved to ${JSON.stringify(value)}`)),
    (error) => error,
  );

/** Lets everything run that is ready to, without waiting for any timer. */
export async function settle() {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
