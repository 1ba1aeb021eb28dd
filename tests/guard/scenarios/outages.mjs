// What is an outage: only that may be decided here.
import { equal, ok } from "../../suite/checks.mjs";
import { READ } from "./alone.mjs";
import { ALLOWED, answering, asks, authorizer } from "./authorizer.mjs";

const GATEWAY = [502, 503, 504];
const EMPTY = [204, 205, 304]; // These have no body.
const here = { onUnavailable: "local", permissions: () => [], evaluate: () => ({ allowed: true }) };

export const outages = {
  async "onUnavailable: of all statuses, only those of gateways are decided here"({ sdk, guard }) {
    const passed = [];
    const bodies = [
      (status) => ({ error: { code: "INTERNAL_ERROR", message: `${status}` } }),
      () => "<html><body>No</body></html>",
      () => ({ allowed: true, auditId: "a" }),
      () => ({ data: { allowed: "yes" } }),
    ];
    for (const [index, bodyOf] of bodies.entries())
      for (let status = 200; status < 600; status++) {
        const body = bodyOf(status);
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const kavach = answering(sdk, async () => new Response(EMPTY.includes(status) ? null : text, { status }));
        const found = await guard.guard(kavach, asks(), READ, here);
        if (found.ok && found.decision.source === "local") passed.push(`${index} ${status}`);
      }
    equal(
      passed,
      bodies.flatMap((_, index) => GATEWAY.map((status) => `${index} ${status}`)),
    );
  },

  async "onUnavailable: what the client says of other failures is no outage"({ sdk, guard }) {
    const { KavachError, NetworkError, TimeoutError, ServerError, DecodeError } = sdk;
    const refused = [
      new NetworkError("no", { code: "INVALID_RESPONSE" }),
      new NetworkError("no", { statusCode: 403 }),
      new NetworkError("no", { statusCode: 200 }),
      new TimeoutError("no", { code: "SOMETHING" }),
      new ServerError("no", { statusCode: 500 }),
      new ServerError("no", {}),
      new DecodeError("no", {}),
      ...["REDIRECTED", "CROSS_ORIGIN_REDIRECT", "TOKEN_UNAVAILABLE", "INVALID_ARGUMENT", "INTERNAL"].map(
        (code) => new KavachError("no", { code }),
      ),
      new TypeError("fetch failed"),
      Object.assign(new Error("no"), { code: "NETWORK_ERROR", name: "NetworkError" }),
      { code: "NETWORK_ERROR" },
      "NETWORK_ERROR",
      null,
      undefined,
    ];
    const outages = [
      new NetworkError("no"),
      new TimeoutError("no"),
      new TimeoutError("no", { code: "DEADLINE_EXCEEDED" }),
      new ServerError("no", { statusCode: 503 }),
    ];
    for (const [errors, expected] of [
      [refused, false],
      [outages, true],
    ])
      for (const error of errors) {
        const found = await guard.guard(
          authorizer(() => Promise.reject(error)),
          asks(),
          READ,
          here,
        );
        equal(
          [`${error} ${error?.code} ${error?.statusCode}`, found.ok],
          [`${error} ${error?.code} ${error?.statusCode}`, expected],
        );
      }
  },

  async "onUnavailable: only its own boolean allows"({ sdk, guard }) {
    const away = authorizer(() => Promise.reject(new sdk.NetworkError("away")));
    const decisions = [
      ...[undefined, null, true, "allowed", [], {}, { allowed: 1 }, { allowed: "true" }, { allowed: null }],
      ...[Object.create({ allowed: true }), Promise.resolve({ allowed: true }), { allowed: true, needs: ["ip"] }],
    ];
    for (const decision of decisions) {
      const found = await guard.guard(away, asks(), READ, { ...here, evaluate: () => decision });
      equal([found.ok, found.reason], [false, "unavailable"]);
    }
    for (const known of [undefined, null, "all", {}, true, 5, new Set(), Promise.resolve("all")]) {
      const found = await guard.guard(away, asks(), READ, { ...here, permissions: () => known });
      equal(found.ok, false);
    }
    const seen = [];
    const evaluate = (...given) => {
      seen.push(given);
      return { allowed: true, auditId: "mine", source: "server" };
    };
    const given = { b: 1, a: [{ deep: "x" }], gone: undefined };
    const found = await guard.guard(away, asks(), { ...READ, arguments: given }, { ...here, evaluate });
    equal(found.decision, { allowed: true, auditId: "", source: "local" });
    equal(seen, [[[], { ...READ, arguments: { b: 1, a: [{ deep: "x" }] } }]]);
    ok(seen[0][1].arguments !== given, "a copy");
  },

  async "arguments: what the server would not see as it is is asked nowhere"({ sdk, guard }) {
    class Call {
      to = "x";
    }
    const values = [
      ...[new Map([["a", 1]]), new Set(["a"]), new URLSearchParams("a=1"), new FormData(), new Headers({ a: "1" })],
      ...[new Blob(["a"]), Promise.resolve(1), new Error("a"), new Date(), Object("a"), Object(1), new Call()],
      ...[new URL("https://evil.example"), new Uint8Array(2), Symbol("a"), () => 1, 1n, Number.NaN, "\ud800"],
      ...[{ toJSON: () => "other" }, Object.create({ to: "x" }), Object.assign([1], { toJSON: () => [] })],
      // biome-ignore lint/suspicious/noSparseArray: that is what is tried
      [1, , 2],
    ];
    let evaluated = 0;
    const options = {
      ...here,
      evaluate() {
        evaluated++;
        return { allowed: true };
      },
    };
    for (const error of [undefined, new sdk.NetworkError("away")])
      for (const value of values) {
        const kavach = authorizer(() => (error ? Promise.reject(error) : ALLOWED));
        const shapes = [{ to: value }, { deep: [{ to: value }] }];
        if (typeof value === "object") shapes.push(value);
        for (const given of shapes) {
          const found = await guard.guard(kavach, asks(), { ...READ, arguments: () => given }, options);
          if (given === value && value instanceof Promise) continue; // Awaited, as documented: then it is 1.
          equal([String(value), found.reason, found.response?.status], [String(value), "invalid_request", 400]);
          ok(found.error.message.startsWith("rule.arguments"), found.error.message);
          equal(found.error.code, "INVALID_ARGUMENT");
        }
        equal([kavach.asked, evaluated], [0, 0]);
      }
  },

  async "arguments: their size has a limit, which is checked before anything is asked"({ guard }) {
    const sized = (bytes) => ({ ...READ, arguments: { a: "x".repeat(bytes - '{"a":""}'.length) } });
    for (const [rule, options, expected] of [
      [sized(65_536), {}, true],
      [sized(65_537), {}, false],
      [{ ...READ, arguments: { a: "é".repeat(32_768) } }, {}, false], // Bytes, not characters.
      [sized(65_537), { argumentsLimit: 100_000 }, true],
      [sized(4_500_000), { argumentsLimit: Number.POSITIVE_INFINITY }, true],
      [sized(101), { argumentsLimit: 100 }, false],
      [{ ...READ, arguments: {} }, { argumentsLimit: 0 }, false],
      [READ, { argumentsLimit: 0 }, true],
    ]) {
      const kavach = authorizer();
      const found = await guard.guard(kavach, asks(), rule, { ...here, ...options });
      equal([found.ok, kavach.asked], [expected, expected ? 1 : 0]);
      if (!expected) equal([found.reason, found.response.status], ["request_too_large", 413]);
    }
  },
};
