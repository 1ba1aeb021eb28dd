// What all hooks of an application share.
import assert from "node:assert/strict";
import { it } from "node:test";
import { FakeSession, fakes } from "../../../tests/hooks/fakes.mjs";
import { resultOf } from "./action-result.js";
import { contextOf } from "./context.js";

it("makes its client and session at their first use, once, and nothing for a server", async () => {
  const made = [];
  const session = new FakeSession();
  const make = {
    client(options) {
      made.push(options);
      return options;
    },
    session(client, options) {
      made.push(["session", client, options]);
      return session;
    },
  };
  const context = contextOf({ initial: null }, make);
  assert.deepEqual(context.initially.state, { status: "signedOut", reason: "none" });
  assert.deepEqual(made, []);
  assert.equal(context.session, session);
  assert.equal(context.kavach, context.kavach);
  const asked = { baseUrl: "/api/kavach" };
  assert.deepEqual(made, [
    asked,
    ["session", asked, { storage: "local", initial: null }],
    { baseUrl: "/api/kavach", token: session.token },
  ]);
  contextOf({ basePath: "/kavach", storage: "memory" }, make).get();
  assert.deepEqual(made.slice(3, 5), [
    { baseUrl: "/kavach" },
    ["session", { baseUrl: "/kavach" }, { storage: "memory" }],
  ]);
});

it("stops the session that it has made, and no other", () => {
  const session = new FakeSession();
  const make = { client: (options) => options, session: () => session };
  const context = contextOf({}, make);
  context.stop();
  assert.equal(session.stops, 0, "nothing has been made yet");
  context.get();
  context.stop();
  assert.equal(session.stops, 1);
  const given = new FakeSession();
  const other = contextOf({ session: given }, make);
  other.get();
  other.stop();
  assert.deepEqual([given.stops, session.stops], [0, 1]);
});

it("refuses what it does not know, by name", () => {
  const { never } = fakes();
  for (const [options, message] of [
    [{ agentID: "a" }, /agentID is none of .*agentId/],
    [{ session: {} }, /createSession/],
    [{ initial: {} }, /initial must be null/],
    [{ initial: { user: {} } }, /initial must be null/],
  ])
    assert.throws(() => contextOf(options, never), { code: "INVALID_ARGUMENT", message });
});

it("shows who is signed in: the same value until that changes, and no token", () => {
  const { session, options, never } = fakes();
  const { get } = contextOf(options, never);
  assert.deepEqual([get().isLoading, get().isAuthenticated, get().user], [true, false, null]);
  session.set({ status: "signedIn", user: { id: "ann" }, method: "passkey", expiresAt: "2030-01-01T00:00:00Z" });
  assert.equal(get(), get());
  assert.deepEqual(get().session, { user: { id: "ann" }, method: "passkey", expiresAt: "2030-01-01T00:00:00Z" });
  assert.deepEqual([get().isLoading, get().isAuthenticated, get().user], [false, true, { id: "ann" }]);
  session.set({ status: "unknown", user: { id: "ann" } });
  assert.deepEqual([get().isAuthenticated, get().user, get().isLoading], [false, null, false], "not for certain");
});

it("renders whom the server has found", () => {
  const { options, never } = fakes();
  const user = { id: "ann" };
  const initially = (initial) => contextOf({ ...options, initial }, never).initially;
  assert.deepEqual(initially({ user, token: "secret" }).session, { user, method: "initial" });
  assert.equal(initially({ user, expiresAt: "2030-01-01T00:00:00Z" }).session.expiresAt, "2030-01-01T00:00:00Z");
  assert.equal(initially(null).isLoading, false);
  assert.equal(initially(undefined).isLoading, true);
});

it("makes a result of every failure", async () => {
  const { session, options, never } = fakes();
  const context = contextOf(options, never);
  assert.deepEqual(await context.signIn("ann@x.test", "password-1"), { success: true, data: undefined });
  assert.equal(context.get().user.id, "ann");
  const refused = { success: false, error: "That is not it.", code: "INVALID_CREDENTIALS" };
  assert.deepEqual(await context.signIn("ann@x.test", "other"), refused);
  assert.deepEqual(await context.signUp("ann@x.test", "other", "Ann"), refused);
  assert.equal(session.name, "Ann");
  session.usable = false;
  const { success, code, error } = await context.signUp("ann@x.test", "password-1");
  assert.deepEqual([success, code, session.name], [false, "NOT_SUPPORTED", undefined]);
  assert.match(error, /password/);
  session.signIn = () => {
    throw new Error("at once");
  };
  assert.deepEqual(await context.signIn("ann@x.test", "p"), { success: false, error: "at once" });
  assert.deepEqual(await resultOf(() => Promise.reject("text")), { success: false, error: "The action failed." });
  assert.deepEqual(await resultOf(() => Promise.reject(null)), { success: false, error: "The action failed." });
  await context.signOut();
  assert.equal(context.get().isAuthenticated, false);
  await context.refresh();
  assert.equal(session.refreshed, true);
});
