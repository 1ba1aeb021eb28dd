// Reading the session token of a request.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { COOKIE, readCredential, sessionFrom } from "./session-from.js";

const request = (headers) => new Request("https://a.example", { headers });
const read = (headers) => readCredential(request(headers), COOKIE);

describe("the token of a request", () => {
  const cases = [
    ["a bearer token", { authorization: "Bearer a.b.c" }, { token: "a.b.c", via: "bearer" }],
    ["a cookie", { cookie: "kavach_session=a.b.c" }, { token: "a.b.c", via: "cookie" }],
    [
      "a cookie among others",
      { cookie: "a=1; kavach_session=a.b-_c ; b=kavach_session=x" },
      { token: "a.b-_c", via: "cookie" },
    ],
    [
      "a bearer token over a cookie",
      { authorization: "Bearer a", cookie: "kavach_session=b" },
      { token: "a", via: "bearer" },
    ],
    [
      "a cookie beside another scheme",
      { authorization: "Basic YTpi", cookie: "kavach_session=b" },
      { token: "b", via: "cookie" },
    ],
    ["the same cookie twice", { cookie: "kavach_session=a; kavach_session=a" }, { token: "a", via: "cookie" }],
    ["two cookies of the name", { cookie: "kavach_session=a; kavach_session=b" }, { via: "malformed" }],
    [
      "a malformed bearer token over a cookie",
      { authorization: "Bearer a b", cookie: "kavach_session=b" },
      { via: "malformed" },
    ],
    ["an empty cookie", { cookie: "kavach_session=" }, { via: "malformed" }],
    ["a quoted cookie", { cookie: 'kavach_session="a"' }, { via: "malformed" }],
    ["a cookie with a comma", { cookie: "kavach_session=a,b" }, { via: "malformed" }],
    ["a token of any length", { authorization: `Bearer ${"a".repeat(8193)}` }, { via: "malformed" }],
    ["a longer name", { cookie: "xkavach_session=a; kavach_sessionx=b" }, { via: "missing" }],
    ["another case", { cookie: "Kavach_Session=a" }, { via: "missing" }],
    ["a name without a value", { cookie: "kavach_session" }, { via: "missing" }],
    ["nothing", {}, { via: "missing" }],
  ];
  for (const [name, headers, expected] of cases) it(name, () => assert.deepEqual(read(headers), expected));
});

describe("sessionFrom", () => {
  it("finds a token, and shows it to nobody", () => {
    const found = sessionFrom(request({ cookie: "kavach_session=a.b.c" }));
    assert.deepEqual([found.token, found.via], ["a.b.c", "cookie"]);
    const shown = `${JSON.stringify(found)} ${inspect(found)} ${JSON.stringify({ ...found })}`;
    assert.ok(!shown.includes("a.b.c"), shown);
    assert.equal(sessionFrom(request({ cookie: "mine=x" }), "mine").token, "x");
    assert.equal(sessionFrom(request({ cookie: "kavach_session=x" }), null).token, "x");
  });
  it("finds none otherwise, and never throws", () => {
    const throwing = {
      get headers() {
        throw new Error("no");
      },
    };
    for (const given of [
      request({}),
      request({ cookie: "kavach_session=a; kavach_session=b" }),
      throwing,
      undefined,
      {},
      { headers: {} },
    ])
      assert.equal(sessionFrom(given), null);
  });
});
