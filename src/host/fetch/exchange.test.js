// One request out, one reply in.
import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import { CROSS_ORIGIN_REDIRECT, TOO_MANY_REDIRECTS } from "../../../generated/failures.js";
import { FORM_BYTES, FORM_JSON, FORM_NOTHING, FORM_STREAM, FORM_TEXT } from "../../../generated/protocol.js";
import { fake } from "../client/fake-core.mjs";
import { ABORTED, FULFILLED, REJECTED, TIMED_OUT } from "../timeout/timeout.js";
import {
  EMPTY,
  exchange,
  hostOf,
  JSON_VALUE,
  MALFORMED,
  NO_RESPONSE,
  OVERSIZED,
  REDIRECTED,
  TEXT,
} from "./exchange.js";

const REQUEST = { method: "GET", url: "https://app.example/a", body: undefined };
const sent = (
  fetch,
  {
    request = REQUEST,
    headers = {},
    timeout = 1_000,
    signal,
    fields = {},
    limit = 1_000,
    form = FORM_JSON,
    credentials,
    isGlobal,
  } = {},
) => {
  const host = hostOf(isGlobal ? undefined : fetch, credentials, fake.redirect);
  return new Promise((resolve) =>
    exchange(
      host,
      request,
      headers,
      timeout,
      signal,
      { fields, limit },
      form,
    )((ending, value) => resolve({ ending, value })),
  );
};
const replyTo = async (response, options) => {
  const { ending, value } = await sent(async () => response, options);
  assert.equal(ending, FULFILLED);
  return value;
};
const { fetch: original } = globalThis;
afterEach(() => {
  globalThis.fetch = original;
});

it("sends the request, and nothing that a host might refuse", async () => {
  const calls = [];
  const fetch = async (url, init) => calls.push([url, init]) && Response.json([1]);
  await sent(fetch, { request: { ...REQUEST, method: "POST", body: "{}" }, headers: { A: "b" } });
  const [[url, init]] = calls;
  assert.equal(url, "https://app.example/a");
  assert.deepEqual(Object.keys(init).sort(), ["body", "cache", "headers", "method", "redirect", "signal"]);
  assert.deepEqual(
    [init.method, init.body, init.headers, init.redirect, init.cache],
    ["POST", "{}", { A: "b" }, "manual", "no-store"],
  );
  await sent(fetch, { fields: { cache: "reload", next: 1 }, credentials: "include" });
  const [, [, second]] = calls;
  assert.deepEqual([second.cache, second.next, second.credentials, "body" in second], ["reload", 1, "include", false]);
});

it("calls the host's fetch as a global, and as it is at the time", async () => {
  globalThis.fetch = async function () {
    assert.ok(this === globalThis || this === undefined);
    return Response.json([7]);
  };
  assert.deepEqual((await sent(undefined, { isGlobal: true })).value.body, [7]);
});

it("reads a success as what is due", async () => {
  const text = () => new Response('{"a":1}', { headers: { "content-type": "application/json", "x-request-id": "r1" } });
  const json = await replyTo(text());
  assert.deepEqual(
    [json.form, json.status, json.body, json.type, json.requestId],
    [JSON_VALUE, 200, { a: 1 }, "application/json", "r1"],
  );
  const asText = await replyTo(text(), { form: FORM_TEXT });
  assert.deepEqual([asText.form, asText.body], [TEXT, '{"a":1}']);
  assert.deepEqual((await replyTo(text(), { form: FORM_BYTES })).body, new TextEncoder().encode('{"a":1}'));
  const stream = await replyTo(text(), { form: FORM_STREAM });
  assert.equal(await new Response(stream.body).text(), '{"a":1}');
  const nothing = await replyTo(text(), { form: FORM_NOTHING });
  assert.deepEqual([nothing.form, nothing.body], [JSON_VALUE, { a: 1 }]);
});

it("tells an empty body from one that is not JSON, of which it keeps nothing", async () => {
  for (const status of [204, 205, 304]) assert.equal((await replyTo(new Response(null, { status }))).form, EMPTY);
  for (const body of ["", "<p>secret"]) {
    const reply = await replyTo(new Response(body));
    assert.deepEqual([reply.form, reply.body], [MALFORMED, undefined]);
  }
  for (const form of [FORM_TEXT, FORM_BYTES, FORM_NOTHING])
    assert.equal((await replyTo(new Response(""), { form })).form, EMPTY);
  assert.equal((await replyTo(new Response("ok"), { form: FORM_NOTHING })).form, TEXT);
});

it("reads a page to refuse it, also where a stream or bytes are due", async () => {
  for (const form of [FORM_STREAM, FORM_BYTES, FORM_TEXT]) {
    const { type, form: found } = await replyTo(
      new Response("<p>", { headers: { "content-type": "Text/HTML; charset=utf-8" } }),
      { form },
    );
    assert.deepEqual([type, found], ["Text/HTML; charset=utf-8", TEXT]);
  }
});

it("reads an error response in whatever form it comes, with the wait that it asks for", async () => {
  const refused = (body, headers) => replyTo(new Response(body, { status: 503, headers }), { form: FORM_STREAM });
  const json = await refused('{"code":"C"}', { "retry-after": "3", "retry-after-ms": "2500" });
  assert.deepEqual(
    [json.form, json.body, json.retryAfter, json.retryAfterMs],
    [JSON_VALUE, { code: "C" }, "3", "2500"],
  );
  assert.deepEqual((await refused("no")).form, TEXT);
  assert.deepEqual((await refused("")).form, EMPTY);
  assert.equal((await replyTo(Response.json([], { headers: { "retry-after": "3" } }))).retryAfter, undefined);
});

it("ends bodies that are too large, of every form", async () => {
  const large = "x".repeat(1_001);
  for (const form of [FORM_JSON, FORM_TEXT, FORM_BYTES, FORM_NOTHING])
    assert.equal((await replyTo(new Response(large), { form })).form, OVERSIZED);
  assert.equal((await replyTo(new Response(large, { status: 400 }))).form, OVERSIZED);
});

it("takes for no response what cannot be one", async () => {
  for (const value of [
    undefined,
    null,
    "ok",
    {},
    { status: 200 },
    { status: 0, json() {} },
    { status: 600, text() {} },
    { status: 100, text() {} },
  ])
    assert.equal((await replyTo(value)).form, NO_RESPONSE, JSON.stringify(value));
});

it("inherits no member of a reply from a polluted prototype", async () => {
  Object.prototype.retryAfter = "5";
  Object.prototype.reason = 1;
  try {
    const { retryAfter, reason, target } = await replyTo(Response.json([]));
    assert.deepEqual([retryAfter, reason, target], [undefined, undefined, undefined]);
  } finally {
    delete Object.prototype.retryAfter;
    delete Object.prototype.reason;
  }
});

it("rejects as fetch and the body do, also at once", async () => {
  const thrown = new TypeError("fetch failed");
  const throwing = () => {
    throw thrown;
  };
  const broken = async () => ({ status: 200, json: throwing });
  for (const fetch of [throwing, () => Promise.reject(thrown), broken])
    assert.deepEqual(await sent(fetch), { ending: REJECTED, value: thrown });
  assert.deepEqual(await sent(() => Promise.reject("text")), { ending: REJECTED, value: "text" });
});

it("aborts the request when the time is over, and when the caller leaves", async () => {
  const signals = [];
  const hanging = (_, { signal }) => new Promise(() => signals.push(signal));
  assert.equal((await sent(hanging, { timeout: 1 })).ending, TIMED_OUT);
  const caller = new AbortController();
  const left = sent(hanging, { signal: caller.signal });
  caller.abort(new Error("secret"));
  assert.equal((await left).ending, ABORTED);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, true],
  );
  assert.equal((await sent(() => assert.fail("it is sent"), { signal: AbortSignal.abort() })).ending, ABORTED);
});

it("reads within the time, and frees a response that comes too late", async () => {
  const stalled = async () => new Response(new ReadableStream({}));
  assert.equal((await sent(stalled, { timeout: 5 })).ending, TIMED_OUT);
  let isCancelled = false;
  const late = () =>
    new Promise((resolve) =>
      setTimeout(resolve, 10, { status: 200, json() {}, body: { cancel: async () => (isCancelled = true) } }),
    );
  assert.equal((await sent(late, { timeout: 1 })).ending, TIMED_OUT);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(isCancelled, true);
});

it("follows redirects within the origin with the same request, and frees each", async () => {
  const urls = [];
  let freed = 0;
  const fetch = async (url, { headers }) => {
    urls.push([url, headers.Authorization]);
    if (urls.length === 3) return Response.json([1]);
    const response = new Response("moved", { status: 307, headers: { location: `/b${urls.length}` } });
    response.body.cancel = async () => freed++;
    return response;
  };
  const { value } = await sent(fetch, { headers: { Authorization: "Bearer t" } });
  assert.deepEqual(value.body, [1]);
  assert.deepEqual(
    urls,
    ["a", "b1", "b2"].map((path) => [`https://app.example/${path}`, "Bearer t"]),
  );
  assert.equal(freed, 2);
});

it("sends nothing to another origin, and does not go round forever", async () => {
  const urls = [];
  const to = (location) => async (url) => urls.push(url) && new Response(null, { status: 308, headers: { location } });
  const { value } = await sent(to("https://evil.example/b"));
  assert.deepEqual(
    [value.form, value.reason, value.target, urls.length],
    [REDIRECTED, CROSS_ORIGIN_REDIRECT, "https://evil.example", 1],
  );
  const round = await sent(to("/a"));
  assert.deepEqual([round.value.form, round.value.reason, urls.length], [REDIRECTED, TOO_MANY_REDIRECTS, 7]);
});

it("refuses a success that a fetch of the caller's own was redirected to", async () => {
  const followed = (url) => ({ status: 200, redirected: true, url, json: async () => [1] });
  const elsewhere = await replyTo(followed("https://evil.example/a"));
  assert.deepEqual([elsewhere.form, elsewhere.reason], [REDIRECTED, CROSS_ORIGIN_REDIRECT]);
  assert.equal((await replyTo(followed("https://app.example/b"))).form, REDIRECTED);
});

it("does not use the signal of a stream again, whose body is still coming in", async () => {
  const signals = [];
  globalThis.fetch = async (_, { signal }) => signals.push(signal) && Response.json([1]);
  await sent(undefined, { isGlobal: true, form: FORM_STREAM });
  await sent(undefined, { isGlobal: true });
  await sent(undefined, { isGlobal: true });
  assert.notEqual(signals[0], signals[1]);
  assert.equal(signals[1], signals[2]);
});

it("gives a fetch of the caller's own a signal that is for this request alone", async () => {
  const signals = [];
  const fetch = async (_, { signal }) => signals.push(signal) && Response.json([1]);
  for (let count = 0; count < 3; count++) await sent(fetch);
  assert.equal(new Set(signals).size, 3);
});
