// Which headers a request carries: whose wins, and which are refused.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fine, script } from "./stub.mjs";

const { KavachClient, KavachError } = await import(process.env.KAVACHOS_PACKAGE);

async function sent(ofClient, ofCall, { token, call = (kavach, options) => kavach.agents.list({}, options) } = {}) {
  const fetch = script(fine);
  const kavach = new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", headers: ofClient, token, fetch });
  await call(kavach, { headers: ofCall });
  return fetch.calls[0].headers;
}

describe("headers", () => {
  it("of a call are over those of the client, whatever their case", async () => {
    const headers = await sent({ "X-Tenant": "acme", "X-A": "1" }, { "x-tenant": "other", "X-B": "2" });
    assert.deepEqual(headers, { "x-tenant": "other", "X-A": "1", "X-B": "2", Accept: "application/json" });
  });

  it("may come as an object, a Headers, a Map or pairs, and be absent", async () => {
    for (const given of [
      { "x-a": "1", "x-b": undefined, "x-c": null },
      new Headers({ "X-A": "1" }),
      new Map([["x-a", "1"]]),
    ])
      assert.deepEqual(await sent(given), { "x-a": "1", Accept: "application/json" });
  });

  it("give way to a token, and without one stay", async () => {
    const own = { authorization: "Basic abc" };
    assert.deepEqual(await sent(own, {}, { token: "kv_1" }), {
      Accept: "application/json",
      Authorization: "Bearer kv_1",
    });
    assert.deepEqual(await sent(own), { authorization: "Basic abc", Accept: "application/json" });
  });

  it("say a content type exactly if there is a body", async () => {
    const own = { "content-type": "text/plain", ACCEPT: "text/csv" };
    assert.deepEqual(await sent(own), { ACCEPT: "text/csv" });
    const call = (kavach) => kavach.agents.authorize("a1", { action: "a", resource: "r" }).catch(() => {});
    assert.deepEqual(await sent(own, {}, { call }), { ACCEPT: "text/csv", "Content-Type": "application/json" });
  });

  it("change nothing when they are changed later, and cannot be changed by a fetch", async () => {
    const own = { "X-A": "1" };
    const seen = [];
    const fetch = async (_, init) => {
      seen.push({ ...init.headers });
      init.headers["X-A"] = "changed";
      return Response.json([]);
    };
    const kavach = new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", headers: own, fetch });
    own["X-A"] = "2";
    await kavach.agents.list();
    await kavach.agents.list();
    assert.deepEqual(seen, Array(2).fill({ "X-A": "1", Accept: "application/json" }));
  });

  it("are refused where hosts would quote them in their errors", async () => {
    const wrong = [
      [{ "X Y": "v" }, "options.headers must be an object or a Headers, with header names for keys"],
      [{ "": "v" }, "options.headers must be an object or a Headers, with header names for keys"],
      [{ "X-Ü": "v" }, "options.headers must be an object or a Headers, with header names for keys"],
      ["X-A: 1", "options.headers must be an object or a Headers"],
      ...["a\nb", "a\rb", "a\0b", "日本", 5, {}].map((value) => [
        { "X-A": value },
        'options.headers["X-A"] must be a string without line breaks, NUL or characters beyond Latin-1',
      ]),
    ];
    for (const [headers, message] of wrong) {
      assert.throws(() => new KavachClient({ baseUrl: "https://app.example", headers }), { message });
      const kavach = new KavachClient({ baseUrl: "https://app.example", fetch: script(fine) });
      const error = await kavach.agents.list({}, { headers }).catch((caught) => caught);
      assert.equal(error instanceof KavachError && error.message, message);
    }
    assert.deepEqual(await sent({ "X-A": "caf\u{e9} au lait" }), {
      "X-A": "caf\u{e9} au lait",
      Accept: "application/json",
    });
  });
});
