// Options of a client and of a call.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Mismatch, sentence } from "../validate/mismatch.js";
import { callSettings, clientOptions, clientSettings } from "./options.js";

const BASE = { baseUrl: "https://a.example" };
const settingsOf = (options) => clientSettings(clientOptions({ ...BASE, ...options }));
const refusal = (run) => {
  try {
    run();
  } catch (problem) {
    assert.ok(problem instanceof Mismatch, `${problem}`);
    return sentence(problem);
  }
  return assert.fail("it was taken");
};
const throwing = () => {
  throw new Error("secret");
};

it("have defaults", () => {
  const { token, headers, timeout, deadline, maxRetries, signal, shareToken, init } = settingsOf({});
  assert.deepEqual(
    [token, headers, timeout, deadline, maxRetries, signal, shareToken, init.fields],
    [undefined, [], 30_000, Number.POSITIVE_INFINITY, 2, undefined, false, {}],
  );
  assert.deepEqual(settingsOf({ timeout: null, maxRetries: null, headers: null, token: null }), settingsOf({}));
});

it("of a call lie over those of its client, which stay as they are", () => {
  const ofClient = settingsOf({ token: "kv_client", headers: { "X-A": "1", "X-B": "2" }, timeout: 5, maxRetries: 0 });
  const before = structuredClone(ofClient);
  const { signal } = new AbortController();
  const ofCall = callSettings(ofClient, {
    signal,
    token: "kv_call",
    headers: { "x-a": "3" },
    maxRetries: 4,
    deadline: 9,
  });
  assert.deepEqual(
    [ofCall.token, ofCall.timeout, ofCall.deadline, ofCall.maxRetries, ofCall.signal],
    ["kv_call", 5, 9, 4, signal],
  );
  assert.deepEqual(ofCall.headers, [
    ["x-a", "3"],
    ["X-B", "2"],
  ]);
  assert.deepEqual(ofClient, before);
  for (const options of [undefined, null]) assert.equal(callSettings(ofClient, options), ofClient);
  assert.equal(callSettings(ofClient, {}).headers, ofClient.headers);
});

it("keep a zero and a false that are meant", () => {
  const ofClient = settingsOf({ maxRetries: 5, maxResponseBytes: 10, allowUnknown: true });
  const ofCall = callSettings(ofClient, { maxRetries: 0, maxResponseBytes: 0, allowUnknown: false });
  assert.deepEqual([ofCall.maxRetries, ofCall.init.limit, ofCall.allowUnknown], [0, 0, false]);
});

it("are refused by name", () => {
  for (const [options, message] of [
    [undefined, "options must be an object such as { baseUrl, token }"],
    [null, "options must be an object such as { baseUrl, token }"],
    ["https://a.example", "options must be an object such as { baseUrl, token }"],
    [[], "options must be an object such as { baseUrl, token }"],
    [{}, /^options\.baseUrl must be an http: or https: URL/],
    [{ ...BASE, timeout: 0 }, "options.timeout must be a positive number of milliseconds (Infinity for no limit)"],
    [{ ...BASE, maxRetries: -1 }, "options.maxRetries must be a whole number of 0 or more"],
    [{ ...BASE, token: "a b" }, /^options\.token must be a bearer token/],
    [{ ...BASE, dialect: "rest" }, 'options.dialect must be "auto", "sdk" or "adapter"'],
    [
      { ...BASE, headers: { "X-A": "a\nb" } },
      'options.headers["X-A"] must be a string without line breaks, NUL or characters beyond Latin-1',
    ],
    [
      { ...BASE, init: { body: "x" } },
      "options.init must be an object without method, body, headers, signal and redirect",
    ],
    [{ ...BASE, baseURL: "x" }, 'options.baseURL must be left out: the name is not known. Did you mean "baseUrl"?'],
    [{ ...BASE, signal: new AbortController().signal }, /^options\.signal must be left out/],
  ])
    if (message instanceof RegExp)
      assert.match(
        refusal(() => clientOptions(options)),
        message,
      );
    else
      assert.equal(
        refusal(() => clientOptions(options)),
        message,
      );
  const settings = settingsOf({});
  assert.equal(
    refusal(() => callSettings(settings, "x")),
    "options must be an object such as { signal, timeout }",
  );
  assert.equal(
    refusal(() => callSettings(settings, new AbortController().signal)),
    "options must be a plain object",
  );
  assert.equal(
    refusal(() => callSettings(settings, { signal: {} })),
    "options.signal must be an AbortSignal",
  );
  assert.match(
    refusal(() => callSettings(settings, { baseUrl: "https://b.example" })),
    /^options\.baseUrl must be left out/,
  );
});

it("whose init throws when it is looked at are refused, too", () => {
  const getter = Object.defineProperty({}, "next", { get: throwing, enumerable: true });
  for (const init of [
    getter,
    new Proxy({}, { ownKeys: throwing }),
    new Proxy({ a: 1 }, { getOwnPropertyDescriptor: throwing }),
  ])
    for (const read of [settingsOf, (given) => callSettings(settingsOf({}), given)])
      assert.match(
        refusal(() => read({ init })),
        /^options must be a value that can be read/,
      );
});

it("that throw when they are looked at are refused, without what they throw", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const options of [
    revoked.proxy,
    new Proxy({}, { ownKeys: throwing }),
    Object.defineProperty({}, "timeout", { get: throwing, enumerable: true }),
  ])
    for (const read of [clientOptions, (given) => callSettings(settingsOf({}), given)])
      assert.ok(!refusal(() => read(options)).includes("secret"));
});

it("are not taken from a polluted prototype", () => {
  Object.assign(Object.prototype, {
    token: "kv_polluted",
    shareToken: true,
    maxRetries: 99,
    init: { a: 1 },
    signal: AbortSignal.abort(),
  });
  try {
    const { token, shareToken, maxRetries, init } = settingsOf({});
    assert.deepEqual([token, shareToken, maxRetries, init.fields], [undefined, false, 2, {}]);
    const ofCall = callSettings(settingsOf({}), {});
    assert.deepEqual([ofCall.token, ofCall.maxRetries, ofCall.signal], [undefined, 2, undefined]);
  } finally {
    for (const name of ["token", "shareToken", "maxRetries", "init", "signal"]) delete Object.prototype[name];
  }
});
