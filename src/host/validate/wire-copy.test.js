// Copies of inputs as they are sent.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import {
  AUDIT_FILTERS,
  AUTHORIZE_REQUEST,
  CALL_OPTIONS,
  CREATE_AGENT_INPUT,
  KAVACH_CLIENT_OPTIONS,
  PERMISSION,
  PERMISSIONS,
} from "../../../generated/schemas.js";
import { Mismatch, sentence } from "./mismatch.js";
import { wireCopy } from "./wire-copy.js";

const refusal = (value, schema, allowed) => {
  try {
    wireCopy(value, schema, allowed);
  } catch (problem) {
    assert.ok(problem instanceof Mismatch, `${problem}`);
    return sentence(problem, "it");
  }
  return assert.fail("it was copied");
};
const headersOf = (headers) => wireCopy({ headers }, CALL_OPTIONS).headers;
const baseOf = (baseUrl) => wireCopy({ baseUrl }, KAVACH_CLIENT_OPTIONS).baseUrl;

it("shares nothing with the input, and leaves it as it is", () => {
  const input = Object.freeze({
    resource: "r",
    actions: Object.freeze(["a"]),
    constraints: Object.freeze({ maxCallsPerHour: null }),
  });
  const copy = wireCopy(input, PERMISSION);
  assert.deepEqual(copy, { resource: "r", actions: ["a"], constraints: {} });
  assert.notEqual(copy.actions, input.actions);
});

it("leaves out nulls that stand for absent members, and keeps those of free-form values", () => {
  const copy = wireCopy({ action: "a", resource: null, arguments: { kept: null } }, AUTHORIZE_REQUEST);
  assert.deepEqual(copy, { action: "a", arguments: { kept: null } });
});

it("writes dates as text, and leaves those that are invalid to validation", () => {
  const since = new Date(0);
  assert.equal(wireCopy({ since }, AUDIT_FILTERS).since, "1970-01-01T00:00:00.000Z");
  const invalid = new Date(Number.NaN);
  assert.equal(wireCopy({ since: invalid }, AUDIT_FILTERS).since, invalid);
});

it("refuses names that it does not know, at every level, unless they are allowed", () => {
  const permission = { resource: "r", actions: [], budget: { usd: 1 } };
  assert.match(refusal([permission], PERMISSIONS), /^it\[0\]\.budget must be left out: the name is not known/);
  assert.deepEqual(wireCopy([permission], PERMISSIONS, true), [permission]);
  assert.deepEqual(wireCopy([permission], PERMISSIONS, ["budget"]), [permission]);
  assert.match(refusal([permission], PERMISSIONS, ["other"]), /budget must be left out/);
  assert.deepEqual(wireCopy({ resource: "r", actions: [], x: undefined }, PERMISSION), { resource: "r", actions: [] });
  assert.match(refusal({ resource: "r", actions: [], x: null }, PERMISSION), /^it\.x must be left out/);
});

it("checks allowed members as JSON carries them", () => {
  assert.match(
    refusal({ resource: "r", x: { at: new Date(0) } }, PERMISSION, true),
    /^it\.x\.at must be a plain object/,
  );
});

it("keeps a key __proto__ in its place", () => {
  const input = JSON.parse('{"resource": "r", "actions": [], "__proto__": {"requireApproval": false}}');
  assert.match(refusal(input, PERMISSION), /^it\.__proto__ must be left out/);
  const copy = wireCopy(input, PERMISSION, true);
  assert.equal(JSON.stringify(copy), '{"resource":"r","actions":[],"__proto__":{"requireApproval":false}}');
  assert.equal(Object.getPrototypeOf(copy), Object.prototype);
});

it("refuses instances that would lose members, and takes those that would not", () => {
  class Held {
    get resource() {
      return "r";
    }
  }
  class Own {
    resource = "r";
    actions = [];
  }
  assert.equal(refusal(new Held(), PERMISSION), "it must be a plain object");
  assert.equal(refusal(Object.assign(new Held(), { actions: [] }), PERMISSION), "it must be a plain object");
  assert.equal(refusal(new Map([["resource", "r"]]), PERMISSION), "it must be a plain object");
  assert.deepEqual(wireCopy(new Own(), PERMISSION), { resource: "r", actions: [] });
  assert.deepEqual(wireCopy(runInNewContext("({ resource: 'r', actions: [] })"), PERMISSION), {
    resource: "r",
    actions: [],
  });
});

it("does not send what objects inherit from a polluted prototype", () => {
  Object.prototype.constraints = { requireApproval: false };
  try {
    assert.equal(JSON.stringify(wireCopy({ resource: "r", actions: [] }, PERMISSION)), '{"resource":"r","actions":[]}');
  } finally {
    delete Object.prototype.constraints;
  }
});

it("reads each member once, and leaves one that cannot be read to validation", () => {
  let reads = 0;
  const input = {
    get resource() {
      return reads++ === 0 ? "r" : "other";
    },
    get actions() {
      throw new Error("secret");
    },
  };
  const copy = wireCopy(input, PERMISSION);
  assert.deepEqual([copy.resource, reads, typeof copy.actions], ["r", 1, "bigint"]);
});

it("copies lists without what a hole inherits", () => {
  Array.prototype[0] = { resource: "*", actions: ["*"] };
  try {
    assert.deepEqual(Object.keys(wireCopy(new Array(1), PERMISSIONS)), ["0"]);
    assert.equal(wireCopy(new Array(1), PERMISSIONS)[0], undefined);
  } finally {
    delete Array.prototype[0];
  }
});

it("leaves values of another type to validation", () => {
  for (const value of [null, 5, "text", []]) assert.deepEqual(wireCopy(value, CREATE_AGENT_INPUT), value);
  assert.equal(wireCopy("text", PERMISSIONS), "text");
});

it("takes headers in every form, without absent ones", () => {
  const pairs = [["x-a", "1"]];
  for (const headers of [
    { "x-a": "1", "x-b": undefined, "x-c": null },
    new Headers(pairs),
    new Map(pairs),
    Object.assign(Object.create(null), { "x-a": "1" }),
  ])
    assert.deepEqual(headersOf(headers), pairs);
  assert.equal(headersOf("x-a: 1"), "x-a: 1");
  assert.deepEqual(headersOf({}), []);
});

it("reads the init of fetch once, and keeps what is in it as it is", () => {
  let reads = 0;
  const next = { tags: new Set(["a"]) };
  const init = {
    next,
    get priority() {
      return ++reads;
    },
  };
  const copy = wireCopy({ init }, CALL_OPTIONS).init;
  assert.deepEqual([copy.next, copy.priority, copy.priority, reads], [next, 1, 1, 1]);
  assert.equal(wireCopy({ init: "x" }, CALL_OPTIONS).init, "x");
});

it("takes a base URL as text or as a URL of any realm, without slashes at its end", () => {
  for (const url of ["https://a.example/api", "https://a.example/api///", new URL("https://a.example/api/")])
    assert.equal(baseOf(url), "https://a.example/api");
  assert.equal(baseOf({ [Symbol.toStringTag]: "URL", toString: () => "https://b.example/" }), "https://b.example");
  for (const other of [5, {}]) assert.equal(baseOf(other), other);
});

it("resolves a path against the page, but not one that names another host", (context) => {
  assert.equal(baseOf("/api/"), "/api");
  Object.defineProperty(globalThis, "location", { value: { origin: "https://page.example" }, configurable: true });
  context.after(() => delete globalThis.location);
  assert.equal(baseOf("/api/"), "https://page.example/api");
  assert.equal(baseOf("/"), "https://page.example");
  assert.equal(baseOf("//evil.example"), "//evil.example");
  globalThis.location.origin = "null"; // A page of a file.
  assert.equal(baseOf("/api"), "/api");
});

it("headers without end are refused", () => {
  const endless = {
    *[Symbol.iterator]() {
      for (;;) yield ["X-A", "a"];
    },
  };
  assert.throws(() => wireCopy({ headers: endless }, CALL_OPTIONS), { expected: "at most 1000 headers" });
});
