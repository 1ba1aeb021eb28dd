// Which request each method makes, in both dialects, and what is refused before there is one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { ENDPOINTS } from "../../generated/endpoints.js";
import * as generated from "../../generated/protocol.js";
import { argumentsOf } from "./arguments.mjs";
import { BASE, casesOf, invoke } from "./cases.mjs";
import { answer, busy, rejected, script } from "./stub.mjs";

const protocol = { ...generated };
const { KavachClient, ...sdk } = await import(process.env.KAVACHOS_PACKAGE);
const { routes, ids, filters, bodies, refused } = casesOf("requests.json");
const DIALECTS = ["sdk", "adapter"];
// What has no route there cannot be asked for; what does rejects with a 418, which is never retried.
const teapot = () => script(answer(418));
const client = (fetch, options) => new KavachClient({ baseUrl: BASE, maxRetries: 0, fetch, ...options });

// The request that a call makes, as a line and a body; null if it makes none.
async function sent(call, dialect) {
  const fetch = teapot();
  const error = await rejected(invoke(client(fetch, { dialect }), call));
  if (fetch.calls.length === 0) return [null, error.code];
  assert.deepEqual([fetch.calls.length, error.status], [1, 418]);
  const [{ method, url, body }] = fetch.calls;
  assert.ok(url.startsWith(`${BASE}/`), url);
  return [`${method} ${url.slice(BASE.length)}`, ...(body === undefined ? [] : [JSON.parse(body)])];
}

// The methods that make one request when they are called. `audit.iterate` makes one when it is iterated.
const METHODS = ENDPOINTS.filter(({ name }) => name !== "audit.iterate");

describe("a request", () => {
  for (const [what, cases] of Object.entries({ routes, ids, filters, bodies }))
    for (const { call, about = inspect(call, { breakLength: Number.POSITIVE_INFINITY }), ...expected } of cases)
      it(`${what}: ${about}`, async () => {
        const before = structuredClone(call);
        for (const dialect of DIALECTS) {
          const line = dialect in expected ? expected[dialect] : expected.both;
          assert.deepEqual(await sent(call, dialect), line ?? [null, "NOT_SUPPORTED"], dialect);
        }
        assert.deepEqual(call, before, "the caller's objects stay as they are");
      });

  it("has a case for each method", () => {
    const cases = routes.map(({ call }) => call[0]);
    assert.deepEqual(cases.toSorted(), METHODS.map(({ name }) => name).toSorted());
  });

  for (const { call, message, advice } of refused)
    it(`refused: ${inspect(call, { breakLength: Number.POSITIVE_INFINITY })}`, async () => {
      const fetch = teapot();
      const error = await rejected(invoke(client(fetch, { dialect: "sdk" }), call));
      assert.deepEqual([error.constructor, error.code], [sdk.KavachError, "INVALID_ARGUMENT"]);
      assert.equal(error.message, advice === undefined ? message : `${message} ${advice}`);
      assert.equal(error.operation, call[0]);
      assert.equal(fetch.calls.length, 0);
      assert.ok(!inspect(error, { showHidden: true, depth: 9 }).includes("kv_s"), "a wrong token is not shown");
    });

  it("does not show what is secret in it, when it fails and in the client", async () => {
    const account = { email: "a@example.com", password: "secret-pw" };
    for (const call of [
      ["auth.authorizeByToken", "secret-token", { action: "read", resource: "r" }],
      ["auth.signIn", account],
      ["auth.signUp", account],
    ]) {
      const echoing = async (_, { headers, body }) =>
        Response.json({ message: `no: ${headers.Authorization} ${body}` }, { status: 400 });
      const kavach = client(echoing, { dialect: "sdk", token: "secret-own" });
      const error = await rejected(invoke(kavach, call));
      assert.equal(error.status, 400);
      const shown = [error, error.toJSON(), kavach].map((value) => inspect(value, { showHidden: true, depth: 9 }));
      assert.ok(!shown.join().includes("secret"), shown.join("\n"));
    }
  });
});

// After which failures a call is repeated: those with + say how long to wait.
const RETRIED = {
  idempotent: ["none", "408", "429", "429+", "500", "500+", "502", "503", "503+", "504"],
  decision: ["none", "429", "429+", "502", "503", "503+", "504"],
  once: ["429", "429+", "503+"],
};
const FAILURES = [...RETRIED.idempotent, "400", "409", "418", "422", "501", "505"];
const told = (failure) => (failure.endsWith("+") ? busy(0, Number.parseInt(failure, 10)) : answer(Number(failure)));
const classOf = ({ traits }) => {
  if (traits & protocol.TRAIT_RETRY_DECISION) return "decision";
  return traits & protocol.TRAIT_RETRY_NEVER_TWICE ? "once" : "idempotent";
};

// Every endpoint, as it is declared: one that is added is covered.
describe("each endpoint", () => {
  for (const endpoint of METHODS) {
    const { name, takes, traits, adds, adapterId } = endpoint;
    const given = argumentsOf(endpoint);
    const of = (kind) => given[takes.findIndex(([found]) => found === protocol[`ARGUMENT_${kind}`])];

    for (const dialect of DIALECTS)
      it(`${name} asks as declared in the ${dialect} dialect`, async () => {
        const fetch = teapot();
        const kavach = client(fetch, { dialect, token: "own-token", authUrl: "https://people.example/auth" });
        const error = await rejected(invoke(kavach, [name, ...given]));
        const route = endpoint[dialect];
        if (!route) {
          assert.deepEqual([fetch.calls.length, error.code], [0, "NOT_SUPPORTED"]);
          return;
        }
        const [{ url, method, body, headers, redirect }] = fetch.calls;
        const { origin, pathname, searchParams } = new URL(url);
        const base = new URL(traits & protocol.TRAIT_AUTH ? "https://people.example/auth" : BASE);
        const id = of("ID");
        assert.equal(method, route[0]);
        assert.equal(origin, base.origin);
        assert.equal(pathname, base.pathname + route[1].replace(":id", encodeURIComponent(id)));
        assert.equal(redirect, "manual");

        const query = takes.some(([kind]) => kind === protocol.ARGUMENT_QUERY);
        const wanted = Object.entries({ ...(query && adds ? { [adds[0]]: adds[1] } : {}), ...of("QUERY") });
        assert.deepEqual(
          Object.fromEntries(searchParams),
          Object.fromEntries(wanted.map(([key, value]) => [key, `${value}`])),
        );

        if (of("BODY") === undefined) assert.equal(body, undefined);
        else {
          const isLed = dialect === "adapter" && adapterId !== undefined;
          const expected = {
            ...(isLed ? { [adapterId]: id } : {}),
            ...(adds ? { [adds[0]]: adds[1] } : {}),
            ...of("BODY"),
          };
          assert.deepEqual(JSON.parse(body), expected);
        }
        assert.equal(headers["Content-Type"], body === undefined ? undefined : "application/json");
        assert.equal(headers.Authorization, `Bearer ${of("TOKEN") ?? of("OPTIONAL_TOKEN") ?? "own-token"}`);
        assert.deepEqual([error.operation, error.method, error.url], [name, method, url.split("?")[0]]);
      });

    it(`${name} is retried by its class`, async () => {
      const dialect = endpoint.sdk ? "sdk" : "adapter";
      const retried = RETRIED[classOf(endpoint)];
      for (const failure of FAILURES) {
        const fetch = script(failure === "none" ? () => Promise.reject(new TypeError("reset")) : told(failure));
        const controller = new AbortController();
        let retries = 0;
        const onRetry = () => {
          retries++;
          controller.abort(); // The waits are for tests/calls/retries.test.mjs.
        };
        const options = { signal: controller.signal, deadline: 100_000 };
        await rejected(invoke(client(fetch, { dialect, maxRetries: 1, onRetry }), [name, ...given, options]));
        assert.deepEqual([fetch.calls.length, retries], [1, retried.includes(failure) ? 1 : 0], `after ${failure}`);
      }
    });

    it(`${name} refuses a call without its arguments`, async () => {
      const required = takes.filter(
        ([kind]) => ![protocol.ARGUMENT_QUERY, protocol.ARGUMENT_OPTIONAL_TOKEN].includes(kind),
      );
      if (required.length === 0) return;
      const fetch = teapot();
      const error = await rejected(invoke(client(fetch), [name]));
      assert.deepEqual([error.code, fetch.calls.length], ["INVALID_ARGUMENT", 0]);
      assert.ok(error.message.startsWith(`${takes[0][1]} must be `), error.message);
    });
  }

  it("audit.iterate asks as declared for each page, and is retried as what is idempotent", async () => {
    const { sdk: route, adapter, traits } = ENDPOINTS.find(({ name }) => name === "audit.iterate");
    assert.deepEqual([route, adapter, classOf({ traits })], [["GET", "/audit"], ["GET", "/audit"], "idempotent"]);
    for (const dialect of DIALECTS) {
      const fetch = script(busy(0), answer(200, []));
      const entries = client(fetch, { dialect, maxRetries: 1 }).audit.iterate({ agentId: "a&b" }, { pageSize: 5 });
      assert.deepEqual(await entries.toArray(), []);
      const lines = fetch.calls.map(({ method, url }) => `${method} ${url.slice(BASE.length)}`);
      assert.deepEqual(lines, new Array(2).fill("GET /audit?agentId=a%26b&limit=5&offset=0"));
    }
  });
});
