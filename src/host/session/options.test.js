// The options of a session, and what a client must be.
import assert from "node:assert/strict";
import { it } from "node:test";
import { BASE, Page, pollute } from "./fake-page.mjs";
import { contractOf, sessionOptions } from "./options.js";

const page = new Page();
const read = (options, client = {}) => sessionOptions(contractOf(page.client(client)), options);
const refused = (options, message, client) =>
  assert.throws(
    () => read(options, client),
    (error) => error.code === "INVALID_ARGUMENT" && message.test(error.message) && !error.message.includes("s3cret"),
  );

it("has defaults", () => {
  const defaults = { isCookie: false, storage: "memory", key: `kavachos.session:${BASE}` };
  const rest = { refreshUrl: undefined, tabs: true, focus: true, initial: undefined };
  for (const options of [undefined, null, {}]) assert.deepEqual(read(options), { ...defaults, ...rest });
  assert.deepEqual(read({ mode: "cookie" }).storage, "local");
});

it("takes what it is given", () => {
  const storage = { getItem() {}, setItem() {} };
  const user = { id: "ann", name: "Ann", role: "admin" };
  const initial = { user, expiresAt: "soon", token: "t" };
  const found = read({ storage, key: "k", refreshUrl: "/refresh", tabs: false, focus: false, initial });
  assert.deepEqual(found, {
    ...{ isCookie: false, storage, key: "k", refreshUrl: "https://app.example/refresh", tabs: false, focus: false },
    initial: { user: { id: "ann", name: "Ann" }, expiresAt: "soon", token: "t" },
  });
  assert.equal(read({ initial: null }).initial, null);
  assert.equal(read({ mode: "cookie", initial: { user } }).initial.token, undefined);
});

it("names what is wrong", () => {
  for (const storage of ["disk", 5, {}, { getItem: "x" }]) refused({ storage }, /^options\.storage must be "memory"/);
  for (const refreshUrl of ["ftp://a.example/", "data:,x", "http://["]) refused({ refreshUrl }, /refreshUrl/);
  refused({ mode: "both" }, /mode/);
  refused({ colour: "red" }, /colour/);
  for (const initial of [5, {}, { user: {} }, { user: { id: "a" } }, { user: { id: "a" }, token: "s3cret token" }])
    refused({ initial }, /^options\.initial must be null or/);
  refused({ mode: "cookie", initial: { user: { id: "a" }, token: "s3cret" } }, /^options\.initial/);
});

it("wants a client that sends nothing but the session", () => {
  refused({}, /no token but session\.token/, { token: "s3cret" });
  refused({}, /credentials "include" in mode "bearer"/, { credentials: "include" });
  refused({ mode: "cookie" }, /credentials "omit" in mode "cookie"/, { credentials: "omit" });
  assert.equal(read({ mode: "cookie" }, { credentials: "same-origin" }).isCookie, true);
  assert.equal(read({}, { token: () => "t" }).isCookie, false);
});

it("wants a client", () => {
  for (const kavach of [undefined, null, {}, "client", { [Symbol.for("kavachos.client")]: {} }])
    assert.throws(() => contractOf(kavach), { name: "TypeError", code: "INVALID_ARGUMENT" });
});

it("reads own members only", (context) => {
  pollute(context, { storage: "disk", initial: 5, mode: "cookie", refreshUrl: "https://evil.example" });
  const { storage, initial, isCookie, refreshUrl } = read({});
  assert.deepEqual([storage, initial, isCookie, refreshUrl], ["memory", undefined, false, undefined]);
});
