import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { send, setHeaders } from "./send.js";

describe("a response", () => {
  let server;
  let origin;
  let answer;
  let failed;
  before(async () => {
    server = createServer((_req, res) => {
      res.setHeader("Vary", "Accept");
      res.setHeader("Set-Cookie", "first=1");
      failed = undefined;
      send(answer(), res).catch((error) => {
        failed = error;
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("is sent with its status, its headers and its body, beside headers of others", async () => {
    const headers = [
      ["Vary", "Origin"],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["X-A", "1"],
      ["Connection", "upgrade"],
    ];
    answer = () => new Response("body", { status: 418, headers });
    const response = await fetch(origin);
    assert.deepEqual([response.status, await response.text(), response.headers.get("x-a")], [418, "body", "1"]);
    assert.equal(response.headers.get("vary"), "Accept, Origin");
    assert.deepEqual(response.headers.getSetCookie(), ["first=1", "a=1", "b=2"]);
    assert.notEqual(response.headers.get("connection"), "upgrade");
  });

  it("may have no body", async () => {
    answer = () => new Response(null, { status: 204 });
    assert.equal((await fetch(origin)).status, 204);
  });

  it("has none for HEAD, and cancels what would produce it", async () => {
    let isCancelled = false;
    const cancel = () => {
      isCancelled = true;
    };
    answer = () => new Response(new ReadableStream({ cancel }), { headers: { "x-a": "1" } });
    const response = await fetch(origin, { method: "HEAD" });
    assert.deepEqual([response.headers.get("x-a"), isCancelled], ["1", true]);
  });

  it("begins with its headers, before there is a chunk", async () => {
    let controller;
    const start = (made) => {
      controller = made;
    };
    answer = () => new Response(new ReadableStream({ start }));
    const response = await fetch(origin);
    controller.enqueue(new TextEncoder().encode("later"));
    controller.close();
    assert.equal(await response.text(), "later");
  });

  it("is produced no faster than the client reads, and no further once it has left", async () => {
    let chunks = 0;
    let cancel;
    const cancelled = new Promise((resolve) => {
      cancel = resolve;
    });
    const pull = (controller) => {
      chunks++;
      controller.enqueue(new Uint8Array(65_536));
    };
    answer = () => new Response(new ReadableStream({ pull, cancel }));
    const reader = (await fetch(origin)).body.getReader();
    await reader.read();
    let before;
    do {
      before = chunks;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (chunks !== before);
    assert.ok(chunks < 1_000, `${chunks} chunks`); // The buffers of the system hold a few megabytes.
    await reader.cancel();
    await cancelled;
  });

  it("is cut off where it fails, and the error is reported", async () => {
    const pull = (controller) => controller.error(new Error("broken"));
    answer = () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
    await assert.rejects(fetch(origin).then((response) => response.text()));
    assert.equal(failed.message, "broken");
  });
});

describe("headers", () => {
  it("replace those of others, but for two", () => {
    const set = { vary: "Accept" };
    const res = {
      getHeader: (name) => set[name],
      setHeader: (name, value) => {
        set[name] = value;
      },
    };
    setHeaders(new Headers({ vary: "Origin", "cache-control": "no-store" }), res);
    assert.deepEqual(set, { vary: ["Accept", "Origin"], "cache-control": "no-store" });
  });
});
