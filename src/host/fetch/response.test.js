// Responses by their looks.
import assert from "node:assert/strict";
import { it } from "node:test";
import { discard, header, isResponse, requestIdOf, statusOf } from "./response.js";

const throwing = () => {
  throw new Error("no");
};

it("recognizes responses, look-alikes and test doubles", () => {
  for (const value of [new Response(), { status: 200, json() {} }, { status: 0, text() {} }, { ok: true, json() {} }])
    assert.equal(isResponse(value), true);
  for (const value of [
    undefined,
    null,
    "ok",
    200,
    {},
    { status: "200", json() {} },
    { status: 200 },
    { json() {} },
    { ok: false, json() {} },
    { ok: 1, json() {} },
    [],
    () => {},
  ])
    assert.equal(isResponse(value), false);
});

it("takes the status, or that of a double that is merely fine", () => {
  assert.equal(statusOf({ status: 404, ok: true }), 404);
  assert.equal(statusOf({ ok: true }), 200);
  assert.equal(statusOf({ status: null, ok: true }), undefined);
});

it("reads headers of whatever there is", () => {
  assert.equal(header(new Response("", { headers: { "X-A": "1" } }), "x-a"), "1");
  assert.equal(header({ headers: new Map([["x-a", "2"]]) }, "x-a"), "2");
  for (const headers of [undefined, null, {}, { get: () => null }, { get: () => 5 }, { get: throwing }, { "x-a": "1" }])
    assert.equal(header({ headers }, "x-a"), undefined);
  assert.equal(header(Object.defineProperty({}, "headers", { get: throwing }), "x-a"), undefined);
});

it("finds the id of the request, and takes no text for one", () => {
  const idOf = (headers) => requestIdOf(new Response("", { headers }));
  assert.equal(idOf({ "cf-ray": "8f-AMS", "x-request-id": "req_1" }), "req_1");
  assert.equal(idOf({ "x-amzn-requestid": "a" }), "a");
  for (const id of ["", "a b", "é", "x".repeat(129)]) assert.equal(idOf({ "x-request-id": id }), undefined, id);
  assert.equal(idOf({ "x-request-id": "not one", "cf-ray": "8f" }), "8f");
  assert.equal(idOf({}), undefined);
});

it("frees a body that nobody reads, and does not mind one that is read", async () => {
  let cancelled = 0;
  await discard({ body: { cancel: async () => cancelled++ } });
  assert.equal(cancelled, 1);
  const locked = new Response("text");
  locked.body.getReader();
  for (const response of [locked, new Response(null), {}, { body: null }, { body: {} }, { body: { cancel: throwing } }])
    await discard(response);
});
