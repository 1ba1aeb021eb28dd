// A server, as the options of a client say how to reach it.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { MEMORY_ADAPTER, MEMORY_AUTH_URL, MEMORY_AUTO, MEMORY_SDK } from "../../../generated/protocol.js";
import { connect, dialectOf } from "./connection.js";
import { attach } from "./core.js";
import { fake } from "./fake-core.mjs";

before(() => attach(fake));

const BASE = { baseUrl: "https://a.example/api/" };
const warnings = (options) => {
  const told = [];
  connect({ ...options, logger: { warn: (text) => told.push(text) } });
  return told.length;
};

it("has bases without slashes at their ends, and the dialect that is set", () => {
  const { baseUrl, authUrl, memory } = connect(BASE);
  assert.deepEqual([baseUrl, authUrl, memory], ["https://a.example/api", "https://a.example/api", MEMORY_AUTO]);
  assert.equal(connect({ ...BASE, authUrl: new URL("https://people.example/") }).authUrl, "https://people.example");
  assert.equal(connect({ ...BASE, dialect: "sdk" }).memory, MEMORY_SDK);
  assert.equal(
    connect({ ...BASE, dialect: "adapter", authUrl: "https://b.example" }).memory,
    MEMORY_ADAPTER | MEMORY_AUTH_URL,
  );
});

it("says the dialect, also where there is no module", () => {
  assert.deepEqual(
    ["auto", "sdk", "adapter"].map((dialect) => dialectOf(connect({ ...BASE, dialect }))),
    ["auto", "sdk", "adapter"],
  );
  attach({
    dialect() {
      throw new Error("no module");
    },
  });
  assert.equal(dialectOf(connect({ ...BASE, dialect: "sdk" })), "auto");
  attach(fake);
});

it("uses the caller's own fetch, or the host's", () => {
  const fetch = async () => new Response();
  const own = connect({ ...BASE, fetch, credentials: "include" }).host;
  assert.deepEqual([own.send, own.isGlobal, own.credentials], [fetch, false, "include"]);
  assert.equal(connect(BASE).host.isGlobal, true);
  assert.equal(connect(BASE).host.redirect(200, 0, false), -1, "redirects are decided by the module");
});

it("has observers only if there are any", () => {
  assert.equal(connect(BASE).observers, undefined);
  assert.equal(typeof connect({ ...BASE, onRetry() {} }).observers.onRetry, "function");
});

it("warns of unencrypted bases, unless that is meant or over no network", () => {
  assert.equal(warnings({ baseUrl: "http://one.example" }), 1);
  assert.equal(warnings({ ...BASE, authUrl: "http://two.example" }), 1);
  assert.equal(warnings({ baseUrl: "http://three.example", allowInsecure: true }), 0);
  assert.equal(warnings({ baseUrl: "http://four.example", fetch: async () => new Response() }), 0);
  assert.equal(warnings(BASE), 0);
});

it("refuses wrong options with an error that names them and shows no secret", () => {
  for (const [options, message] of [
    [undefined, "options must be an object such as { baseUrl, token }"],
    [{ ...BASE, token: "secret\n" }, /^options\.token must be a bearer token/],
    [{ baseUrl: "https://user:secret@a.example" }, /^options\.baseUrl must be a URL without a user name or password/],
  ])
    assert.throws(
      () => connect(options),
      (error) => {
        assert.deepEqual([error.name, error.code], ["KavachError", "INVALID_ARGUMENT"]);
        assert.match(error.message, message instanceof RegExp ? message : new RegExp(`^${message}$`));
        return !error.message.includes("secret");
      },
    );
});
