// The state as programs see it.
import assert from "node:assert/strict";
import { it } from "node:test";
import {
  OUT_REVOKED,
  PHASE_LOADING,
  PHASE_SIGNED_IN,
  PHASE_SIGNED_OUT,
  PHASE_UNKNOWN,
} from "../../../generated/session.js";
import { stateOf } from "./state.js";

const record = { user: { id: "ann" }, token: "secret", expiresAt: "soon", method: "password", below: [], deadline: 5 };

it("says who is signed in, and never by what", () => {
  const state = stateOf(PHASE_SIGNED_IN, record);
  assert.deepEqual(state, { status: "signedIn", user: { id: "ann" }, expiresAt: "soon", method: "password" });
  assert.ok(Object.isFrozen(state));
});

it("names the person who acts as another one: the last", () => {
  const below = [{ user: { id: "root" } }, { user: { id: "admin" } }];
  assert.deepEqual(stateOf(PHASE_SIGNED_IN, { ...record, below }).impersonator, { id: "admin" });
});

it("leaves out what is not known", () => {
  assert.deepEqual(stateOf(PHASE_UNKNOWN, undefined), { status: "unknown" });
  assert.deepEqual(Object.keys(stateOf(PHASE_UNKNOWN, { ...record, expiresAt: undefined })), [
    "status",
    "user",
    "method",
  ]);
  assert.deepEqual(stateOf(PHASE_LOADING, record), { status: "loading" });
  assert.deepEqual(stateOf(PHASE_SIGNED_OUT | (OUT_REVOKED << 2), record), { status: "signedOut", reason: "revoked" });
});
