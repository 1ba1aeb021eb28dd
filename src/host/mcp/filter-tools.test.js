// Lists of tools, as JSON and as events.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ACCESS, errorOf, fakeKavach, guarded, message, post } from "./guarding.mjs";
import { tokenWith } from "./signing.mjs";

const tools = ["echo", "other", "deploy", "add", "night", "limited", "odd", "a:b"].map((name) => ({
  name,
  description: `it is ${name}`,
}));
const answer = { jsonrpc: "2.0", id: 1, result: { tools, nextCursor: "n" } };
const USABLE = ["echo", "deploy", "add", "night", "limited"];
const asEvents = (...texts) =>
  new Response(new Blob(texts).stream(), { headers: { "content-type": "text/event-stream", "mcp-session-id": "s" } });
const namesIn = (text) => JSON.parse(text).result.tools.map(({ name }) => name);

const list = (handler, options, kavach, body = message("tools/list"), headers) =>
  guarded({ filterTools: true, ...options }, kavach).send(post(body, headers), handler);

describe("a list of tools", () => {
  it("has those that the caller may use, or might", async () => {
    const response = await list(() => Response.json(answer, { headers: { "content-length": "999" } }));
    const { id, result } = await response.json();
    assert.deepEqual([id, result.nextCursor, result.tools.map(({ name }) => name)], [1, "n", USABLE]);
    assert.equal(result.tools[0].description, "it is echo");
  });

  it("has all of them by default", async () => {
    const { asked, send } = guarded();
    const response = await send(post(message("tools/list")), () => Response.json(answer));
    assert.equal((await response.json()).result.tools.length, tools.length);
    assert.ok(asked.every(({ action }) => action === "validate"));
  });

  for (const end of ["\n", "\r\n", "\r"])
    it(`in events with lines that end in ${JSON.stringify(end)}`, async () => {
      const text = [": keepalive", "", "event: message", "id: 7", `data: ${JSON.stringify(answer)}`, "", ""].join(end);
      const response = await list(() => asEvents(text.slice(0, 50), text.slice(50)));
      assert.equal(response.headers.get("mcp-session-id"), "s");
      const got = await response.text();
      assert.match(got, /^: keepalive\n\nevent: message\nid: 7\ndata: /);
      assert.deepEqual(namesIn(got.slice(got.indexOf("data: ") + 6)), USABLE);
    });

  it("in events leaves other messages as they are", async () => {
    const other = { jsonrpc: "2.0", method: "notifications/message", params: { data: { tools } } };
    const second = { ...answer, id: 2 };
    const response = await list(() =>
      asEvents(`data: ${JSON.stringify(other)}\n\ndata: ${JSON.stringify(second)}\n\n`),
    );
    const events = (await response.text())
      .trim()
      .split("\n\n")
      .map((event) => JSON.parse(event.slice(6)));
    assert.deepEqual(events, [other, second]);
  });

  it("in a batch", async () => {
    const batch = [message("ping", undefined, 1), message("tools/list", undefined, 2)];
    const answers = [
      { jsonrpc: "2.0", id: 1, result: { tools } },
      { ...answer, id: 2 },
    ];
    const response = await list(() => Response.json(answers), {}, undefined, batch);
    const [first, second] = await response.json();
    assert.equal(first.result.tools.length, tools.length);
    assert.deepEqual(
      second.result.tools.map(({ name }) => name),
      USABLE,
    );
  });

  it("is an error during an outage", async () => {
    const kavach = fakeKavach({ fails: (resource) => resource.startsWith("mcp:") && errorOf("NetworkError", {}) });
    for (const made of [() => Response.json(answer), () => asEvents(`data: ${JSON.stringify(answer)}\n\n`)]) {
      const text = await (await list(made, {}, kavach)).text();
      assert.equal(JSON.parse(text.replace(/^data: /, "")).error.code, -32013);
      assert.ok(!text.includes("canary"));
    }
  });

  it("that cannot be read is an error", async () => {
    for (const made of [() => new Response("<html>"), () => new Response("x".repeat(5_000_000))])
      assert.equal((await list(made)).status, 502);
  });

  it("passes on errors of the server", async () => {
    assert.equal((await list(() => new Response("no", { status: 404 }))).status, 404);
    const failed = { jsonrpc: "2.0", id: 1, error: { code: -32603, message: "no" } };
    assert.deepEqual(await (await list(() => Response.json(failed))).json(), failed);
  });

  it("shows tools for which a user may get the scope", async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = tokenWith({ iat: now, exp: now + 60 });
    const rules = { echo: { scopes: ["mcp:more"] }, deploy: {}, other: {} };
    const options = { auth: { accessTokens: ACCESS }, tools: rules };
    const response = await list(() => Response.json(answer), options, undefined, undefined, { token });
    assert.deepEqual(namesIn(await response.text()), ["echo", "deploy"]);
  });
});
