import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { headersOf, urlOf, webRequest } from "./node-request.js";

const incoming = (parts, chunks = []) => {
  const all = {
    method: "POST",
    url: "/mcp",
    rawHeaders: ["Host", "a.example"],
    headers: { host: "a.example" },
    ...parts,
  };
  const request = Readable.from(chunks, { objectMode: false });
  for (const [name, value] of Object.entries(all)) Object.defineProperty(request, name, { value, writable: true });
  return request;
};
const outgoing = (parts) => Object.assign(new EventEmitter(), { writableEnded: false, ...parts });

describe("headers", () => {
  it("are kept apart as they were sent", () => {
    const rawHeaders = ["Authorization", "Bearer a", "AUTHORIZATION", "Bearer b", "X-A", "1"];
    assert.equal(headersOf({ rawHeaders }).get("authorization"), "Bearer a, Bearer b");
  });
  it("are without those that HTTP/2 makes of the request line", () => {
    const rawHeaders = [":method", "GET", ":path", "/", "accept", "*/*"];
    assert.deepEqual([...headersOf({ rawHeaders })], [["accept", "*/*"]]);
  });
  it("come from hosts that have no raw ones, too", () => {
    const found = [...headersOf({ headers: { a: "1", b: ["2", "3"] } })];
    assert.deepEqual(found, [
      ["a", "1"],
      ["b", "2, 3"],
    ]);
  });
});

describe("the URL", () => {
  const a = { host: "a.example" };
  const socket = { encrypted: true };
  for (const [name, request, expected] of [
    ["is of the host that was asked", { headers: { host: "a.example:80" }, url: "/x?y" }, "http://a.example:80/x?y"],
    ["is of https on a socket that is encrypted", { headers: a, url: "/", socket }, "https://a.example/"],
    ["is that of HTTP/2", { headers: { ":authority": "b.example" }, url: "/", socket }, "https://b.example/"],
    [
      "has the prefix that a router has cut off",
      { headers: a, url: "/x", originalUrl: "/y/x" },
      "http://a.example/y/x",
    ],
    ["knows IPv6", { headers: { host: "[::1]:80" }, url: "/" }, "http://[::1]:80/"],
    ["takes no host from a path", { headers: a, url: "//evil.example/x" }, "http://a.example//evil.example/x"],
    ["takes no host from an absolute form", { headers: a, url: "http://evil.example/x?y" }, "http://a.example/x?y"],
    ["is that of the server for a star", { headers: a, url: "*" }, "http://a.example/"],
    ["takes no path from the host", { headers: { host: "localhost/x?" }, url: "/mcp" }, "http://host.invalid/mcp"],
    ["takes no user from the host", { headers: { host: "localhost@b.example" }, url: "/" }, "http://host.invalid/"],
    ["has a host that is nowhere, without one", { headers: {}, url: "/mcp" }, "http://host.invalid/mcp"],
    ["reads nothing that a proxy says", { headers: { ...a, "x-forwarded-host": "b" }, url: "/" }, "http://a.example/"],
  ])
    it(name, () => assert.equal(urlOf(request), expected));
});

describe("the body", () => {
  const read = (request) => webRequest(request, outgoing()).text();
  it("is the stream, if nobody has read it", async () => {
    assert.equal(await read(incoming({ body: { other: true } }, ["a", "b"])), "ab");
  });
  it("is what a parser left of it", async () => {
    for (const [parts, expected] of [
      [{ rawBody: Buffer.from("raw"), body: { parsed: true } }, "raw"],
      [{ body: Buffer.from("bytes") }, "bytes"],
      [{ body: "text" }, "text"],
      [{ body: { a: [1] } }, '{"a":[1]}'],
    ])
      assert.equal(await read(incoming({ readableDidRead: true, ...parts })), expected);
  });
  it("is refused if it is gone", () => {
    const gone = incoming({ readableDidRead: true });
    assert.throws(() => webRequest(gone, outgoing()), /put the guard before what reads it/);
  });
  it("is not there for GET", () => {
    assert.equal(webRequest(incoming({ method: "GET" }, ["a"]), outgoing()).body, null);
  });
  it("is read as it is asked for, and dropped without harm to the connection", async () => {
    let made = 0;
    const endless = function* () {
      while (made < 1_000) {
        made++;
        yield Buffer.alloc(65_536);
      }
    };
    const request = incoming({}, endless());
    const reader = webRequest(request, outgoing()).body.getReader();
    await reader.read();
    await new Promise(setImmediate);
    assert.ok(made < 20, `${made}`);
    await reader.cancel();
    await new Promise((resolve) => request.once("end", resolve));
    assert.equal(request.errored, null);
  });
});

describe("the signal", () => {
  it("aborts when the client leaves before the end", () => {
    const response = outgoing();
    const { signal } = webRequest(incoming(), response);
    response.emit("close");
    assert.equal(signal.aborted, true);
  });
  it("does not when all was sent", () => {
    const response = outgoing({ writableEnded: true });
    const { signal } = webRequest(incoming(), response);
    response.emit("close");
    assert.equal(signal.aborted, false);
  });
});
