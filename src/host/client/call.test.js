// A call, from its arguments to what it comes to: with a stand-in for the module, and with the module if it is built.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, describe, it } from "node:test";
import { inspect } from "node:util";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { run } from "./call.js";
import { connect } from "./connection.js";
import { attach } from "./core.js";
import { Failure } from "./failure.js";
import { fake, module } from "./fake-core.mjs";
import { invocationOf } from "./request.js";

const BASE = "https://a.example/api";
const endpointOf = (name) => ENDPOINTS.find((endpoint) => endpoint.name === name);
const connection = (options) => connect({ baseUrl: BASE, dialect: "sdk", ...options });
const called = (server, name, values = [], options = undefined) => {
  const read = ({ allowUnknown }) => ({
    endpoint: endpointOf(name),
    invocation: invocationOf(endpointOf(name), values, allowUnknown),
  });
  return run(server, name, read, options);
};
// The error that a call fails with.
const failing = async (pending) => {
  const failure = await pending.then(
    (value) => assert.fail(`it resolved to ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  assert.ok(failure instanceof Failure, `${failure}`);
  return failure.toError();
};
const json =
  (body, status = 200, headers = {}) =>
  () =>
    Response.json(body, { status, headers });
const busy = (status = 503) => json({}, status, { "retry-after-ms": "1" });
const script = (...answers) => {
  const fetch = async (url, init) => {
    fetch.calls.push({ url, ...init });
    return answers[Math.min(fetch.calls.length, answers.length) - 1](url, init);
  };
  return Object.assign(fetch, { calls: [] });
};
const bearers = ({ calls }) => calls.map(({ headers }) => headers.Authorization);
const never = () => new Promise(() => {});
const unauthorized = json({ code: "TOKEN_EXPIRED", message: "expired" }, 401);

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

    it("asks the token function for every attempt, and once more after a 401", async () => {
      let count = 0;
      const seen = [];
      const token = async (context) => seen.push({ ...context }) && `kv_${++count}`;
      const fetch = script(busy(), unauthorized, json([]));
      await called(connection({ fetch, token }), "agents.list");
      assert.deepEqual(bearers(fetch), ["Bearer kv_1", "Bearer kv_2", "Bearer kv_3"]);
      assert.deepEqual(
        seen.map(({ reason, previousToken }) => [reason, previousToken]),
        [
          ["initial", undefined],
          ["initial", undefined],
          ["unauthorized", "kv_2"],
        ],
      );
      const refused = script(unauthorized);
      assert.equal(
        (await failing(called(connection({ fetch: refused, token }), "agents.list"))).name,
        "AuthenticationError",
      );
      assert.equal(refused.calls.length, 2, "once");
    });

    it("lets the 401 stand where there is no other token", async () => {
      for (const token of ["kv_1", () => "kv_1", ({ reason }) => (reason === "initial" ? "kv_1" : null)]) {
        const fetch = script(unauthorized);
        const error = await failing(called(connection({ fetch, token }), "agents.list"));
        assert.deepEqual([error.code, error.message, fetch.calls.length], ["TOKEN_EXPIRED", "expired", 1]);
      }
    });

    it("sends no token where the function returns none, and nothing where it returns something else", async () => {
      for (const none of [null, undefined]) {
        const fetch = script(json([]));
        await called(connection({ fetch, token: async () => none }), "agents.list");
        assert.deepEqual(bearers(fetch), [undefined]);
      }
      for (const wrong of ["", "a b", "kv_secret\n", 5, {}, ["kv"]]) {
        const fetch = script(json([]));
        const error = await failing(called(connection({ fetch, token: () => wrong }), "agents.list"));
        assert.deepEqual([error.code, fetch.calls.length], ["INVALID_ARGUMENT", 0]);
        assert.ok(!error.message.includes("secret"));
      }
    });

    it("fails as the token function does, and waits no longer for it than for an answer", async () => {
      const thrown = new Error("vault is sealed");
      for (const token of [
        () => Promise.reject(thrown),
        () => {
          throw thrown;
        },
      ]) {
        const error = await failing(called(connection({ fetch: never, token }), "agents.list"));
        assert.deepEqual(
          [error.code, error.message, error.cause.message],
          ["TOKEN_UNAVAILABLE", "the token function failed: vault is sealed", "vault is sealed"],
        );
      }
      assert.equal(
        (await failing(called(connection({ fetch: never, token: never, timeout: 5 }), "agents.list"))).code,
        "TOKEN_UNAVAILABLE",
      );
      assert.equal(
        (await failing(called(connection({ fetch: never, token: never, deadline: 5 }), "agents.list"))).code,
        "DEADLINE_EXCEEDED",
      );
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

    it("shows none of its secrets, whatever the server and the host repeat", async () => {
      const secrets = ["kv_secret-own", "kv_secret-given", "secret-password", "secret-key"];
      const server = (fetch) =>
        connection({ fetch, token: secrets[0], headers: { "X-Api-Key": secrets[3] }, maxRetries: 0 });
      const echo = ({ headers, body }) => `${JSON.stringify(headers)} ${body}`;
      for (const fetch of [
        async (_, init) => Response.json({ message: echo(init), details: [echo(init)] }, { status: 400 }),
        async (_, init) => new Response(echo(init), { status: 400 }),
        async (_, init) => Promise.reject(new Error(echo(init), { cause: new Error(echo(init)) })),
      ])
        for (const [method, values] of [
          ["auth.signIn", [{ email: "a@b.example", password: secrets[2] }]],
          ["auth.authorizeByToken", [secrets[1], { action: "a", resource: "r" }]],
        ]) {
          const error = await failing(called(server(fetch), method, values));
          const shown = inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error);
          for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
        }
    });

    it("shows no token that it has used before, either", async () => {
      let count = 0;
      const fetch = script(unauthorized, json({ message: "kv_secret1 and kv_secret2" }, 400));
      const error = await failing(called(connection({ fetch, token: () => `kv_secret${++count}` }), "agents.list"));
      assert.equal(error.message, "[redacted] and [redacted]");
    });

    it("passes on what a framework has thrown, from fetch and from the token function", async () => {
      const digest = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;/" });
      const fetch = script(() => Promise.reject(digest));
      for (const options of [{ fetch }, { fetch: never, token: () => Promise.reject(digest) }])
        assert.equal(await called(connection(options), "agents.list").catch((thrown) => thrown), digest);
      assert.equal(fetch.calls.length, 1, "it is not repeated");
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

    it("hands out a stream that ends as calls do", async () => {
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
    for (const name of ["begin", "receive", "delay", "messageFacts"]) {
      attach({
        ...fake,
        [name]() {
          throw new WebAssembly.RuntimeError("unreachable");
        },
      });
      const error = await failing(
        called(connection({ fetch: name === "messageFacts" ? json({ message: "no" }, 400) : busy() }), "agents.list"),
      );
      assert.equal(error.code, "INTERNAL", name);
    }
    attach(fake);
  });
});
