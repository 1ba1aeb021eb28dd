// One request out through the host's fetch, one reply in. What comes back is known by its looks: `fetch` may be the
// caller's own, and its Response may come from another realm or be a look-alike.
import { borrow } from "./cancellation.js";
import { readily } from "./envelope.js";
import { within } from "./limits.js";
import { isRedirect, redirection, TOO_MANY } from "./redirect.js";
import { dismiss, header, isResponse } from "./response.js";

// The forms of a reply, as src/http/exchange.rs knows them.
const EMPTY = 0;
const JSON_VALUE = 1;
const TEXT = 2;
const MALFORMED = 3;
const NO_RESPONSE = 4;
const REDIRECTED = 5;
const READY = 6;

// What a success is due to hold, as it knows that too.
const AS_JSON = 1;
const AS_BYTES = 2;
const AS_STREAM = 3;

const MOST_HOPS = 5;

const METHODS = ["GET", "POST", "PATCH", "DELETE"];

// What all requests of a client have in common. Taken off its object, `fetch` refuses to run ("Illegal invocation").
export function hostOf(fetch, credentials) {
  const isGlobal = !fetch;
  const send = isGlobal ? (url, init) => globalThis.fetch(url, init) : fetch;
  return { send, isGlobal, credentials: credentials ?? undefined };
}

// What a call waits for, until `done`, as `within` does: for a value of the form `{ form, response, body, … }` – or, where the
// answer is what nearly every answer is, what the call comes to. `shape` is the form that is due, if that may be decided here.
export function exchange(host, method, url, headers, body, timeout, caller, due, shape) {
  return (done) => {
    const cancellation = borrow(host);
    const { signal } = cancellation.controller;
    if (due === AS_STREAM) cancellation.isShared = false; // The body is still on its way when this is done.
    const start = () => {
      // Why redirects are not left to the host: see redirect.js.
      const init = { method: METHODS[method], headers: { ...headers }, signal, redirect: "manual" };
      if (body !== undefined) init.body = body;
      if (host.credentials !== undefined) init.credentials = host.credentials; // Some hosts refuse to be told.
      return roundTrip(host.send, url, init, due, shape);
    };
    within(timeout, caller, start, done, cancellation);
  };
}

async function roundTrip(send, url, init, due, shape) {
  for (let hops = 0; ; hops++) {
    const response = await send(url, init);
    if (!isResponse(response)) return { form: NO_RESPONSE };
    if (init.signal.aborted) return dismiss(response);
    const { status } = response;
    if (!isRedirect(response, status)) {
      if (!(status >= 200 && status <= 599)) return { form: NO_RESPONSE };
      if (status === 204 || status === 205 || status === 304) return nothing(response);
      if (status > 299 || due !== AS_JSON) return raw(response, status > 299 ? undefined : due);
      try {
        const body = await response.json();
        const value = shape && readily(body, shape);
        return value === undefined ? { form: JSON_VALUE, response, body } : { form: READY, body: value };
      } catch (error) {
        // Only the parser throws a SyntaxError, and its message quotes the body: it goes no further.
        if (error?.name !== "SyntaxError") throw error;
        return { form: MALFORMED, response, type: header(response, "content-type") };
      }
    }
    const redirect = await redirection(response, url, init, send);
    await dismiss(response);
    const problem = hops === MOST_HOPS ? TOO_MANY : redirect.problem;
    if (problem) return { form: REDIRECTED, response, problem, target: redirect.target };
    url = redirect.target;
  }
}

async function nothing(response) {
  await dismiss(response);
  return { form: EMPTY, response };
}

async function raw(response, due) {
  const type = header(response, "content-type");
  // A page for people is none of what is due, and is read to be refused.
  const isPage = /^text\/html/i.test(type);
  if (due === AS_STREAM && !isPage && response.body?.getReader)
    return { form: TEXT, response, body: response.body, type };
  const isBytes = due === AS_BYTES && !isPage;
  const body = isBytes ? new Uint8Array(await response.arrayBuffer()) : `${(await response.text()) ?? ""}`;
  const reply = { form: body.length === 0 ? EMPTY : TEXT, response, body, type };
  if (response.status <= 299) return reply;
  reply.retryAfterMs = header(response, "retry-after-ms");
  reply.retryAfter = header(response, "retry-after");
  try {
    if (body !== "") return { ...reply, form: JSON_VALUE, body: JSON.parse(body) };
  } catch {
    // Refusals come in any form.
  }
  return reply;
}
