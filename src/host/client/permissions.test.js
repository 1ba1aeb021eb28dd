// Functions that make permissions.
import assert from "node:assert/strict";
import { it } from "node:test";
import { KavachError } from "../errors/errors.js";
import {
  execute,
  fullAccess,
  parsePermissions,
  rateLimited,
  read,
  readWrite,
  withApproval,
  write,
} from "./permissions.js";

const refusal = (run) => {
  try {
    run();
  } catch (error) {
    assert.deepEqual([error.constructor, error.code], [KavachError, "INVALID_ARGUMENT"]);
    return error.message;
  }
  return assert.fail("it was taken");
};

it("grant what their names say, each time anew", () => {
  assert.deepEqual(read("mcp:a"), { resource: "mcp:a", actions: ["read"] });
  for (const grant of [read, write, execute, readWrite, fullAccess]) {
    const one = grant("r");
    one.actions.push("changed");
    assert.ok(!grant("r").actions.includes("changed"));
    assert.equal("constraints" in one, false);
    assert.deepEqual(grant("r", { requireApproval: true }).constraints, { requireApproval: true });
  }
});

it("copy constraints, and refuse those that are misspelt", () => {
  const constraints = { ipAllowlist: ["10.0.0.0/8"] };
  const made = read("r", constraints);
  made.constraints.ipAllowlist.push("x");
  assert.deepEqual(constraints, { ipAllowlist: ["10.0.0.0/8"] });
  assert.match(
    refusal(() => read("r", { requireAproval: true })),
    /^constraints\.requireAproval must be left out.*Did you mean "requireApproval"\?$/,
  );
  for (const resource of ["", undefined, 5, "\ud800", Object("r")])
    assert.equal(
      refusal(() => read(resource)),
      "resource must be a non-empty string",
    );
});

it("add a constraint to a copy, and keep the others", () => {
  const permission = Object.freeze(read("r", { maxCallsPerHour: 5 }));
  assert.deepEqual(withApproval(permission).constraints, { maxCallsPerHour: 5, requireApproval: true });
  assert.deepEqual(rateLimited(withApproval(permission), 9).constraints, { maxCallsPerHour: 9, requireApproval: true });
  assert.deepEqual(permission, read("r", { maxCallsPerHour: 5 }));
  assert.deepEqual(withApproval({ resource: "r", actions: [], constraints: { requireApproval: false } }).constraints, {
    requireApproval: true,
  });
  for (const most of [0, -1, 1.5, "5", Number.POSITIVE_INFINITY, undefined])
    assert.equal(
      refusal(() => rateLimited(permission, most)),
      "maxCallsPerHour must be a whole number of 1 or more",
    );
  assert.equal(
    refusal(() => withApproval({ resource: "r" })),
    "permission.actions must be an array of strings",
  );
});

it("read permissions out of an array or its JSON text", () => {
  const permissions = [read("r", { requireApproval: true })];
  assert.deepEqual(parsePermissions(permissions), permissions);
  assert.deepEqual(parsePermissions(JSON.stringify(permissions)), permissions);
  assert.notEqual(parsePermissions(permissions)[0], permissions[0]);
  assert.deepEqual(parsePermissions("[]"), []);
});

it("refuse what is no list of permissions, and do not quote it", () => {
  for (const [raw, message] of [
    ["{secret", "raw must be an array or JSON text"],
    ["", "raw must be an array or JSON text"],
    ["5", "raw must be an array of objects"],
    [undefined, "raw must be an array of objects"],
    [{}, "raw must be an array of objects"],
    ['[{"resource":"r"}]', "raw[0].actions must be an array of strings"],
    [new Array(1), "raw[0] must be an object"],
  ])
    assert.equal(
      refusal(() => parsePermissions(raw)),
      message,
    );
});

it("keep unknown members where that is allowed", () => {
  const permissions = [{ resource: "r", actions: [], budget: { usd: 1 } }];
  assert.match(
    refusal(() => parsePermissions(permissions)),
    /^raw\[0\]\.budget must be left out/,
  );
  assert.deepEqual(parsePermissions(permissions, { allowUnknown: ["budget"] }), permissions);
  assert.equal(
    refusal(() => parsePermissions([], { allowUnknown: 1 })),
    "options.allowUnknown must be a boolean or an array of names",
  );
  assert.match(
    refusal(() => parsePermissions([], { allow: true })),
    /^options\.allow must be left out/,
  );
});

it("give a polluted prototype no say", () => {
  Object.assign(Object.prototype, { constraints: { requireApproval: false }, allowUnknown: true });
  try {
    assert.deepEqual(
      JSON.stringify(withApproval({ resource: "r", actions: [] })),
      '{"resource":"r","actions":[],"constraints":{"requireApproval":true}}',
    );
    assert.match(
      refusal(() => parsePermissions([{ resource: "r", actions: [], x: 1 }], {})),
      /must be left out/,
    );
  } finally {
    delete Object.prototype.constraints;
    delete Object.prototype.allowUnknown;
  }
});

it("can be passed to map", () => {
  assert.deepEqual(["a", "b"].map(read), [read("a"), read("b")]);
  assert.deepEqual([[read("a")], "[]"].map(parsePermissions), [[read("a")], []]);
  assert.throws(() => read("a", 0), { code: "INVALID_ARGUMENT" });
});
