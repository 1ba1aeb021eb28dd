// One request out through the host's fetch, one reply in. What comes back is known by its looks: `fetch` may be the
// caller's own, and its Response may come from another realm or be a look-alike.

import { borrow } from "../timeout/cancellation.js";
import { within } from "../timeout/limits.js";
import { bytesOf, jsonOf, TOO_LARGE, textOf } from "./body.js";
import { readily } from "./envelope.js";
import { isRedirect, redirection, TOO_MANY } from "./redirect.js";
import { Init, noStoreIsTaken } from "./request-init.js";
import { dismiss, header, isResponse, requestIdOf, statusOf } from "./response.js";
import { streamOf, streamOfChunks } from "./stream-of.js";

// The forms of a reply, as src/http/exchange.rs knows them.
const EMPTY = 0;
const JSON_VALUE = 1;
const TEXT = 2;
const MALFORMED = 3;
const NO_RESPONSE = 4;
const REDIRECTED = 5;
const READY = 6;
const OVERSIZED = 7;

// What a success is due to hold, as it knows that too.
const AS_JSON = 1;
const AS_BYTES = 2;
const AS_STREAM = 3;

const MOST_HOPS = 5;

const METHODS = ["GET", "POST", "PATCH", "DELETE"];

// What all requests of a client have in common. Taken off its object, `fetch` refuses to run ("Illegal invocation").
export function hostOf(fetch, credentials) {
  const isGlobal = !fetch; // The host's own.
  const send = isGlobal ? (url, init) => globalThis.fetch(url, init) : fetch;
  return { send, isGlobal, credentials: credentials ?? undefined };
}

// What a call waits for, until `done`, as `within` does: for a value of the form `{ form, response, body, … }` – or, where the
// answer is what nearly every answer is, what the call comes to. `shape` is the form that is due, if that may be decided here.
export function exchange(host, method, url, headers, body, timeout, caller, { fields, limit }, due, shape) {
  return (done) => {
    const cancellation = borrow(host);
    const { signal } = cancellation.controller;
    if (due === AS_STREAM) cancellation.isShared = false; // The body is still on its way when this is done.
    const start = () => {
      const init = new Init(fields, METHODS[method], headers, signal);
      if (body !== undefined) init.body = body;
      // Some hosts refuse to be told.
      if (host.credentials !== undefined) init.credentials = host.credentials;
      if (fields.cache === undefined && noStoreIsTaken()) init.cache = "no-store";
      return roundTrip(host, url, init, limit, due, shape);
    };
    within(timeout, caller, start, done, cancellation);
  };
}

async function roundTrip(host, url, init, limit, due, shape) {
  for (let hops = 0; ; hops++) {
    const response = await host.send(url, init);
    if (!isResponse(response)) return { form: NO_RESPONSE };
    if (init.signal.aborted) return dismiss(response);
    const status = statusOf(response);
    if (!isRedirect(response, status)) {
      if (!(status >= 200 && status <= 599)) return { form: NO_RESPONSE };
      if (status === 204 || status === 205 || status === 304) return nothing(response);
      if (status > 299 || due !== AS_JSON)
        return raw(response, status, status > 299 ? undefined : due, limit, host.isGlobal);
      try {
        const body = await jsonOf(response, limit, host.isGlobal);
        const value = shape && readily(body, shape);
        if (value !== undefined) return { form: READY, body: value };
        return reply(body === TOO_LARGE ? OVERSIZED : JSON_VALUE, response, body);
      } catch (error) {
        // Only the parser throws a SyntaxError, and its message quotes the body: it goes no further.
        if (error?.name !== "SyntaxError") throw error;
        return reply(MALFORMED, response);
      }
    }
    const redirect = await redirection(response, url, init, host.send);
    await dismiss(response);
    const problem = hops === MOST_HOPS ? TOO_MANY : redirect.problem;
    if (problem) return { ...reply(REDIRECTED, response), problem, target: redirect.target };
    url = redirect.target;
  }
}

// Every member that Rust asks for is there: none can be inherited.
function reply(form, response, body) {
  const type = header(response, "content-type");
  const requestId = requestIdOf(response);
  const known = typeof response.status === "number" ? response : { status: statusOf(response) };
  return { form, response: known, body, type, requestId, retryAfterMs: undefined, retryAfter: undefined };
}

async function nothing(response) {
  await dismiss(response);
  return reply(EMPTY, response);
}

async function raw(response, status, due, limit, isHostFetch) {
  // A page for people is none of what is due, and is read to be refused.
  const isPage = /^text\/html/i.test(header(response, "content-type"));
  const isStream = due === AS_STREAM && !isPage;
  const stream = isStream ? streamOf(response) : undefined;
  if (stream) return reply(TEXT, response, stream);
  const isBytes = due === AS_BYTES && !isPage;
  const body = await (isBytes ? bytesOf : textOf)(response, limit, isHostFetch);
  if (body === TOO_LARGE) return reply(OVERSIZED, response);
  if (isStream) return reply(TEXT, response, streamOfChunks([body]));
  const found = reply(body.length === 0 ? EMPTY : TEXT, response, body);
  if (status <= 299) return found;
  found.retryAfterMs = header(response, "retry-after-ms");
  found.retryAfter = header(response, "retry-after");
  try {
    if (body !== "") return { ...found, form: JSON_VALUE, body: JSON.parse(body) };
  } catch {
    // Refusals come in any form.
  }
  return found;
}
