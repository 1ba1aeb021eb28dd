// Answers: how large they may be, and whose members count in them. And what goes with a request.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AGENT, answer, fine, rejected, script } from "./stub.mjs";

const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", maxRetries: 0, fetch, ...options });

// A body without end, that counts how much of it has been read.
function endless() {
  const state = { read: 0, cancelled: false };
  const chunk = new Uint8Array(64 * 1024).fill(32);
  const body = new ReadableStream({
    pull(controller) {
      state.read += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { state, response: (init) => new Response(body, init) };
}

describe("an answer", () => {
  it("that is too large ends while it comes in, whatever its status says", async () => {
    for (const status of [200, 403]) {
      for (const call of [
        (kavach) => kavach.agents.list(),
        (kavach) => kavach.audit.export(),
        (kavach) => kavach.audit.queryBytes(),
        (kavach) => kavach.authorize("a1", { action: "a", resource: "r" }),
      ]) {
        const { state, response } = endless();
        const init = { status, headers: { "content-length": "5" } };
        const error = await rejected(call(client(async () => response(init), { maxResponseBytes: 200_000 })));
        assert.deepEqual([error.name, error.code, error.status], ["DecodeError", "RESPONSE_TOO_LARGE", status]);
        assert.ok(state.read < 600_000 && state.cancelled, `${state.read} bytes were read`);
      }
    }
  });

  it("may have 64 MiB if nothing else is said, and any size with Infinity", async () => {
    const { response } = endless();
    const error = await rejected(client(async () => response()).agents.list());
    assert.equal(error.code, "RESPONSE_TOO_LARGE");
    const list = Array.from({ length: 100 }, () => AGENT);
    assert.equal((await client(script(answer(200, list)), { maxResponseBytes: Infinity }).agents.list()).length, 100);
    const small = client(script(answer(200, list)), { maxResponseBytes: 100 });
    assert.equal((await rejected(small.agents.list())).code, "RESPONSE_TOO_LARGE");
    assert.equal((await small.agents.list(null, { maxResponseBytes: 1e6 })).length, 100);
  });

  it("may come from a test double", async () => {
    const doubles = [
      { ok: true, json: async () => [AGENT] },
      { ok: true, status: 200, json: async () => [AGENT], text: async () => JSON.stringify([AGENT]) },
      { status: 200, json: async () => [AGENT] },
    ];
    for (const double of doubles) assert.equal((await client(async () => double).agents.list()).length, 1);
    assert.equal((await rejected(client(async () => ({ ok: false })).agents.list())).code, "INVALID_RESPONSE");
  });
});

describe("a request", () => {
  it("is not kept by a cache of the host, and takes what hosts add", async () => {
    const fetch = script(fine);
    const kavach = client(fetch, { init: { keepalive: true, next: { revalidate: 0 } } });
    await kavach.agents.list();
    await kavach.agents.list(null, { cache: "reload", init: { priority: "high" } });
    await client(fetch, { init: { cache: "default" } }).agents.list();
    const seen = fetch.calls.map(({ cache, keepalive, next, priority }) => ({ cache, keepalive, next, priority }));
    const next = { revalidate: 0 };
    assert.deepEqual(seen, [
      { cache: "no-store", keepalive: true, next, priority: undefined },
      { cache: "reload", keepalive: true, next, priority: "high" },
      { cache: "default", keepalive: undefined, next: undefined, priority: undefined },
    ]);
    for (const name of ["method", "body", "headers", "signal", "redirect"])
      assert.throws(() => client(fetch, { init: { [name]: "x" } }), { code: "INVALID_ARGUMENT" });
  });
});

// Each name that the package reads of an object from outside, as far as the shipped files show.
describe("an inherited member", () => {
  const names = [
    ...["data", "success", "allowed", "auditId", "reason", "id", "error", "code", "message", "details", "entries"],
    ...[
      "baseUrl",
      "authUrl",
      "token",
      "headers",
      "timeout",
      "deadline",
      "maxRetries",
      "fetch",
      "credentials",
      "dialect",
    ],
    ...["signal", "cache", "init", "maxResponseBytes", "allowUnknown", "shareToken", "allowInsecure", "logger"],
    ...["onRequest", "onResponse", "onRetry", "resource", "actions", "constraints", "action", "arguments", "user"],
    ...["session", "requireApproval", "maxCallsPerHour", "userId", "status", "type", "limit", "offset", "pageSize"],
    ...["retryAfter", "retryAfterMs", "requestId", "form", "response", "body", "problem", "target", "path", "expected"],
    ...[
      "error_description",
      "answer",
      "cause",
      "operation",
      "method",
      "url",
      "attempts",
      "statusCode",
      "names",
      "straight",
    ],
    ...["fields", "previousToken", "digest", "permissions", "next", "redirect", "total", "name", "metadata"],
  ];
  const values = [{ allowed: true, auditId: "p" }, "kv_mallory", true, 5, [{ x: 1 }]];
  const request = { action: "a", resource: "r" };

  async function scenario() {
    const sent = [];
    const fetch = (body, status = 200) =>
      client(
        async (url, init) => {
          sent.push([url, init.method, init.headers.Authorization, init.headers["X-Tenant"], init.body]);
          // Not a Response: the host's own reads inherited members.
          return { status, headers: { get: () => null }, text: async () => body, json: async () => JSON.parse(body) };
        },
        { token: "kv_own" },
      );
    const calls = [
      fetch("{}").authorize("a1", request),
      fetch('{"auditId":"a"}').authorize("a1", request),
      fetch('{"allowed":false,"auditId":"a"}').authorize("a1", request),
      fetch("{}", 403).auth.authorizeByToken("kv_agent", request),
      fetch(JSON.stringify([AGENT])).agents.list(),
      fetch("[]").agents.list({ userId: "u" }),
      fetch("{}").auth.signIn({ email: "a@b.example", password: "canary" }),
      fetch("[]").audit.query({ limit: 1 }),
      fetch("{}", 500).agents.create({ ownerId: "u", name: "n", type: "service", permissions: [sdk.read("x")] }),
    ];
    const outcomes = await Promise.allSettled(calls);
    const told = outcomes.map(({ status, reason, value }) =>
      status === "rejected"
        ? [reason instanceof Error && reason.constructor.name, Object.hasOwn(reason, "code") && reason.code]
        : JSON.stringify(value),
    );
    return JSON.stringify([sent, told]);
  }

  it("changes nothing", async () => {
    const clean = await scenario();
    for (const name of names) {
      for (const value of values) {
        if (name in Object.prototype) continue;
        Object.prototype[name] = value;
        let polluted;
        try {
          polluted = await scenario().catch((error) => `${error}`);
        } finally {
          delete Object.prototype[name];
        }
        assert.equal(polluted, clean, `${name}: ${JSON.stringify(value)}`);
      }
    }
  });
});

describe("the body of a fetch that does not look at its signal", () => {
  it("is not read on when the call is over", async () => {
    let cancelled = false;
    const slow = () =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          controller.enqueue(new Uint8Array([32]));
        },
        cancel() {
          cancelled = true;
        },
      });
    const kavach = client(async () => new Response(slow()));
    assert.equal((await rejected(kavach.agents.list({}, { timeout: 20 }))).code, "TIMEOUT");
    for (let turn = 0; turn < 100 && !cancelled; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(cancelled, true);
  });
});
