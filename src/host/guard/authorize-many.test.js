// Many decisions about one agent.
import assert from "node:assert/strict";
import { it } from "node:test";
import { authorizeMany } from "./authorize-many.js";

const request = (resource, args) => ({ action: "read", resource, ...(args && { arguments: args }) });
const counting = (answer = async () => ({ allowed: true, auditId: "a" })) => {
  const calls = [];
  const call =
    (kind) =>
    (...given) => {
      calls.push([kind, ...given]);
      return answer(given[1]);
    };
  return { calls, kavach: { authorize: call("id"), auth: { authorizeByToken: call("token") } } };
};

it("returns outcomes in order, errors among them", async () => {
  const { kavach } = counting(async ({ resource }) => {
    if (resource === "bad") throw new Error("no");
    return { allowed: resource === "yes", auditId: resource };
  });
  const outcomes = await authorizeMany(kavach, "agent-1", [request("yes"), request("bad"), {}, request("no")]);
  assert.deepEqual(
    outcomes.map(({ decision, error }) => decision?.allowed ?? error.message),
    [true, "no", "request.action must be a non-empty string", false],
  );
});

it("asks equal requests once, and gives each its own decision", async () => {
  const { calls, kavach } = counting();
  const requests = [request("a", { x: 1, y: 2 }), request("a", { y: 2, x: 1 })];
  const [first, second] = await authorizeMany(kavach, { token: "kv_1" }, requests);
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0].slice(0, 2), ["token", "kv_1"]);
  assert.deepEqual(first, second);
  assert.notEqual(first.decision, second.decision);
  await authorizeMany(kavach, { token: "kv_1" }, requests, { dedupe: false });
  assert.equal(calls.length, 3);
});

it("sends a few at a time", async () => {
  let [running, most] = [0, 0];
  const { kavach } = counting(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return { allowed: true, auditId: "a" };
  });
  const requests = Array.from({ length: 10 }, (_, index) => request(`r${index}`));
  await authorizeMany(kavach, "agent-1", requests, { concurrency: 3 });
  assert.equal(most, 3);
  assert.deepEqual(await authorizeMany(kavach, "agent-1", []), []);
});

it("stops when the caller aborts", async () => {
  const caller = new AbortController();
  const { calls, kavach } = counting(async () => {
    caller.abort(new Error("enough"));
    return { allowed: true, auditId: "a" };
  });
  const { signal } = caller;
  const requests = [request("a"), request("b"), request("c")];
  await assert.rejects(authorizeMany(kavach, "agent-1", requests, { signal, concurrency: 1 }), /enough/);
  assert.equal(calls.length, 1);
  await assert.rejects(authorizeMany(kavach, "agent-1", [], { signal }), /enough/);
});

it("rejects invalid arguments", async () => {
  const { kavach } = counting();
  for (const given of [
    [{}, "a", []],
    ...["", undefined, null, 1, {}, { token: 1 }, { token: "t", id: 1 }].map((agent) => [kavach, agent, []]),
    [kavach, "a", {}],
    ...[{ concurrency: 0 }, { concurrency: 1.5 }, { dedupe: 1 }, { token: "t" }].map((options) => [
      kavach,
      "a",
      [],
      options,
    ]),
  ])
    await assert.rejects(authorizeMany(...given), { code: "INVALID_ARGUMENT" });
});
