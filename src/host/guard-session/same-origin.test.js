// Which requests with a cookie come from a page that may send it.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isSameOrigin } from "./same-origin.js";

const OWN = "https://app.example";
const cases = [
  // method, headers, whether it is let through
  ["GET", {}, true],
  ["HEAD", { "sec-fetch-site": "cross-site" }, true],
  ["OPTIONS", { origin: "https://evil.example" }, true],
  ["get", {}, false],
  ["GET", { upgrade: "websocket", origin: "https://evil.example" }, false],
  ["GET", { upgrade: "websocket", origin: OWN }, true],
  ["POST", { "sec-fetch-site": "same-origin" }, true],
  ["POST", { "sec-fetch-site": "none" }, true],
  ["POST", { "sec-fetch-site": "same-site", origin: "https://other.app.example" }, false],
  ["POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, false],
  ["POST", { "sec-fetch-site": "cross-site", origin: OWN }, false],
  ["POST", { "sec-fetch-site": "same-origin, cross-site" }, false],
  ["POST", { origin: OWN }, true],
  ["POST", { origin: "https://app.example.evil.example" }, false],
  ["POST", { origin: "http://app.example" }, false],
  ["POST", { origin: "https://app.example:444" }, false],
  ["POST", { origin: "null" }, false],
  ["POST", { origin: "" }, false],
  ["POST", {}, false],
  ["DELETE", { referer: `${OWN}/page` }, false],
  ["POST", { "sec-fetch-site": "cross-site", origin: "https://pages.example" }, true],
  ["POST", { origin: "https://pages.example" }, true],
];

for (const [method, headers, expected] of cases)
  it(`${method} ${JSON.stringify(headers)}`, () => {
    const request = { method, url: `${OWN}/x`, headers: new Headers(headers) };
    assert.equal(isSameOrigin(request, ["https://pages.example"]), expected);
  });

it("is not known without a method or a URL", () => {
  const headers = new Headers({ origin: OWN });
  assert.equal(isSameOrigin({ headers }, []), false);
  assert.equal(isSameOrigin({ headers, method: "POST", url: "/x" }, []), false);
  assert.equal(isSameOrigin({ headers, method: "POST", url: "/x" }, [OWN]), true);
});
