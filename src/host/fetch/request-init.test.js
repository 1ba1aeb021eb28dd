// What `fetch` is given.
import assert from "node:assert/strict";
import { it } from "node:test";
import { acceptsNoStore, Init, requestInit } from "./request-init.js";

const MEBIBYTE = 1024 * 1024;

it("bounds responses, unless told otherwise", () => {
  assert.deepEqual(requestInit(undefined, {}), { fields: {}, limit: 64 * MEBIBYTE });
  assert.equal(requestInit(undefined, { maxResponseBytes: 5 }).limit, 5);
  assert.equal(requestInit(undefined, { maxResponseBytes: 0 }).limit, 0);
  assert.equal(requestInit({ fields: {}, limit: 5 }, {}).limit, 5);
  assert.equal(requestInit({ fields: {}, limit: 5 }, { maxResponseBytes: null }).limit, 5);
  assert.equal(
    requestInit({ fields: {}, limit: 5 }, { maxResponseBytes: Number.POSITIVE_INFINITY }).limit,
    Number.POSITIVE_INFINITY,
  );
});

it("lays the fields of a call over those of the client", () => {
  const beneath = requestInit(undefined, { init: { next: { revalidate: 1 }, keepalive: true }, cache: "reload" });
  assert.deepEqual(requestInit(beneath, { init: { keepalive: false } }).fields, {
    next: { revalidate: 1 },
    keepalive: false,
    cache: "reload",
  });
  assert.equal(requestInit(beneath, { cache: "no-store" }).fields.cache, "no-store");
  assert.equal(requestInit(beneath, { init: { cache: "default" } }).fields.cache, "default");
  assert.equal(requestInit(beneath, { cache: null }).fields.cache, "reload");
  assert.deepEqual(beneath.fields, { next: { revalidate: 1 }, keepalive: true, cache: "reload" });
});

it("does not take what options inherit", () => {
  assert.deepEqual(
    requestInit(undefined, Object.create({ init: { a: 1 }, cache: "reload", maxResponseBytes: 1 })).fields,
    {},
  );
});

it("inherits nothing that a host would read, whatever Object.prototype holds", () => {
  Object.prototype.credentials = "include";
  try {
    const init = new Init({ mode: "cors" }, "GET", { Accept: "a" }, undefined);
    assert.equal("credentials" in init, false);
    assert.equal(Object.getPrototypeOf(Object.getPrototypeOf(init)), null);
  } finally {
    delete Object.prototype.credentials;
  }
});

it("sets what the client decides over the caller's fields, and returns a copy of the headers", () => {
  const headers = { Accept: "a" };
  const { signal } = new AbortController();
  const init = new Init(
    { method: "DELETE", redirect: "follow", signal: null, headers: { evil: "x" }, next: 1 },
    "GET",
    headers,
    signal,
  );
  assert.deepEqual({ ...init }, { method: "GET", headers, signal, redirect: "manual", next: 1 });
  init.headers.Accept = "changed";
  assert.equal(headers.Accept, "a");
});

it("knows whether the host takes no-store", () => {
  assert.equal(acceptsNoStore(), true);
});
