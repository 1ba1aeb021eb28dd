// A call, from its arguments to what it comes to: with a stand-in for the module, and with the module if it is built.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, describe, it } from "node:test";
import { BASE, busy, called, connection, failing, json, never, script } from "./calling.mjs";
import { attach } from "./core.js";
import { fake, module } from "./fake-core.mjs";

const cores = { "a stand-in": fake, "the module": await module() };
for (const [name, core] of Object.entries(cores))
  describe(`a call, decided by ${name}`, { skip: core ? false : "the module is not built" }, () => {
    before(() => attach(core));

    it("resolves to the value, null, nothing or the body", async () => {
      assert.deepEqual(await called(connection({ fetch: json([]) }), "agents.list"), []);
      assert.deepEqual(await called(connection({ fetch: json({ data: [] }), dialect: "adapter" }), "agents.list"), []);
      assert.equal(await called(connection({ fetch: json({ success: true }) }), "agents.revoke", ["a"]), undefined);
      assert.equal(await called(connection({ fetch: async () => new Response("a,b\n") }), "audit.export"), "a,b\n");
    });

    it("is refused before there is a request", async () => {
      const fetch = script(json([]));
      for (const [method, values, options, message] of [
        ["agents.get", [5], undefined, 'id must be a non-empty string, and not "." or ".."'],
        [
          "agents.list",
          [],
          { timeout: 0 },
          "options.timeout must be a positive number of milliseconds (Infinity for no limit)",
        ],
        ["agents.list", [], 5, "options must be an object such as { signal, timeout }"],
      ]) {
        const error = await failing(called(connection({ fetch }), method, values, options));
        assert.deepEqual(
          [error.code, error.message, error.operation, error.attempts],
          ["INVALID_ARGUMENT", message, method, undefined],
        );
      }
      const unsupported = await failing(called(connection({ fetch, dialect: "adapter" }), "mcp.list"));
      assert.deepEqual([unsupported.code, unsupported.method, fetch.calls.length], ["NOT_SUPPORTED", undefined, 0]);
    });

    it("fails with what was asked, and how often", async () => {
      const fetch = script(json({ code: "NO", message: "no" }, 403, { "x-request-id": "r1" }));
      const error = await failing(called(connection({ fetch }), "audit.query", [{ agentId: "a" }]));
      const { operation, method, url, status, requestId, attempts } = error;
      assert.deepEqual(
        [error.name, operation, method, url, status, requestId, attempts],
        ["PermissionError", "audit.query", "GET", `${BASE}/audit`, 403, "r1", 1],
      );
    });

    it("is repeated while that helps, with the same body", async () => {
      const fetch = script(busy(), busy(429), json({ allowed: true, auditId: "a" }));
      const server = connection({ fetch });
      assert.equal((await called(server, "authorize", ["a", { action: "x", resource: "r" }])).allowed, true);
      assert.equal(new Set(fetch.calls.map(({ body, url }) => `${url} ${body}`)).size, 1);
      const tired = script(busy());
      assert.deepEqual(
        [
          (await failing(called(connection({ fetch: tired, maxRetries: 4 }), "agents.list"))).attempts,
          tired.calls.length,
        ],
        [5, 5],
      );
      const wrong = script(json({}, 400));
      assert.equal((await failing(called(connection({ fetch: wrong }), "agents.list"))).attempts, 1);
    });

    it("ends with the caller's reason, wherever it waits, and leaves no listener", async () => {
      const reason = { any: "thing" };
      for (const options of [
        { fetch: never },
        { fetch: never, token: never },
        { fetch: script(json({}, 503, { "retry-after": "30" })) },
        { fetch: async () => new Response(new ReadableStream({})) },
      ]) {
        const caller = new AbortController();
        const pending = called(connection(options), "agents.list", [], { signal: caller.signal });
        setTimeout(() => caller.abort(reason), 5);
        assert.equal(await pending.catch((thrown) => thrown), reason);
        assert.equal(getEventListeners(caller.signal, "abort").length, 0);
      }
      const fetch = script(json([]));
      assert.equal(
        await called(connection({ fetch }), "agents.list", [], { signal: AbortSignal.abort(reason) }).catch(
          (thrown) => thrown,
        ),
        reason,
      );
      assert.equal(fetch.calls.length, 0);
    });

    it("ends in time: each attempt, and the whole call", async () => {
      const attempt = await failing(called(connection({ fetch: never, timeout: 5, maxRetries: 0 }), "agents.list"));
      assert.deepEqual([attempt.name, attempt.code, attempt.attempts], ["TimeoutError", "TIMEOUT", 1]);
      const whole = await failing(called(connection({ fetch: never, deadline: 20 }), "agents.list"));
      assert.deepEqual([whole.name, whole.code], ["TimeoutError", "DEADLINE_EXCEEDED"]);
      // A wait that ends after the deadline is not begun.
      const fetch = script(json({}, 503, { "retry-after": "5" }));
      const told = await failing(called(connection({ fetch, deadline: 1_000 }), "agents.list"));
      assert.deepEqual([told.status, told.retryAfter, fetch.calls.length], [503, 5, 1]);
    });

    it("says what it sends, and nothing of a body that it does not send", async () => {
      const fetch = script(json([]));
      await called(connection({ fetch }), "agents.list");
      assert.deepEqual(fetch.calls[0].headers, { Accept: "application/json" });
      await called(connection({ fetch }), "agents.revoke", ["a"]);
      assert.equal("body" in fetch.calls[1], false);
      await failing(called(connection({ fetch }), "authorize", ["a", { action: "a", resource: "r" }]));
      assert.deepEqual(fetch.calls[2].headers, { Accept: "application/json", "Content-Type": "application/json" });
    });

    it("says what came instead of an answer", async () => {
      const code = async (fetch, options) =>
        (await failing(called(connection({ fetch, maxRetries: 0, ...options }), "agents.list"))).code;
      assert.equal(await code(async () => ({})), "INVALID_RESPONSE");
      assert.equal(await code(async () => new Response("<p>")), "DECODE_ERROR");
      assert.equal(await code(json([{}])), "DECODE_ERROR");
      assert.equal(await code(json(["x".repeat(99)]), { maxResponseBytes: 50 }), "RESPONSE_TOO_LARGE");
      assert.equal(await code(async () => Promise.reject(new TypeError("reset"))), "NETWORK_ERROR");
      const to = (location) => async () => new Response(null, { status: 307, headers: { location } });
      assert.equal(await code(to("https://evil.example")), "CROSS_ORIGIN_REDIRECT");
      assert.equal(await code(to(`${BASE}/agents`)), "TOO_MANY_REDIRECTS");
    });

    it("names the part of an answer that is wrong, and keeps the answer", async () => {
      const error = await failing(
        called(connection({ fetch: json({ data: [{ id: 5 }] }), dialect: "adapter" }), "agents.list"),
      );
      assert.equal(error.path, "$.data[0].id");
      assert.equal(error.message, `GET ${BASE}/agents answered 200 (application/json): $.data[0].id must be a string`);
      assert.deepEqual(error.answer(), { data: [{ id: 5 }] });
    });

    it("tells observers of each attempt, in order", async () => {
      const told = [];
      const observer =
        (stage) =>
        ({ attempt, status, code, call }) =>
          told.push([stage, call, attempt, status ?? code]);
      const fetch = script(busy(), json([]));
      const server = connection({
        fetch,
        onRequest: observer("request"),
        onResponse: observer("response"),
        onRetry: observer("retry"),
      });
      await called(server, "agents.list");
      await called(server, "agents.list", [], { signal: AbortSignal.abort() }).catch(() => {});
      assert.deepEqual(told, [
        ["request", 1, 1, undefined],
        ["response", 1, 1, 503],
        ["retry", 1, 1, 503],
        ["request", 1, 2, undefined],
        ["response", 1, 2, 200],
        ["request", 2, 1, undefined],
        ["response", 2, 1, "ABORTED"],
      ]);
    });

    it("returns a stream that ends as calls do", async () => {
      const chunks = ["a", "b"];
      const body = () =>
        new ReadableStream({
          pull: (controller) =>
            chunks.length > 0 ? controller.enqueue(new TextEncoder().encode(chunks.shift())) : controller.close(),
        });
      const stream = await called(connection({ fetch: async () => new Response(body()) }), "audit.exportStream");
      assert.equal(await new Response(stream).text(), "ab");
      const silent = await called(
        connection({ fetch: async () => new Response(new ReadableStream({})), timeout: 5 }),
        "audit.exportStream",
      );
      await assert.rejects(silent.getReader().read(), {
        name: "TimeoutError",
        code: "TIMEOUT",
        operation: "audit.exportStream",
      });
      const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError("kv_secret1 reset")) });
      const stopped = await called(
        connection({ fetch: async () => new Response(broken), token: "kv_secret1" }),
        "audit.exportStream",
      );
      await assert.rejects(stopped.getReader().read(), {
        name: "NetworkError",
        message: /broke off: \[redacted\] reset$/,
      });
    });
  });

describe("a call whose module panics", () => {
  it("rejects, wherever that happens, and so does not hang", async () => {
    const answers = {
      messageFacts: json({ message: "no" }, 400),
      redirect: async () => new Response(null, { status: 302, headers: { location: "/elsewhere" } }),
    };
    for (const name of ["begin", "receive", "delay", "messageFacts", "redirect"]) {
      attach({
        ...fake,
        [name]() {
          throw new WebAssembly.RuntimeError("unreachable");
        },
      });
      const error = await failing(called(connection({ fetch: answers[name] ?? busy() }), "agents.list"));
      assert.equal(error.code, "INTERNAL", name);
    }
    attach(fake);
  });
});
