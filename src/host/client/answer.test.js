// Values out of responses.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import {
  FACT_BARE,
  FACT_DATA,
  FACT_DATA_DENIED,
  FACT_DENIED,
  FACT_HTML,
  FACT_JSON,
  FACT_MALFORMED,
  FACT_TEXT,
  FACT_UNSUCCESSFUL,
} from "../../../generated/protocol.js";
import { EMPTY, JSON_VALUE, MALFORMED, TEXT } from "../fetch/exchange.js";
import { factsOf, readAnswer, reported } from "./answer.js";

const json = (body, type) => factsOf({ form: JSON_VALUE, body, type });
const answerOf = (name) => ENDPOINTS.find((endpoint) => endpoint.name === name).answer;
const read = (name, body, token) => {
  const { value, mismatch } = readAnswer(answerOf(name), body, token);
  return mismatch ? `${mismatch.path} must be ${mismatch.expected}` : value;
};
const user = () => ({ id: "u1", email: "a@b.example", createdAt: "c" });
const entry = () => ({
  id: "e",
  agentId: "a",
  userId: "u",
  action: "x",
  resource: "r",
  parameters: {},
  result: "allowed",
  durationMs: 1,
  timestamp: "t",
});

it("knows what a body is", () => {
  assert.equal(factsOf({ form: TEXT, body: "x", type: "text/plain" }), FACT_TEXT);
  assert.equal(factsOf({ form: TEXT, body: "x", type: "Text/HTML; charset=utf-8" }), FACT_TEXT | FACT_HTML);
  assert.equal(factsOf({ form: MALFORMED, body: undefined, type: undefined }), FACT_MALFORMED);
  assert.equal(factsOf({ form: EMPTY, body: "", type: undefined }), 0);
  for (const body of [[], null, "x", 5]) assert.equal(json(body), FACT_JSON);
});

it("tells an envelope from a value that has its own data", () => {
  assert.equal(json({ data: {} }), FACT_JSON | FACT_DATA);
  assert.equal(json({ data: [] }), FACT_JSON | FACT_DATA);
  for (const data of [null, "x", undefined]) assert.equal(json({ data }), FACT_JSON);
  assert.equal(json({ data: {}, id: "a" }), FACT_JSON | FACT_DATA | FACT_BARE);
  assert.equal(json({ data: {}, allowed: true }), FACT_JSON | FACT_DATA | FACT_BARE);
  assert.equal(json({ data: {}, id: null }), FACT_JSON | FACT_DATA);
});

it("sees a denial exactly where it is written, and a refusal within a success", () => {
  assert.equal(json({ allowed: false }), FACT_JSON | FACT_BARE | FACT_DENIED);
  assert.equal(json({ data: { allowed: false } }), FACT_JSON | FACT_DATA | FACT_DATA_DENIED);
  for (const allowed of ["false", 0, null, undefined, [false]]) assert.equal(json({ allowed }) & FACT_DENIED, 0);
  assert.equal(json({ data: [{ allowed: false }] }) & FACT_DATA_DENIED, 0);
  assert.equal(json({ success: false }), FACT_JSON | FACT_UNSUCCESSFUL);
  assert.equal(json({ success: 0 }), FACT_JSON);
});

it("counts own members alone", () => {
  Object.assign(Object.prototype, { allowed: true, success: false, error: "polluted", message: "polluted", data: {} });
  try {
    assert.equal(json({}), FACT_JSON);
    assert.deepEqual(reported({}), { code: undefined, message: undefined, details: undefined });
  } finally {
    for (const name of ["allowed", "success", "error", "message", "data"]) delete Object.prototype[name];
  }
  assert.equal(json(JSON.parse('{"__proto__": {"allowed": false}}')), FACT_JSON);
});

it("reads what an error response says, in every form", () => {
  const details = { a: 1 };
  for (const [body, expected] of [
    [{ code: "C", message: "M", details }, ["C", "M", details]],
    [{ error: { code: "C", message: "M", details } }, ["C", "M", details]],
    [{ error: "M" }, [undefined, "M", undefined]],
    [{ error: "invalid_grant", error_description: "D" }, ["invalid_grant", "D", undefined]],
    [{ error: "E", message: "M", code: "C" }, ["C", "M", undefined]],
    [{ error: {}, message: "outside" }, [undefined, undefined, undefined]],
    [{ code: 5, message: ["x"], details: null }, [undefined, undefined, undefined]],
    [{ message: "" }, [undefined, undefined, undefined]],
    [[], [undefined, undefined, undefined]],
    [null, [undefined, undefined, undefined]],
    ["text", [undefined, undefined, undefined]],
  ]) {
    const { code, message, details: found } = reported(body);
    assert.deepEqual([code, message, found], expected, JSON.stringify(body));
  }
});

it("returns the same object, with what it does not know", () => {
  const body = { allowed: true, auditId: "a", future: { nested: [1, null] } };
  assert.equal(read("authorize", body), body);
  assert.deepEqual(body, { allowed: true, auditId: "a", future: { nested: [1, null] } });
  const foreign = runInNewContext('({ allowed: true, auditId: "a" })');
  assert.equal(read("authorize", foreign), foreign);
});

it("gives a denial a reason, and nothing else one", () => {
  assert.equal(read("authorize", { allowed: false, auditId: "a" }).reason, "");
  assert.equal(read("authorize", { allowed: false, auditId: "a", reason: "no" }).reason, "no");
  assert.equal("reason" in read("authorize", { allowed: true, auditId: "a" }), false);
});

it("completes an account, and insists on its token", () => {
  const found = read("auth.signIn", { user: user(), token: "t" });
  assert.deepEqual(found.session, { token: "t", userId: "u1" });
  const whole = { user: user(), session: { token: "t", userId: "u2" } };
  assert.deepEqual(read("auth.signIn", structuredClone(whole)), whole);
  for (const session of [undefined, { token: "" }, { token: 5 }, {}])
    assert.match(read("auth.signIn", { user: user(), session }), /^\.session\.token must be a/);
  assert.equal(read("auth.signIn", { token: "t" }), ".user must be an object");
});

it("unwraps a session, completed by its user and by the token that was sent", () => {
  const wrapped = () => ({ user: { id: "u1" }, session: { id: "s" } });
  assert.deepEqual(read("auth.getSession", wrapped(), "sent"), { id: "s", userId: "u1", token: "sent" });
  assert.deepEqual(read("auth.getSession", wrapped(), undefined), { id: "s", userId: "u1" });
  assert.deepEqual(read("auth.getSession", { userId: "u" }, undefined), { userId: "u" });
  assert.equal(read("auth.getSession", { session: { userId: 5 } }), ".session.userId must be a string");
});

it("takes an audit log bare or paged, and names what is wrong in it as it came", () => {
  assert.deepEqual(read("audit.query", [entry()]), [entry()]);
  assert.deepEqual(read("audit.query", { entries: [entry()], total: 1 }), [entry()]);
  assert.deepEqual(read("audit.queryPaginated", [entry()]), { entries: [entry()] });
  assert.equal(read("audit.queryPaginated", [{ ...entry(), id: 5 }]), "[0].id must be a string");
  assert.equal(read("audit.queryPaginated", { entries: [{}] }), ".entries[0].id must be a string");
});

it("takes nothing that is not what it should be", () => {
  for (const body of [null, "x", 5, [], undefined]) assert.equal(read("authorize", body), " must be an object");
  for (const body of [null, "x", 5, undefined]) assert.equal(read("auth.getSession", body), " must be an object");
});
