// Requests to an authorization server: within limits, and to nowhere else.
import assert from "node:assert/strict";
import { it } from "node:test";
import { failing } from "./fake-servers.mjs";
import { isRedirect, post } from "./post.js";

const URL_OF_IT = "https://auth.example/token";
const sending = (answer, timeout = 10_000) => {
  const calls = [];
  const send = async (url, init) => {
    calls.push({ url, ...init });
    return typeof answer === "function" ? answer(init) : answer;
  };
  return { calls, settings: { send, timeout } };
};

it("sends a form or JSON, and reads an object", async () => {
  const { calls, settings } = sending(() => Response.json({ a: 1 }, { status: 400 }));
  assert.deepEqual(await post(settings, URL_OF_IT, { a: "b c" }, false), { status: 400, body: { a: 1 } });
  await post(settings, URL_OF_IT, { a: "b c" }, true, { authorization: "Basic x" });
  const [form, json] = calls;
  assert.deepEqual([form.body, form.headers["content-type"]], ["a=b+c", "application/x-www-form-urlencoded"]);
  assert.deepEqual(
    [json.body, json.headers["content-type"], json.headers.authorization],
    ['{"a":"b c"}', "application/json", "Basic x"],
  );
  for (const { method, redirect, url } of calls)
    assert.deepEqual([method, redirect, url], ["POST", "manual", URL_OF_IT]);
});

it("reads what is no object as nothing", async () => {
  for (const text of ["", "<html>", "[1]", "null", "5", '{"a":'])
    assert.deepEqual(await post(sending(new Response(text)).settings, URL_OF_IT, {}, true), { status: 200, body: {} });
});

it("follows no redirect, also of the same origin: a 307 would repeat the code", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const { calls, settings } = sending(new Response(null, { status, headers: { location: "/other" } }));
    assert.equal((await failing(post(settings, URL_OF_IT, {}, false))).code, "REDIRECTED");
    assert.equal(calls.length, 1);
  }
  const opaque = { type: "opaqueredirect", status: 0, body: null };
  const followed = Object.defineProperty(Response.json({ access_token: "a" }), "redirected", { value: true });
  for (const response of [opaque, followed])
    assert.equal((await failing(post(sending(response).settings, URL_OF_IT, {}, false))).code, "REDIRECTED");
  assert.ok(!isRedirect(new Response()));
});

it("bounds size and time", async () => {
  const endless = () => new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(4096)) }));
  assert.equal((await failing(post(sending(endless).settings, URL_OF_IT, {}, false))).code, "RESPONSE_TOO_LARGE");
  const aborted = [];
  const silent = ({ signal }) => new Promise(() => signal.addEventListener("abort", () => aborted.push(1)));
  assert.equal((await failing(post(sending(silent, 20).settings, URL_OF_IT, {}, false))).code, "DEADLINE_EXCEEDED");
  assert.deepEqual(aborted, [1]);
  const stuck = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
  assert.equal((await failing(post(sending(stuck, 20).settings, URL_OF_IT, {}, false))).code, "DEADLINE_EXCEEDED");
});

it("says no more of a failure than that there was one", async () => {
  const problems = [
    () => Promise.reject(new TypeError("fetch failed: code=hush")),
    () => new Response(new ReadableStream({ start: (to) => to.error(new Error("hush")) })),
    () => undefined,
    () => ({}),
  ];
  for (const answer of problems) {
    const error = await failing(post(sending(answer).settings, URL_OF_IT, { code: "hush" }, false));
    assert.ok(["NETWORK_ERROR", "RESPONSE_TOO_LARGE"].includes(error.code), error.code);
    assert.doesNotMatch(JSON.stringify(error) + error.stack + error.cause, /hush/);
  }
});
