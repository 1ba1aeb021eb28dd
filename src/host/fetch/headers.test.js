// Request headers.
import assert from "node:assert/strict";
import { it } from "node:test";
import { headersFor, headersOver, secretsAmong } from "./headers.js";

const host = () => ({ headers: [undefined, undefined] });

it("lets the last value of a name win, however it is written", () => {
  const beneath = [
    ["X-A", "1"],
    ["X-B", "2"],
  ];
  assert.deepEqual(
    headersOver(
      [
        ["x-a", "3"],
        ["X-a", "4"],
      ],
      beneath,
    ),
    [
      ["X-a", "4"],
      ["X-B", "2"],
    ],
  );
  assert.deepEqual(headersOver([], beneath), beneath);
  assert.deepEqual(beneath, [
    ["X-A", "1"],
    ["X-B", "2"],
  ]);
});

it("sends the token over an Authorization of the caller's own", () => {
  const own = [
    ["authorization", "Basic x"],
    ["X-A", "1"],
  ];
  assert.deepEqual(headersFor(host(), own, "kv_1", false), {
    "X-A": "1",
    Accept: "application/json",
    Authorization: "Bearer kv_1",
  });
  assert.deepEqual(headersFor(host(), own, undefined, false), {
    authorization: "Basic x",
    "X-A": "1",
    Accept: "application/json",
  });
});

it("sends a Content-Type exactly if there is a body", () => {
  const own = [["CONTENT-TYPE", "text/plain"]];
  assert.deepEqual(headersFor(host(), own, undefined, false), { Accept: "application/json" });
  assert.deepEqual(headersFor(host(), own, undefined, true), {
    Accept: "application/json",
    "Content-Type": "application/json",
  });
});

it("keeps an Accept of the caller's own", () => {
  assert.deepEqual(headersFor(host(), [["accept", "text/csv"]], undefined, false), { accept: "text/csv" });
});

it("takes a header named __proto__ for a header", () => {
  const headers = headersFor(host(), [["__proto__", "x"]], undefined, false);
  assert.deepEqual(Object.keys(headers), ["__proto__", "Accept"]);
  assert.equal(Object.getPrototypeOf(headers), Object.prototype);
});

it("keeps the last headers for the same token, and never those of another", () => {
  const shared = host();
  const own = [["X-A", "1"]];
  const first = headersFor(shared, own, "kv_1", false);
  assert.equal(headersFor(shared, own, "kv_1", false), first);
  assert.equal(headersFor(shared, own, "kv_2", false).Authorization, "Bearer kv_2");
  assert.equal(headersFor(shared, own, "kv_1", false).Authorization, "Bearer kv_1");
  assert.equal(headersFor(shared, own, undefined, false).Authorization, undefined);
  assert.equal(headersFor(shared, [["X-A", "2"]], "kv_1", false)["X-A"], "2");
  assert.equal(headersFor(shared, own, "kv_1", true)["Content-Type"], "application/json");
  assert.equal(headersFor(host(), own, "kv_9", false).Authorization, "Bearer kv_9");
});

it("knows secrets by the names of their headers, with and without a scheme", () => {
  const pairs = [
    ["X-Api-Key", "k1"],
    ["authorization", "Bearer t1"],
    ["Cookie", "a=b; c=d"],
    ["X-Secret", "s1"],
    ["X-Trace", "seen"],
  ];
  const found = secretsAmong(pairs);
  for (const secret of ["k1", "Bearer t1", "t1", "a=b; c=d", "s1"]) assert.ok(found.includes(secret), secret);
  assert.ok(!found.includes("seen"));
  assert.deepEqual(secretsAmong([]), []);
});
