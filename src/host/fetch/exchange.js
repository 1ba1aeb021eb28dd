// One request out through the host's fetch, one reply in. What comes back is known by its looks: `fetch` may be the caller's own,
// and its Response may come from another realm or be a look-alike.
import { FORM_BYTES, FORM_JSON, FORM_NOTHING, FORM_STREAM } from "../../../generated/protocol.js";
import { acquire } from "../timeout/controller-pool.js";
import { withTimeout } from "../timeout/timeout.js";
import { bytesOf, jsonOf, TOO_LARGE, textOf } from "./body.js";
import { redirection } from "./redirect.js";
import { acceptsNoStore, Init } from "./request-init.js";
import { discard, header, isPage, isResponse, requestIdOf, statusOf } from "./response.js";
import { streamOf, streamOfChunks } from "./stream-of.js";

// What a reply holds.
export const EMPTY = 0;
export const JSON_VALUE = 1;
export const TEXT = 2;
export const MALFORMED = 3;
export const NO_RESPONSE = 4;
export const REDIRECTED = 5;
export const OVERSIZED = 6;

/**
 * What all requests of a client have in common.
 *
 * @typedef {object} Host
 * @property {(url: string, init: any) => Promise<any>} send
 * @property {boolean} isGlobal whether it is the host's own fetch
 * @property {string | undefined} credentials
 * @property {(status: number, facts: number, hasLocation: boolean) => number} redirect decides about redirects
 * @property {({ own: unknown, token: string | undefined, headers: Record<string, string> } | undefined)[]} headers the last ones
 */

/**
 * A reply.
 *
 * @typedef {object} Reply
 * @property {number} form what it holds
 * @property {number} status 0 if there is none
 * @property {any} body
 * @property {string | undefined} type the `Content-Type`
 * @property {string | undefined} requestId
 * @property {any} headers as the host has them
 * @property {string | undefined} retryAfterMs the header `retry-after-ms` of an error response
 * @property {string | undefined} retryAfter the header `retry-after` of an error response
 * @property {number | undefined} reason why a redirect was not followed
 * @property {string | undefined} target the origin that it leads to
 */

/**
 * @param {((url: string, init: any) => Promise<any>) | undefined} fetch the caller's own
 * @param {string | undefined} credentials
 * @param {Host["redirect"]} redirect
 * @returns {Host}
 */
export function hostOf(fetch, credentials, redirect) {
  // Taken off its object, the host's own refuses to run ("Illegal invocation").
  const send = fetch ?? ((url, init) => globalThis.fetch(url, init));
  return { send, isGlobal: !fetch, credentials, redirect, headers: [undefined, undefined] };
}

/**
 * A wait for the reply to a request.
 *
 * @param {Host} host
 * @param {{ method: string, url: string, body: string | undefined }} request
 * @param {Record<string, string>} headers
 * @param {number} timeout in milliseconds
 * @param {AbortSignal | undefined} caller
 * @param {{ fields: Record<string, unknown>, limit: number }} more what else fetch is given, and how large a response may be
 * @param {number} form what the body of a success is due to be
 * @returns {(done: import("../timeout/timeout.js").Done) => void}
 */
export function exchange(host, { method, url, body }, headers, timeout, caller, { fields, limit }, form) {
  return (done) => {
    const pooled = acquire(host.isGlobal);
    if (form === FORM_STREAM) pooled.isShared = false; // The body is still on its way when this is done.
    const start = () => {
      const init = new /** @type {any} */ (Init)(fields, method, headers, pooled.controller.signal);
      if (body !== undefined) init.body = body;
      // Some hosts throw here.
      if (host.credentials !== undefined) init.credentials = host.credentials;
      if (fields.cache === undefined && acceptsNoStore()) init.cache = "no-store";
      return roundTrip(host, url, init, limit, form);
    };
    withTimeout(timeout, caller, start, done, pooled);
  };
}

/**
 * @param {Host} host
 * @param {string} url
 * @param {any} init
 * @param {number} limit
 * @param {number} form
 * @returns {Promise<Reply | undefined>}
 */
async function roundTrip(host, url, init, limit, form) {
  const { send } = host; // Called on no object: the host's own refuses others, and the caller's must not get ours.
  for (let hops = 0; ; hops++) {
    const response = await send(url, init);
    if (!isResponse(response)) return noResponse();
    if (init.signal.aborted) {
      await discard(response);
      return undefined;
    }
    const status = /** @type {number} */ (statusOf(response));
    const isPlain = status >= 200 && status <= 299 && response.redirected !== true;
    const redirect = isPlain ? undefined : await redirection(host, response, status, url, init, hops);
    if (!redirect) return read(response, status, form, limit, host.isGlobal ? undefined : init.signal);
    await discard(response);
    const { reason, target } = redirect;
    if (reason !== undefined) return { ...reply(REDIRECTED, response, status), reason, target };
    url = /** @type {string} */ (target);
  }
}

/**
 * @param {any} response
 * @param {number} status
 * @param {number} form
 * @param {number} limit
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Reply>}
 */
async function read(response, status, form, limit, signal) {
  if (!(status >= 200 && status <= 599)) return noResponse();
  if (status === 204 || status === 205 || status === 304) {
    await discard(response);
    return reply(EMPTY, response, status, nothingOf(form));
  }
  if (status > 299) return refusal(response, status, limit, signal);
  if (form !== FORM_JSON) return raw(response, status, form, limit, signal);
  try {
    const body = await jsonOf(response, limit, signal);
    return reply(body === TOO_LARGE ? OVERSIZED : JSON_VALUE, response, status, body);
  } catch (error) {
    // Only the parser throws a SyntaxError, and its message quotes the body: it goes no further.
    if (/** @type {any} */ (error)?.name !== "SyntaxError") throw error;
    return reply(MALFORMED, response, status);
  }
}

/**
 * @param {number} form
 * @param {any} response
 * @param {number} status
 * @param {any} [body]
 * @returns {Reply}
 */
function reply(form, response, status, body) {
  // Every member that is read is there: none can be inherited. Headers are read when they are asked for, which a value never is.
  return {
    form,
    status,
    body,
    get type() {
      return header(response, "content-type");
    },
    get requestId() {
      return requestIdOf(response);
    },
    get headers() {
      return response.headers;
    },
    retryAfterMs: undefined,
    retryAfter: undefined,
    reason: undefined,
    target: undefined,
  };
}

/** What an empty body is. @param {number} form */
function nothingOf(form) {
  if (form === FORM_STREAM) return streamOfChunks([]);
  return form === FORM_BYTES ? new Uint8Array() : "";
}

/** What is no response. */
const noResponse = () => reply(NO_RESPONSE, {}, 0);

/**
 * A success that is not due to be JSON.
 *
 * @param {any} response
 * @param {number} status
 * @param {number} form
 * @param {number} limit
 * @param {AbortSignal | undefined} signal
 */
async function raw(response, status, form, limit, signal) {
  // A page for people is read to be refused.
  const isForPeople = isPage(header(response, "content-type"));
  const isStream = form === FORM_STREAM && !isForPeople;
  const stream = isStream ? streamOf(response) : undefined;
  if (stream) return reply(TEXT, response, status, stream);
  const isBytes = form === FORM_BYTES && !isForPeople;
  const body = await (isBytes ? bytesOf : textOf)(response, limit, signal);
  if (body === TOO_LARGE) return reply(OVERSIZED, response, status);
  if (isStream) return reply(TEXT, response, status, streamOfChunks([body]));
  if (body.length === 0) return reply(EMPTY, response, status, body);
  return form === FORM_NOTHING ? parsed(response, status, body) : reply(TEXT, response, status, body);
}

/**
 * An error response, which comes in any form.
 *
 * @param {any} response
 * @param {number} status
 * @param {number} limit
 * @param {AbortSignal | undefined} signal
 */
async function refusal(response, status, limit, signal) {
  const body = await textOf(response, limit, signal);
  if (body === TOO_LARGE) return reply(OVERSIZED, response, status);
  const found = body === "" ? reply(EMPTY, response, status, body) : parsed(response, status, body);
  found.retryAfterMs = header(response, "retry-after-ms");
  found.retryAfter = header(response, "retry-after");
  return found;
}

/**
 * Text that may be JSON.
 *
 * @param {any} response
 * @param {number} status
 * @param {any} text
 */
function parsed(response, status, text) {
  try {
    return reply(JSON_VALUE, response, status, JSON.parse(text));
  } catch {
    return reply(TEXT, response, status, text);
  }
}
