// Finding out the dialect: which answers lead to a second request, which settle it, and which never do either.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BASE, casesOf, invoke, play } from "./cases.mjs";
import { answer, rejected } from "./stub.mjs";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);
const { scenarios } = casesOf("dialects.json");
const REQUEST = { action: "read", resource: "mcp:github:repos" };

describe("the dialect", () => {
  for (const scenario of scenarios) it(scenario.name, () => play(scenario));

  it("is found out by all calls in flight together", async () => {
    const missing = scenarios
      .filter(({ name }) => name.startsWith("every form"))
      .map(({ steps }) => steps[0].replies[0]);
    assert.equal(missing.length, 7);
    for (const { status, json, text, type } of missing) {
      const body = () =>
        new Response(json ? JSON.stringify(json) : text, { status, headers: type ? { "content-type": type } : {} });
      const sent = [];
      let release;
      const held = new Promise((resolve) => {
        release = resolve;
      });
      const fetch = async (url) => {
        const path = url.slice(BASE.length);
        sent.push(path);
        if (path === "/authorize") return Response.json({ data: { allowed: true, auditId: "a" } });
        if (sent.filter((other) => other === path).length === 1) await held;
        return body();
      };
      const kavach = new KavachClient({ baseUrl: BASE, maxRetries: 0, fetch });
      const slow = kavach.authorize("a1", REQUEST);
      await kavach.authorize("a1", REQUEST);
      assert.equal(kavach.dialect, "adapter");
      release();
      assert.equal((await slow).allowed, true);
      assert.deepEqual(sent, ["/agents/a1/authorize", "/agents/a1/authorize", "/authorize", "/authorize"]);
    }
  });

  it("is asked for twice at most, also by calls in flight together", async () => {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    const sent = [];
    const fetch = async (url) => {
      const count = sent.push(url.slice(BASE.length));
      if (count === 1) await held;
      return count === 3
        ? Response.json({ data: { allowed: true, auditId: "a" } })
        : new Response("no", { status: 404 });
    };
    const kavach = new KavachClient({ baseUrl: BASE, maxRetries: 0, fetch });
    const slow = kavach.authorize("a1", REQUEST);
    await kavach.authorize("a1", REQUEST);
    release();
    assert.equal((await rejected(slow)).code, "ROUTE_NOT_FOUND");
    assert.equal(sent.length, 4);
  });

  it("is shown by the client: what was set, or what has been found out", async () => {
    const kavach = (options, fetch) => new KavachClient({ baseUrl: BASE, maxRetries: 0, fetch, ...options });
    for (const dialect of ["auto", "sdk", "adapter"]) assert.equal(kavach({ dialect }).dialect, dialect);
    for (const [body, expected] of [
      [[], "sdk"],
      [{ data: [] }, "adapter"],
    ]) {
      const client = kavach({}, answer(200, body));
      assert.equal(client.dialect, "auto");
      await invoke(client, ["agents.list"]);
      assert.equal(client.dialect, expected);
    }
  });
});
