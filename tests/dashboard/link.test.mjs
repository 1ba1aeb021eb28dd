// What a link into the dashboard may fill in: a server of another origin is asked about, and never comes with credentials.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importSource } from "./sources.mjs";

const { readLink } = await importSource("connection/link.ts");
const PAGE = "https://dash.example";
const read = (server, rest = "") =>
  readLink(`?server=${encodeURIComponent(server)}&email=ada%40example.com${rest}`, PAGE);
const OWN = `${PAGE}/api/kavach`;

describe("the server of a link", () => {
  for (const [server, origin, baseUrl = server] of [
    ["https://evil.example/api", "https://evil.example"],
    ["http://dash.example/api", "http://dash.example"],
    ["https://dash.example:8443/api", "https://dash.example:8443"],
    ["https://dash.example.evil.example/", "https://dash.example.evil.example"],
    ["https://dash.example./api", "https://dash.example."],
    ["//evil.example/api", "https://evil.example", "https://evil.example/api"],
    ["/\\evil.example/api", "https://evil.example", "https://evil.example/api"],
    ["\\\\evil.example/api", "https://evil.example", "https://evil.example/api"],
    ["HTTPS:\\\\EVIL.example", "https://evil.example", "https://evil.example/"],
    [" \thttps://ev\nil.example/api\n", "https://evil.example", "https://evil.example/api"],
    ["https://d\u0430sh.example/api", "https://xn--dsh-6cd.example", "https://xn--dsh-6cd.example/api"],
    [
      "https://dash.example\u3002evil.example",
      "https://dash.example.evil.example",
      "https://dash.example.evil.example/",
    ],
    ["http://127.0.0.1:4000/api", "http://127.0.0.1:4000"],
  ])
    it(`${JSON.stringify(server)} is asked about as ${origin}, without the e-mail address`, () => {
      const { omitted, ...link } = read(server, "&password=x&token=y");
      assert.deepEqual(link, { baseUrl, isNamed: true, email: "", foreign: origin });
      assert.match(omitted, /e-mail address in the link was left out/);
      assert.equal(readLink(`?server=${encodeURIComponent(server)}`, PAGE).omitted, undefined);
    });

  for (const server of [
    ...[
      "javascript:alert(1)",
      "data:text/html,x",
      "blob:https://dash.example/1",
      "file:///etc/passwd",
      "ftp://evil.example",
    ],
    ...[
      "https://dash.example@evil.example/api",
      "https://dash.example:pw@evil.example",
      "https://user@dash.example/api",
    ],
    ...["https://", "https://a b/", "http://[::1", "wss://evil.example"],
  ])
    it(`${server} is left out, with the e-mail address`, () => {
      const { omitted, ...link } = read(server);
      assert.deepEqual(link, { baseUrl: OWN, isNamed: false, email: "" });
      assert.match(omitted, /no http or https address/);
    });

  for (const [server, baseUrl] of [
    ["https://dash.example/kavach", `${PAGE}/kavach`],
    ["https://DASH.example:443/kavach", `${PAGE}/kavach`],
    ["/kavach", `${PAGE}/kavach`],
    ["", OWN],
    ["  ", OWN],
  ])
    it(`${JSON.stringify(server)} is of the page's own origin`, () => {
      assert.deepEqual(read(server), { baseUrl, isNamed: server.trim() !== "", email: "ada@example.com" });
    });

  it("is the page's own if the link names none", () => {
    assert.deepEqual(readLink("", PAGE), { baseUrl: OWN, isNamed: false, email: "" });
    assert.deepEqual(readLink("?email=ada@example.com&token=x", PAGE), {
      ...{ baseUrl: OWN, isNamed: false, email: "ada@example.com" },
    });
  });

  it("is the one that was asked about, if there are several", () => {
    const link = readLink("?server=https://one.example&server=https://two.example&email=a&email=b", PAGE);
    assert.deepEqual([link.baseUrl, link.foreign, link.email], ["https://one.example/", "https://one.example", ""]);
  });
});
