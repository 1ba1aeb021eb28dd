// Routes of the host's own.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CUSTOM_TRAITS } from "../../../generated/endpoints.js";
import {
  FORM_BYTES,
  FORM_JSON,
  FORM_STREAM,
  FORM_TEXT,
  TRAIT_AUTH,
  TRAIT_RAW,
  TRAIT_RETRY_NEVER_TWICE,
} from "../../../generated/protocol.js";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { customRequest } from "./custom-request.js";

const refusal = (input) => {
  try {
    customRequest(input);
  } catch (problem) {
    assert.ok(problem instanceof Mismatch, `${problem}`);
    return sentence(problem);
  }
  return assert.fail("it was taken");
};
const routeOf = (input) => customRequest(input).endpoint.sdk;

it("asks the same in both dialects, by default with a GET for JSON", () => {
  const { endpoint, invocation } = customRequest({ path: "/tools" });
  assert.deepEqual(
    [endpoint.sdk, endpoint.adapter],
    [
      ["GET", "/tools"],
      ["GET", "/tools"],
    ],
  );
  assert.deepEqual([endpoint.traits, endpoint.answer.form, endpoint.changes], [CUSTOM_TRAITS.GET, FORM_JSON, false]);
  assert.deepEqual([invocation.query, invocation.body], ["", undefined]);
});

it("counts what is no GET as a change", () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"])
    assert.equal(customRequest({ path: "/a", method }).endpoint.changes, true);
});

it("keeps parameters one segment each", () => {
  const params = { id: "a/../b?c", n: 7, é: "x" };
  assert.deepEqual(
    routeOf({ path: "/t/:id/:n/:id", params: { id: params.id, n: params.n } })[1],
    "/t/a%2F..%2Fb%3Fc/7/a%2F..%2Fb%3Fc",
  );
  assert.equal(routeOf({ path: "/t/:a", params: { a: ":b" } })[1], "/t/%3Ab");
  assert.equal(routeOf({ path: "/t/:a", params: { a: "$&" } })[1], "/t/%24%26");
  assert.equal(routeOf({ path: "/at/10:30" })[1], "/at/10:30");
});

it("refuses parameters that no path can hold, that are missing, and that are left over", () => {
  const must = 'must be a non-empty string, and not "." or ".."';
  for (const id of [undefined, null, "", ".", "..", {}, true, "\ud800", Number.NaN])
    assert.match(refusal({ path: "/t/:id", params: { id } }), /^input\.params\.id must be/);
  assert.equal(refusal({ path: "/t/:id" }), `input.params.id ${must}`);
  assert.equal(refusal({ path: "/t/:toString" }), `input.params.toString ${must}`);
  assert.equal(refusal({ path: "/t", params: { id: "a" } }), "input.params.id must be left out: the path has no :id");
});

it("writes the query, with lists as repeated names, and without absent values", () => {
  const { query } = customRequest({
    path: "/a",
    query: { "a b": "c&d", n: 0, yes: false, list: ["x", 1], none: null, empty: "", nil: [] },
  }).invocation;
  assert.equal(query, "a%20b=c%26d&n=0&yes=false&list=x&list=1&empty=");
  for (const value of [{}, [{}], [[]]])
    assert.equal(
      refusal({ path: "/a", query: { q: value } }),
      "input.query.q must be text, a number, a boolean or an array of these",
    );
});

it("sends a body of any kind as JSON, unless it is absent, and none with a GET", () => {
  const bodyOf = (body) => customRequest({ path: "/a", method: "POST", body }).invocation.body;
  for (const body of [{ a: [1] }, [], "text", 0, false]) assert.equal(bodyOf(body), JSON.stringify(body));
  for (const body of [undefined, null]) assert.equal(bodyOf(body), undefined);
  assert.equal(refusal({ path: "/a", body: {} }), "input.body must be left out: a GET has none");
  assert.match(
    refusal({ path: "/a", method: "POST", body: { at: new Date(0) } }),
    /^input\.body\.at must be a plain object/,
  );
});

it("keeps a key __proto__ of a body in its place", () => {
  const body = JSON.parse('{"__proto__": {"a": 1}}');
  assert.equal(customRequest({ path: "/a", method: "POST", body }).invocation.body, '{"__proto__":{"a":1}}');
});

it("has the traits that its options say", () => {
  const traits = (input) => customRequest({ path: "/a", ...input }).endpoint.traits;
  assert.ok(traits({ base: "auth" }) & TRAIT_AUTH && !(traits({ base: "api" }) & TRAIT_AUTH));
  for (const [responseType, form] of Object.entries({
    json: FORM_JSON,
    text: FORM_TEXT,
    bytes: FORM_BYTES,
    stream: FORM_STREAM,
  })) {
    assert.equal(customRequest({ path: "/a", responseType }).endpoint.answer.form, form);
    assert.equal(Boolean(traits({ responseType }) & TRAIT_RAW), responseType !== "json");
  }
  assert.ok(traits({ method: "POST" }) & TRAIT_RETRY_NEVER_TWICE);
  assert.ok(!(traits({ method: "POST", idempotent: true }) & TRAIT_RETRY_NEVER_TWICE));
  assert.ok(traits({ idempotent: false }) & TRAIT_RETRY_NEVER_TWICE);
});

it("is refused by name", () => {
  for (const [input, expected] of [
    [undefined, "input must be an object"],
    [{}, /^input\.path must be a path that begins with one slash/],
    [{ path: "//evil.example" }, /^input\.path must be/],
    [{ path: "/a/../b" }, /^input\.path must be/],
    [{ path: "/a?b=c" }, /^input\.path must be/],
    [{ path: "/a", method: "get" }, 'input.method must be "GET", "POST", "PUT", "PATCH" or "DELETE"'],
    [{ path: "/a", params: [] }, "input.params must be an object"],
    [{ path: "/a", queries: {} }, 'input.queries must be left out: the name is not known. Did you mean "query"?'],
  ])
    if (expected instanceof RegExp) assert.match(refusal(input), expected);
    else assert.equal(refusal(input), expected);
});

it("takes nothing that it inherits", () => {
  Object.assign(Object.prototype, { method: "DELETE", body: { a: 1 }, base: "auth", id: "evil" });
  try {
    const { endpoint, invocation } = customRequest({ path: "/a" });
    assert.deepEqual([endpoint.sdk[0], invocation.body, endpoint.traits & TRAIT_AUTH], ["GET", undefined, 0]);
    assert.match(refusal({ path: "/t/:id", params: {} }), /^input\.params\.id must be/);
  } finally {
    for (const name of ["method", "body", "base", "id"]) delete Object.prototype[name];
  }
});
