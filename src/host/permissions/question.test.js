import assert from "node:assert/strict";
import { test } from "node:test";
import { STEPS } from "../../../generated/permissions.js";
import { Question } from "./question.js";

const request = { action: "read", resource: "a:b" };

test("a call without context is packed as unknown", () => {
  const { plan, words } = new Question(request, undefined, "server").packed();
  assert.deepEqual([plan, words], [[4, 3, 0, 0, 0, 0, 0, 0], "reada:b"]);
});

test("what is known is packed, and of the arguments the strings", () => {
  const context = { agentName: "n", ip: null, timezone: "UTC", now: 0, callsInLastHour: 2 ** 40 };
  const question = new Question({ ...request, arguments: { x: "é", y: 5, z: undefined } }, context, "server");
  const { plan, words } = question.packed();
  assert.deepEqual(plan, [4, 3, 2, 1, 6, 1, 0xffff_ffff, 0, 3, 1, 1]);
  assert.equal(words, "reada:bn00:00xé");
});

test("strict windows are in UTC", () => {
  const { words } = new Question(request, { timezone: "Asia/Tokyo", now: 0 }, "strict").packed();
  assert.equal(words, "reada:b00:00");
});

test("arguments that are longer than a decision has steps stay here", () => {
  const long = { ...request, arguments: { x: "a".repeat(STEPS) } };
  assert.deepEqual(new Question(long, undefined, "server").packed().plan, [4, 3, 0, 0, 0, 0, 1, 1]);
});

test("what is wrong is named", () => {
  for (const [asked, context, message] of /** @type {[any, any, RegExp][]} */ ([
    [{ action: 5, resource: "r" }, undefined, /request.action must be a string/],
    [{ ...request, arguments: [] }, undefined, /request.arguments must be an object/],
    [{ ...request, arguments: { f: () => {} } }, undefined, /request.arguments.f must be a value that JSON can carry/],
    [request, { now: "never" }, /context.now must be a date/],
    [request, { timezone: "Nowhere" }, /context.timezone/],
    [request, { callsInLastHour: -1 }, /context.callsInLastHour must be a whole number/],
    [request, { mode: "strict" }, /context.mode must be "server"/],
  ]))
    assert.throws(() => new Question(asked, context, "server"), { code: "INVALID_ARGUMENT", message });
});
