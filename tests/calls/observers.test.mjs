// Hooks and the logger: what they receive, and that they can neither break a call nor see a secret.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { answer, busy, fine, never, rejected, script, settle } from "./stub.mjs";

const { KavachClient } = await import(process.env.KAVACHOS_PACKAGE);
const TOKEN = "kv_canary-token";
const client = (fetch, options) =>
  new KavachClient({ baseUrl: "https://app.example", dialect: "sdk", token: TOKEN, fetch, ...options });

function recorder() {
  const events = [];
  const keep = (name) => (event) => events.push([name, event]);
  const logger = { debug: keep("debug"), warn: keep("warn") };
  return { events, onRequest: keep("request"), onResponse: keep("response"), onRetry: keep("retry"), logger };
}

describe("observers", () => {
  it("learn of every attempt, its end, and every wait", async () => {
    const { events, ...observers } = recorder();
    await client(script(busy(7), fine), observers).agents.list({ userId: "u 1" });
    const common = { call: 1, operation: "agents.list", method: "GET", url: "https://app.example/agents?userId=u%201" };
    const { durationMs } = events[1][1];
    assert.equal(typeof durationMs === "number" && durationMs >= 0, true);
    const plain = events.map(([name, event]) => [
      name,
      typeof event === "string" ? event : { ...event, durationMs: undefined },
    ]);
    assert.deepEqual(plain[0], ["request", { ...common, attempt: 1, durationMs: undefined }]);
    assert.deepEqual(plain[1], ["response", { ...common, attempt: 1, status: 503, durationMs: undefined }]);
    assert.match(plain[2][1], /^kavachos agents\.list: GET https:\/\/app\.example\/agents: 503 in \d+ ms$/);
    assert.deepEqual(plain[3], ["retry", { ...common, attempt: 1, status: 503, delayMs: 7, durationMs: undefined }]);
    assert.match(plain[4][1], /: 503, trying again in 7 ms$/);
    assert.deepEqual(
      plain.map(([name]) => name),
      ["request", "response", "debug", "retry", "warn", "request", "response", "debug"],
    );
    assert.deepEqual([events[6][1].attempt, events[6][1].status], [2, 200]);
  });

  it("learn which call each attempt belongs to, and of its first attempt before the method returns", async () => {
    const { events, ...observers } = recorder();
    const kavach = client(script(busy(1), busy(1), fine, fine), observers);
    const numbers = ["a", "b"].map((name) => {
      kavach.agents.list({ userId: name }).catch(() => {});
      return [events.at(-1)[1].call, events.at(-1)[1].url.slice(-1)];
    });
    assert.deepEqual(numbers, [
      [1, "a"],
      [2, "b"],
    ]);
    await kavach.agents.list({}, { timeout: -1 }).catch(() => {}); // Never sent, so never numbered.
    while (events.filter(([, { status }]) => status === 200).length < 2)
      await new Promise((done) => setTimeout(done, 5));
    for (const [, event] of events.filter(([, event]) => event.url))
      assert.equal(event.call, event.url.endsWith("a") ? 1 : 2);
  });

  it("learn why there was no answer", async () => {
    for (const [answered, options, code] of [
      [() => Promise.reject(new TypeError("reset")), {}, "NETWORK_ERROR"],
      [never, { timeout: 5 }, "TIMEOUT"],
      [never, { signal: AbortSignal.timeout(5) }, "ABORTED"],
      [() => null, {}, "INVALID_RESPONSE"],
      [answer(302, {}, { location: "https://other.example" }), {}, "CROSS_ORIGIN_REDIRECT"],
    ]) {
      const { events, ...observers } = recorder();
      await rejected(client(script(answered), observers).agents.list({}, { maxRetries: 0, ...options }));
      assert.equal(events.find(([name]) => name === "response")[1].code, code);
    }
  });

  it("break nothing, whatever they do", async () => {
    const unhandled = [];
    const keep = (error) => unhandled.push(error);
    process.on("unhandledRejection", keep);
    const fail = () => {
      throw new Error("broken hook");
    };
    const later = async () => fail();
    // biome-ignore lint/suspicious/noThenProperty: that is what is tried.
    for (const hook of [fail, later, () => ({ then: fail })]) {
      const logger = { debug: hook, warn: hook };
      const kavach = client(script(busy(1), fine), { onRequest: hook, onResponse: hook, onRetry: hook, logger });
      assert.equal((await kavach.agents.list()).length, 1);
    }
    const nested = client(script(fine), {
      onRequest: ({ url }) => url.includes("/a1") || nested.agents.get("a1").catch(() => {}),
    });
    assert.equal((await nested.agents.list()).length, 1, "a hook may make calls itself");
    await settle();
    process.off("unhandledRejection", keep);
    assert.deepEqual(unhandled, []);
  });

  it("see no secret", async () => {
    const { events, ...observers } = recorder();
    const repeating = (_, init) => Response.json({ message: init.headers.Authorization + init.body }, { status: 400 });
    const kavach = client(script(repeating), { ...observers, headers: { "X-Api-Key": "canary-key" } });
    await rejected(kavach.auth.signIn({ email: "a@b.example", password: "canary password" }));
    await rejected(kavach.auth.authorizeByToken("kv_canary-agent", { action: "a", resource: "r" }));
    await rejected(kavach.auth.signOut("canary-session"));
    assert.equal(events.length, 9);
    assert.doesNotMatch(inspect(events, { depth: 9 }), /canary/);
  });

  it("are checked", () => {
    const wrong = { onRequest: 5, onResponse: "x", onRetry: {}, logger: () => {}, allowInsecure: "yes", deadline: 0 };
    for (const [name, value] of Object.entries(wrong)) {
      assert.throws(() => client(undefined, { [name]: value }), {
        code: "INVALID_ARGUMENT",
        message: new RegExp(name),
      });
    }
  });
});

describe("a plain http: baseUrl", () => {
  it("is warned of once for each origin, unless it is meant", () => {
    const lines = [];
    const logger = { warn: (line) => lines.push(line) };
    const make = (baseUrl, options) => new KavachClient({ baseUrl, logger, ...options });
    make("http://plain.example/api");
    make("HTTP://plain.example:80/other", { token: TOKEN });
    make("http://other.example", { authUrl: "http://auth.example" });
    assert.equal(lines.length, 3);
    assert.match(
      lines[0],
      /^kavachos-wasm: tokens and passwords travel unencrypted to http:\/\/plain\.example\. Use https:/,
    );
    assert.match(lines[2], /auth\.example/);
    for (const quiet of [
      "http://localhost:3000",
      "http://app.localhost",
      "http://127.0.0.1:1",
      "http://127.9.9.9",
      "http://[::1]:8",
    ])
      make(quiet);
    make("https://secure.example");
    make("http://meant.example", { allowInsecure: true });
    make("http://binding", { fetch: async () => Response.json([]) });
    assert.equal(lines.length, 3);
  });

  it("is warned of on the console where there is no logger", (context) => {
    const warn = context.mock.method(console, "warn", () => {});
    new KavachClient({ baseUrl: "http://console.example" });
    new KavachClient({ baseUrl: "http://console.example" });
    assert.equal(warn.mock.callCount(), 1);
  });
});
