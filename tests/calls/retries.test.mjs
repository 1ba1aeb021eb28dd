// What is sent again, when, and how often. (The decision itself is tested natively, in src/http/retry.rs.)
import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { AGENT, answer, busy, fine, never, rejected, script, settle } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", fetch, ...options });

describe("retries", () => {
  it("happen twice unless told otherwise, by the client or by the call", async () => {
    for (const [ofClient, ofCall, sent] of [
      [undefined, undefined, 3],
      [0, undefined, 1],
      [1, undefined, 2],
      [0, 4, 5],
      [5, 0, 1],
      [null, null, 3],
    ]) {
      const fetch = script(busy(1));
      const kavach = client(fetch, { maxRetries: ofClient });
      const error = await rejected(kavach.agents.list({}, { maxRetries: ofCall }));
      assert.equal(error instanceof sdk.ServerError, true);
      assert.deepEqual([fetch.calls.length, error.attempts, error.toJSON().attempts], [sent, sent, sent]);
    }
  });

  it("send the same request, and resolve as if nothing had happened", async () => {
    const fetch = script(busy(1), busy(0, 429), answer(200, { allowed: true, auditId: "d" }));
    const request = { action: "read", resource: "r" };
    const pending = client(fetch, { token: "kv_1" }).authorize("a1", request);
    request.action = "delete";
    assert.equal((await pending).allowed, true);
    const sent = fetch.calls.map(({ url, method, body, headers }) => JSON.stringify({ url, method, body, headers }));
    assert.equal(new Set(sent).size, 1);
    assert.equal(fetch.calls[2].body, '{"action":"read","resource":"r"}');
  });

  it("wait as long as the server says, and longer each time if it says nothing", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    context.mock.method(Math, "random", () => 0.5);
    const waits = [];
    const fetch = script(answer(503), busy(70), answer(429, {}, { "retry-after": "3" }), answer(502), fine);
    const kavach = client(fetch, { maxRetries: 9, onRetry: ({ delayMs }) => waits.push(delayMs) });
    const pending = kavach.agents.list();
    for (const [sent, wait] of [
      [1, 437.5],
      [2, 70],
      [3, 3000],
      [4, 3500],
    ]) {
      await settle();
      assert.equal(fetch.calls.length, sent);
      context.mock.timers.tick(Math.floor(wait - 1));
      await settle();
      assert.equal(fetch.calls.length, sent, "not a millisecond early");
      context.mock.timers.tick(2);
    }
    assert.equal((await pending).length, 1);
    assert.deepEqual(waits, [437.5, 70, 3000, 3500]);
  });

  it("never repeat what might have happened", async () => {
    const input = { ownerId: "u", name: "n", type: "service", permissions: [] };
    const once = {
      create: (kavach) => kavach.agents.create(input),
      rotate: (kavach) => kavach.agents.rotate("a1"),
      delegate: (kavach) =>
        kavach.delegation.create({ fromAgent: "a", toAgent: "b", permissions: [], expiresAt: "2099-01-01T00:00:00Z" }),
      register: (kavach) => kavach.mcp.register({ name: "n", endpoint: "https://x.example", tools: [] }),
      signUp: (kavach) => kavach.auth.signUp({ email: "a@b.example", password: "long enough" }),
      signIn: (kavach) => kavach.auth.signIn({ email: "a@b.example", password: "long enough" }),
      signOut: (kavach) => kavach.auth.signOut("token"),
    };
    const uncertain = [
      ...[408, 500, 502, 503, 504].map((status) => answer(status)),
      () => Promise.reject(new TypeError("connection reset")),
      () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError("reset")) })),
    ];
    for (const [name, call] of Object.entries(once)) {
      for (const happened of uncertain) {
        const fetch = script(happened);
        const error = await rejected(call(client(fetch)));
        assert.deepEqual([fetch.calls.length, error.attempts], [1, 1], `${name}: ${error}`);
      }
      // Here the server says that it has not.
      for (const refused of [answer(429, {}, { "retry-after": "0" }), busy(1)]) {
        const fetch = script(refused);
        await rejected(call(client(fetch)));
        assert.equal(fetch.calls.length, 3, name);
      }
    }
  });

  it("leave no body behind: each is read or cancelled before the next attempt", async () => {
    const open = new Set();
    const tracked = (status, headers) => () => {
      assert.equal(open.size, 0, "the last body is dealt with");
      const source = {
        pull(controller) {
          controller.enqueue(new TextEncoder().encode("busy"));
          controller.close();
          open.delete(source);
        },
        cancel: () => open.delete(source),
      };
      open.add(source);
      return new Response(new ReadableStream(source, { highWaterMark: 0 }), { status, headers });
    };
    const location = { location: "https://app.example/agents/" };
    const fetch = script(tracked(503), tracked(429, { "retry-after": "0" }), tracked(307, location), fine);
    assert.equal((await client(fetch, { maxRetries: 3 }).agents.list()).length, 1);
    assert.equal(open.size, 0);
    await rejected(client(script(tracked(307, { location: "https://other.example" }))).agents.list());
    assert.equal(open.size, 0);
  });

  it("say how long to wait where that is too long to be waited for", async () => {
    for (const [headers, options, expected] of [
      [{ "retry-after": "61" }, {}, 61],
      [{ "retry-after": "30" }, { deadline: 20_000 }, 30],
      [{ "retry-after-ms": "90000" }, {}, 90],
    ]) {
      const fetch = script(answer(429, {}, headers));
      const error = await rejected(client(fetch, options).agents.list());
      assert.equal(error instanceof sdk.RateLimitError, true);
      assert.deepEqual([fetch.calls.length, error.retryAfter], [1, expected]);
    }
  });

  it("stop at once when the call is aborted, with the reason", async () => {
    const reason = new Error("the user left");
    for (const stage of ["connect", "headers", "body", "backoff", "token"]) {
      const body = () => new Response(new ReadableStream({ start() {} }));
      const first = { connect: never, headers: never, body, backoff: busy(50_000), token: fine }[stage];
      const fetch = script(first);
      const controller = new AbortController();
      const token = stage === "token" ? never : "kv_1";
      const pending = rejected(client(fetch, { token }).agents.list({}, { signal: controller.signal }));
      await settle();
      controller.abort(reason);
      await settle();
      const settled = await Promise.race([pending, settle().then(() => "still pending")]);
      assert.equal(settled, reason, stage);
      assert.equal(fetch.calls.length, stage === "token" ? 0 : 1);
      if (stage !== "token") assert.equal(fetch.calls[0].signal.aborted, stage !== "backoff");
    }
  });

  it("stop at the deadline of the call, which all attempts share", async () => {
    const fetch = script(busy(10), never);
    const started = performance.now();
    const error = await rejected(client(fetch, { deadline: 120, timeout: 60_000 }).agents.list());
    assert.ok(performance.now() - started >= 115);
    assert.equal(error instanceof sdk.TimeoutError, true);
    assert.deepEqual([error.code, error.attempts], ["DEADLINE_EXCEEDED", 2]);
    // The deadline bounds the token function as well.
    const waiting = client(fine, { token: never, timeout: 60_000 }).agents.list({}, { deadline: 30 });
    assert.equal((await rejected(waiting)).code, "DEADLINE_EXCEEDED");
    // Where the wait would go past it, the last failure says more than a timeout would.
    const busyAll = script(answer(500));
    assert.equal((await rejected(client(busyAll, { deadline: 300 }).agents.list())).name, "ServerError");
    assert.equal(busyAll.calls.length, 1);
  });

  it("give each attempt its own time, body included", async () => {
    const slow = () => new Response(new ReadableStream({ start() {} }));
    const fetch = script(slow, never, fine);
    assert.equal((await client(fetch, { timeout: 40 }).agents.list()).length, 1);
    assert.equal(fetch.calls.length, 3);
    const error = await rejected(client(script(slow), { timeout: 20, maxRetries: 0 }).agents.list());
    assert.deepEqual([error.name, error.code, error.attempts], ["TimeoutError", "TIMEOUT", 1]);
  });

  it("are used up by both dialects together", async () => {
    const missing = answer(404, { error: { message: "Route not found" } });
    const fetch = script(busy(1), missing, busy(1), busy(1));
    const error = await rejected(client(fetch, { dialect: "auto" }).authorize("a1", { action: "a", resource: "r" }));
    assert.deepEqual([error.name, fetch.calls.length, error.attempts], ["ServerError", 4, 4]);
  });

  it("do not fix what is not broken in passing", async () => {
    for (const status of [400, 401, 403, 404, 409, 410, 413, 422, 501, 505]) {
      const fetch = script(answer(status, { code: "X", message: "no" }));
      await rejected(client(fetch).agents.update("a1", { name: "n" }));
      assert.equal(fetch.calls.length, 1, `${status}`);
    }
    for (const garbage of ["", "{", "<html>"]) {
      const fetch = script(() => new Response(garbage));
      await rejected(client(fetch).agents.list());
      assert.equal(fetch.calls.length, 1);
    }
  });

  it("are of no use to a call that was aborted before it began", async () => {
    const fetch = script(fine);
    const error = await rejected(client(fetch).agents.list({}, { signal: AbortSignal.abort("early") }));
    assert.deepEqual([error, fetch.calls.length], ["early", 0]);
  });

  it("dismiss an answer that comes too late", async () => {
    const cancel = mock.fn();
    let deliver;
    const fetch = () =>
      new Promise((resolve) => {
        deliver = () => resolve(new Response(new ReadableStream({ cancel })));
      });
    const error = await rejected(client(fetch, { timeout: 10, maxRetries: 0 }).agents.get(AGENT.id));
    assert.equal(error.code, "TIMEOUT");
    deliver();
    await settle();
    assert.equal(cancel.mock.callCount(), 1);
  });
});
