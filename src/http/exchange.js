// One request out through the host's fetch, one reply in. What comes back is known by its looks: `fetch` may be the
// caller's own, and its Response may come from another realm or be a look-alike.
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

const MOST_HOPS = 5;

// Resolves to `{ ending, ok, value }`, where the value is `{ form, response, body, … }`. It never rejects.
// `fields` are the headers, each name and each value on a line of its own: neither can hold a line break.
export function exchange(send, method, url, fields, body, credentials, timeout, caller, isJson) {
  return within(timeout, caller, (signal) => {
    const init = { method, headers: {}, signal, redirect: "manual" }; // See redirect.js.
    const lines = fields.split("\n");
    for (let line = 1; line < lines.length; line += 2) init.headers[lines[line - 1]] = lines[line];
    if (body !== undefined) init.body = body;
    if (credentials !== undefined) init.credentials = credentials; // Some hosts refuse to be told.
    return roundTrip(send ?? globalSend, url, init, isJson);
  });
}

// Taken off its object, `fetch` refuses to run ("Illegal invocation").
const globalSend = (url, init) => fetch(url, init);

async function roundTrip(send, url, init, isJson) {
  for (let hops = 0; ; hops++) {
    const response = await send(url, init);
    if (!isResponse(response)) return { form: NO_RESPONSE };
    if (init.signal.aborted) return dismiss(response);
    if (!isRedirect(response)) return read(response, isJson);
    const redirect = await redirection(response, url, init, send);
    await dismiss(response);
    const problem = hops === MOST_HOPS ? TOO_MANY : redirect.problem;
    if (problem) return { form: REDIRECTED, status: response.status, problem, target: redirect.target };
    url = redirect.target;
  }
}

async function read(response, isJson) {
  const { status } = response;
  if (!(status >= 200 && status <= 599)) return { form: NO_RESPONSE };
  if (status === 204 || status === 205 || status === 304) {
    await dismiss(response);
    return { form: EMPTY, response };
  }
  const success = status >= 200 && status <= 299;
  return success && isJson ? readJson(response) : readText(response, success);
}

async function readJson(response) {
  try {
    return { form: JSON_VALUE, response, body: await response.json() };
  } catch (error) {
    // Only the parser throws a SyntaxError, and its message quotes the body: it goes no further.
    if (error?.name !== "SyntaxError") throw error;
    return { form: MALFORMED, response, type: header(response, "content-type") };
  }
}

async function readText(response, success) {
  const text = `${(await response.text()) ?? ""}`;
  const reply = { form: text === "" ? EMPTY : TEXT, response, body: text, type: header(response, "content-type") };
  if (success) return reply;
  reply.retryAfterMs = header(response, "retry-after-ms");
  reply.retryAfter = header(response, "retry-after");
  try {
    if (text !== "") return { ...reply, form: JSON_VALUE, body: JSON.parse(text) };
  } catch {
    // Refusals come in any form.
  }
  return reply;
}
