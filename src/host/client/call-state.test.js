import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_ANSWER } from "../../../generated/failures.js";
import { CallState } from "./call-state.js";
import { connect } from "./connection.js";
import { Invocation } from "./request.js";

const endpoint = { name: "agents.get", capability: "This capability", answer: { form: 1 } };

// The state of a call with these settings; what it rejects with is kept.
function stateOf(settings = {}, invocation = new Invocation()) {
  const connection = connect({ baseUrl: "https://app.example", token: "kv_client", ...settings });
  const rejected = [];
  const state = new CallState(
    connection,
    endpoint,
    connection.settings,
    invocation,
    () => {},
    rejected.push.bind(rejected),
  );
  return { state, rejected };
}

test("the shorter of timeout and deadline limits a wait", () => {
  const { state } = stateOf({ timeout: 1000 });
  assert.deepEqual(state.limit(), { timeout: 1000, isLast: false });
  const { state: late } = stateOf({ timeout: 1000, deadline: 500 });
  const { timeout, isLast } = late.limit();
  assert.ok(timeout > 0 && timeout <= 500 && isLast);
});

test("tokens that were in use stay secret", () => {
  const invocation = Object.assign(new Invocation(), { token: "kv_own", secrets: ["pass-word", undefined] });
  const { state, rejected } = stateOf({ headers: { "X-Api-Key": "key-1234" } }, invocation);
  state.useToken("kv_first");
  state.useToken("kv_second");
  assert.deepEqual(state.spent, ["kv_first"]);
  state.failBecause(NO_ANSWER, new Error("kv_first kv_second kv_own pass-word key-1234"));
  const error = rejected[0].toError();
  assert.doesNotMatch(`${error.message} ${error.cause.message}`, /kv_|pass-word|key-1234/);
});

test("a failure before the first attempt names no request", () => {
  const { state, rejected } = stateOf();
  state.fail(NO_ANSWER, undefined, { cause: "x" });
  const { members } = rejected[0];
  assert.deepEqual([members.operation, members.method, members.url], ["agents.get", undefined, undefined]);
});
