// What no whole request in mcp-guard.test.js shows.
import assert from "node:assert/strict";
import { it } from "node:test";
import { corsHeaders, isCors, withHeaders } from "./cors.js";

it("knows origins", () => {
  for (const cors of ["*", "https://a.test", ["https://a.test", "http://localhost:8080"], [], () => true])
    assert.ok(isCors(cors), `${cors}`);
  for (const cors of [5, "a.test", "https://a.test/", "https://a.test/path", ["*"], [5], {}, "https://A.test"])
    assert.ok(!isCors(cors), `${cors}`);
});

it("allows nobody without an origin, unless all are", async () => {
  const request = new Request("https://tools.test");
  assert.equal(new Headers(await corsHeaders(["https://a.test"], request)).get("access-control-allow-origin"), null);
  assert.equal(new Headers(await corsHeaders("*", request)).get("access-control-allow-origin"), "*");
});

it("leaves the headers of the server as they are", () => {
  const response = Response.json({}, { headers: { "x-a": "1", vary: "Accept" } });
  const { headers } = withHeaders(response, [
    ["X-A", "2"],
    ["Vary", "Origin"],
  ]);
  assert.deepEqual([headers.get("x-a"), headers.get("vary")], ["1", "Accept, Origin"]);
});
