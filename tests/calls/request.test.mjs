// Routes of the host's own: where a request can go, what it can carry, and what an empty answer is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answer, rejected, script } from "./stub.mjs";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);
const TOKEN = "kv_CANARYtoken0123456789";
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example/api", token: TOKEN, maxRetries: 0, fetch, ...options });

async function sent(input) {
  const fetch = script(answer(200));
  await client(fetch).request(input);
  return fetch.calls[0];
}

describe("a request", () => {
  it("stays beneath the base URL, whatever its path and its parameters", async () => {
    const everywhere = [
      "",
      "evil",
      "//evil.example",
      "https://evil.example/",
      "/\\evil",
      "/a\\b",
      "/a\tb",
      "/a\n",
      "/a?b",
      "/a#b",
    ];
    const upwards = [
      "/..",
      "/a/../b",
      "/%2e%2E/b",
      "/a/.%2e",
      "/./a",
      "/a/..;/b",
      "/a/..;x=1",
      "/a;/..",
      "/.;",
      "/a/.\t./b",
    ];
    for (const path of [...everywhere, ...upwards, "/\ud800", 5, null, ["/a"]]) {
      const error = await rejected(client(script(answer(200))).request({ path }));
      assert.deepEqual(
        [error.code, /^input\.path must be /.test(error.message)],
        ["INVALID_ARGUMENT", true],
        String(path),
      );
    }
    for (const [path, id, url] of [
      ["/a/:id", "x/../y", "a/x%2F..%2Fy"],
      ["/a/:id", "%2e%2e", "a/%252e%252e"],
      ["/a/:id", "$&$1", "a/%24%26%241"],
      ["/:id/b", "\\evil", "%5Cevil/b"],
      ["/a/:id", "..;", "a/..%3B"],
      ["/a/:id/:id", 5, "a/5/5"],
      ["/a/.:id", "x", "a/.x"],
    ]) {
      const { url: found } = await sent({ path, params: { id } });
      assert.equal(found, `https://app.example/api/${url}`);
      assert.equal(new URL(found).href, found);
    }
    for (const [path, id] of [
      ["/a/:id", ".."],
      ["/a/:id", ""],
      ["/a/:id", null],
      ["/a/.%2:id", "e"],
      ["/a/%:id.", "2e"],
    ])
      assert.equal(
        (await rejected(client(script(answer(200))).request({ path, params: { id } }))).code,
        "INVALID_ARGUMENT",
      );
  });

  it("reads each member once, and only its own", async () => {
    let reads = 0;
    const input = {
      get path() {
        return reads++ ? "//evil.example" : "/fine";
      },
    };
    assert.equal((await sent(input)).url, "https://app.example/api/fine");
    assert.equal(reads, 1);
    assert.equal(
      (await sent({ path: "/:__proto__", params: JSON.parse('{"__proto__":"x"}') })).url,
      "https://app.example/api/x",
    );
    for (const path of ["/:constructor", "/:toString"])
      assert.equal((await rejected(client(script(answer(200))).request({ path }))).code, "INVALID_ARGUMENT");
  });

  it("has a body that arrives as it is, and none with GET", async () => {
    for (const body of [0, "", "text", [], { a: [null, true] }, JSON.parse('{"__proto__":{"x":1}}')])
      assert.deepEqual(JSON.parse((await sent({ path: "/b", method: "POST", body })).body), body);
    for (const body of [Array(2), new Date(0), 1n, Number.NaN, new Map(), () => 1, Promise.resolve(), "\ud800"]) {
      const error = await rejected(client(script(answer(200))).request({ path: "/b", method: "POST", body }));
      assert.deepEqual([error.code, /^input\.body must be /.test(error.message)], ["INVALID_ARGUMENT", true]);
    }
    assert.equal(
      (await rejected(client(script(answer(200))).request({ path: "/b", body: {} }))).code,
      "INVALID_ARGUMENT",
    );
  });

  it("resolves to what its type says where the answer is empty", async () => {
    for (const empty of [() => new Response(""), () => new Response(null, { status: 204 })]) {
      const ask = (responseType) => client(async () => empty()).request({ path: "/e", responseType });
      assert.equal(await ask("text"), "");
      assert.deepEqual(await ask("bytes"), new Uint8Array());
      assert.equal(await new Response(await ask("stream")).text(), "");
    }
    assert.equal(await client(async () => new Response(null, { status: 204 })).request({ path: "/e" }), undefined);
  });

  it("fails without its token in the error, also where the path holds it", async () => {
    const error = await rejected(
      client(script(answer(400))).request({ path: "/verify/:token", params: { token: TOKEN } }),
    );
    assert.equal(error.url, "https://app.example/api/verify/[redacted]");
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /CANARY/);
  });
});
