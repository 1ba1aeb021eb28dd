// CORS: preflights, and headers of responses.
import assert from "node:assert/strict";
import { it } from "node:test";
import { corsFor, corsOption, withHeaders } from "./cors.js";

const APP = "https://app.example";
const PREFLIGHT = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
const request = (origin, more = {}, method = "OPTIONS") => ({
  method,
  headers: new Headers({ ...(origin && { origin }), ...more }),
});

it("reads the option", async () => {
  assert.equal(corsOption(undefined), undefined);
  assert.equal(corsOption("*"), "*");
  for (const given of [APP, [APP, "null"]]) {
    const isAllowed = corsOption(given);
    assert.deepEqual([isAllowed(APP), isAllowed("https://other.example")], [true, false]);
  }
  for (const given of [1, "app.example", `${APP}/`, "HTTPS://app.example", [APP, 1]])
    assert.throws(() => corsOption(given), { code: "INVALID_ARGUMENT" });
});

it("answers a preflight of an allowed origin", async () => {
  const { headers, preflight } = await corsFor(corsOption(APP), request(APP, PREFLIGHT));
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-methods"), "POST");
  assert.equal(preflight.headers.get("access-control-allow-headers"), "authorization");
  assert.deepEqual(headers, [
    ["Vary", "Origin"],
    ["Access-Control-Allow-Origin", APP],
  ]);
});

it("answers a preflight of another origin without permission", async () => {
  const { headers, preflight } = await corsFor(corsOption(APP), request("https://evil.example", PREFLIGHT));
  assert.deepEqual([...preflight.headers], []);
  assert.deepEqual(headers, [["Vary", "Origin"]]);
});

it("allows an origin only for `true`", async () => {
  for (const [answer, count] of [
    [true, 2],
    [1, 1],
    ["yes", 1],
    [undefined, 1],
  ])
    assert.equal((await corsFor(async () => answer, request(APP))).headers.length, count, String(answer));
});

it("takes other requests for no preflight", async () => {
  for (const other of [request(APP), request(undefined, PREFLIGHT), request(APP, PREFLIGHT, "POST")])
    assert.equal((await corsFor("*", other)).preflight, undefined);
});

it("adds headers, and keeps those of the response", () => {
  const response = new Response("x", {
    headers: { Vary: "Accept", "Access-Control-Allow-Origin": "https://own.example" },
  });
  const pairs = [
    ["Vary", "Origin"],
    ["Access-Control-Allow-Origin", "*"],
  ];
  assert.equal(withHeaders(response, pairs), response);
  assert.equal(response.headers.get("vary"), "Accept, Origin");
  assert.equal(response.headers.get("access-control-allow-origin"), "https://own.example");
  assert.equal(response.headers.get("access-control-expose-headers"), null);
  const refused = withHeaders(new Response(), [], true);
  assert.equal(refused.headers.get("access-control-expose-headers"), "WWW-Authenticate, Retry-After");
});

it("copies a response with immutable headers, and gives up on others", () => {
  const immutable = Response.redirect("https://a.example");
  const copy = withHeaders(immutable, [["X-A", "1"]]);
  assert.notEqual(copy, immutable);
  assert.deepEqual([copy.status, copy.headers.get("x-a")], [302, "1"]);
  const upgrade = { status: 101, headers: immutable.headers, body: null };
  assert.equal(withHeaders(upgrade, [["X-A", "1"]]), upgrade);
});
