// The check of requests in the guard and the evaluator says what the client's schema says.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import { AUTHORIZE_REQUEST } from "../../../generated/schemas.js";
import { decisionRequest } from "./decision-request.js";
import { sentence } from "./mismatch.js";
import { conform } from "./to-wire.js";

const outcome = (check) => {
  try {
    return check();
  } catch (mismatch) {
    return sentence(mismatch, "request");
  }
};
const asked = (given) => ({ action: "a", resource: "r", arguments: given });
const deep = (depth) => (depth === 0 ? {} : { d: deep(depth - 1) });
class Request {
  action = "a";
  resource = "r";
}
const throwing = {
  get x() {
    throw Object.assign(new Error("secret"), { path: ".secret", expected: "secret" });
  },
};

const requests = {
  nothing: undefined,
  null: null,
  "a list": [],
  text: "x",
  "no members": {},
  "an empty action": { action: "", resource: "r" },
  "an empty resource": { action: "a", resource: "" },
  "a number": { action: 1, resource: "r" },
  "no resource": { action: "a" },
  "half a surrogate pair": { action: "a\ud800", resource: "r" },
  "a boxed string": { action: new String("a"), resource: "r" },
  "a date": asked(new Date(0)),
  "a list of arguments": asked([]),
  "arguments of text": asked("text"),
  "no arguments": asked(null),
  "arguments that are undefined": asked(undefined),
  "a date within": asked({ d: new Date(0) }),
  NaN: asked({ n: Number.NaN }),
  "a function": asked({ f() {} }),
  "a map": asked(new Map()),
  "a name of half a pair": asked({ "x\ud800": 1 }),
  "arguments that throw": asked(throwing),
  "arguments that inherit": asked(Object.create({ a: 1 })),
  "many levels": asked(deep(200)),
  "a name that is misspelt": { ...asked({}), argumnts: {} },
  "a name that is undefined": { ...asked({}), extra: undefined },
  __proto__: asked(JSON.parse('{"__proto__": {"a": 1}}')),
  "a class": new Request(),
  "an inherited member": Object.create({ action: "a", resource: "r" }),
  "another realm": runInNewContext('({ action: "a", resource: "r", arguments: { a: [null] } })'),
  fine: asked({ a: "b", c: [1, null, { d: true }] }),
};

for (const [name, request] of Object.entries(requests))
  it(`${name}: both say the same`, () => {
    const found = outcome(() => decisionRequest(request));
    assert.deepEqual(
      found,
      outcome(() => conform(request, AUTHORIZE_REQUEST)),
    );
    assert.doesNotMatch(JSON.stringify(found), /secret/);
  });

it("a revoked proxy cannot be read", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(
    outcome(() => decisionRequest(proxy)),
    outcome(() => conform(proxy, AUTHORIZE_REQUEST)),
  );
});

it("the evaluator decides about an empty action and resource, as the engine of servers does", () => {
  assert.deepEqual(decisionRequest({ action: "", resource: "" }, true), { action: "", resource: "" });
  assert.equal(
    outcome(() => decisionRequest({ action: 5, resource: "" }, true)),
    "request.action must be a string",
  );
});

it("a member that throws cannot be read", () => {
  const thrower = {
    get action() {
      throw new Error("secret");
    },
  };
  assert.match(
    outcome(() => decisionRequest(thrower)),
    /^request must be a value that can be read/,
  );
});
