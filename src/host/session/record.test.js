// What is read of a storage and of an answer.
import assert from "node:assert/strict";
import { it } from "node:test";
import { pollute } from "./fake-page.mjs";
import { claimsOf, grantOf, hold, isToken, known, read, userOf, written } from "./record.js";

const record = (more = {}) => ({
  user: { id: "ann" },
  token: "t",
  method: "password",
  deadline: 5,
  below: [],
  ...more,
});
const stored = (more = {}) => JSON.stringify({ v: 1, stamp: 7, reason: 0, record: record(), ...more });

it("reads what was written", () => {
  const below = [{ ...record({ token: "b" }), expiresAt: undefined, renewed: false }];
  const value = { stamp: 7, reason: 3, owed: true, record: { ...record({ below }), expiresAt: "x", renewed: true } };
  assert.deepEqual(read(written(value), false), value);
  const endless = { ...value, record: { ...value.record, deadline: Number.POSITIVE_INFINITY } };
  assert.deepEqual(read(written(endless), false), endless);
});

it("reads nothing of what is something else", () => {
  for (const value of [undefined, null, "", "x", "5", "null", "[]", 5, stored({ v: 2 }), stored({ stamp: "7" })])
    assert.equal(read(value, false), undefined, `${value}`);
});

it("knows a session from what only looks like one", () => {
  const of = (value, isCookie = false) => read(stored({ record: value }), isCookie).record;
  for (const value of [
    null,
    5,
    "ann",
    [],
    {},
    { user: null },
    record({ user: { id: "" } }),
    record({ user: { id: 5 } }),
  ])
    assert.equal(of(value), undefined, JSON.stringify(value));
  for (const token of [undefined, "", "a b", "a\nb", "é", 5]) assert.equal(of(record({ token })), undefined);
  assert.equal(of(record(), true), undefined, "a cookie session has no token");
  assert.deepEqual(of(record({ token: undefined }), true).user, { id: "ann" });
  assert.ok(Number.isNaN(of(record({ deadline: "late" })).deadline), "which has passed");
  assert.deepEqual(of(record({ below: [{}, record({ token: "b" })] })).below.length, 1);
});

it("reads only so many sessions beneath each other", () => {
  let deep = record();
  for (let depth = 0; depth < 20; depth++) deep = record({ below: [deep] });
  let count = 0;
  for (let found = read(stored({ record: deep }), false).record; found; found = found.below[0]) count++;
  assert.equal(count, 9);
});

it("reads own members only", (context) => {
  const polluted = {
    user: { id: "eve" },
    userId: "eve",
    token: "evil",
    record: record(),
    email: "e",
    v: 1,
    stamp: 9,
    iat: 5,
  };
  pollute(context, polluted);
  assert.equal(read("{}", false), undefined);
  assert.equal(read('{"v":1,"stamp":7}', false).record, undefined);
  assert.deepEqual(grantOf({ session: {} }), { user: undefined, token: undefined, expiresAt: undefined });
  assert.deepEqual(Object.keys(userOf({ id: "ann" })), ["id"]);
  const holder = {
    contract: { decide: (ask) => ask({ sessionDeadline: (_, issued) => issued }) },
    host: { now: () => 0 },
  };
  assert.ok(Number.isNaN(hold(holder, { user: { id: "a" }, token: "a.e30.c" }, "password").deadline));
});

it("is a person, frozen, without what is no text", () => {
  assert.deepEqual(userOf({ id: "a", email: 5, name: "A", role: "admin" }), { id: "a", name: "A" });
  assert.ok(Object.isFrozen(userOf({ id: "a" })));
  for (const value of [undefined, null, "a", ["a"], {}]) assert.equal(userOf(value), undefined);
});

it("takes each form of an answer", () => {
  const user = { id: "ann" };
  assert.deepEqual(grantOf({ user, session: { token: "t", expiresAt: "e" } }), { user, token: "t", expiresAt: "e" });
  assert.deepEqual(grantOf({ userId: "ann", token: "t" }), { user, token: "t", expiresAt: undefined });
  assert.deepEqual(grantOf({ user, sessionToken: "s", expiresAt: "e" }), { user, token: "s", expiresAt: "e" });
  assert.deepEqual(grantOf(undefined), { user: undefined, token: undefined, expiresAt: undefined });
});

it("reads claims for what they are", () => {
  const token = (claims) => `a.${Buffer.from(claims).toString("base64url")}.c`;
  assert.deepEqual({ ...claimsOf(token('{"sub":"é"}')) }, { sub: "é" });
  for (const value of [undefined, "opaque", token("5"), token("{"), "a.*.c"])
    assert.deepEqual({ ...claimsOf(value) }, {});
  assert.deepEqual(["a-Z0", "", "a b", 5].map(isToken), [true, false, false, false]);
});

it("keeps the name of a person of whom the server tells the id alone", () => {
  const ann = { id: "ann", email: "ann@x.test", name: "Ann" };
  assert.equal(known(ann, { id: "ann" }), ann);
  for (const now of [{ id: "bob" }, { id: "ann", email: "new@x.test" }, { id: "ann", name: "Anna" }])
    assert.equal(known(ann, now), now);
  assert.deepEqual(known(undefined, { id: "ann" }), { id: "ann" });
});
