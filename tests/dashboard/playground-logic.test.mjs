// The parts of the playground that need no page: permissions as code, and what is said to be behind a difference.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importSource } from "./sources.mjs";

const sdk = await import(process.env.KAVACHOS_PACKAGE);
const { helpersOf, permissionCode, permissionsCode, permissionsModule } = await importSource(
  "permissions/permission-code.ts",
);
const { compare } = await importSource("playground/mismatch.ts");

/** What code comes to, with the helpers that it says it needs and no others. */
function run(code, helpers) {
  return new Function(...helpers, `return ${code};`)(...helpers.map((name) => sdk[name]));
}

describe("permissions as code", () => {
  const { read, write, execute, readWrite, fullAccess, rateLimited, withApproval } = sdk;
  const written = [
    [read("mcp:github:*"), 'read("mcp:github:*")'],
    [write("a"), 'write("a")'],
    [execute("a:b"), 'execute("a:b")'],
    [readWrite("a"), 'readWrite("a")'],
    [fullAccess("a"), 'fullAccess("a")'],
    [rateLimited(read("mcp:github:*"), 100), 'rateLimited(read("mcp:github:*"), 100)'],
    [withApproval(execute("a")), 'withApproval(execute("a"))'],
    [withApproval(rateLimited(read("a"), 5)), 'withApproval(rateLimited(read("a"), 5))'],
    [read("a", { ipAllowlist: ["10.0.0.0/8"] }), 'read("a", { ipAllowlist: ["10.0.0.0/8"] })'],
    [
      rateLimited(read("a", { timeWindow: { start: "09:00", end: "17:00" } }), 3),
      'rateLimited(read("a", { timeWindow: { start: "09:00", end: "17:00" } }), 3)',
    ],
    // What no helper says is written out.
    [{ resource: "a", actions: ["deploy"] }, '{ resource: "a", actions: ["deploy"] }'],
    [{ resource: "a", actions: ["write", "read"] }, '{ resource: "a", actions: ["write", "read"] }'],
    [{ resource: "", actions: ["read"] }, '{ resource: "", actions: ["read"] }'],
    [{ resource: "a", actions: ["read write"] }, '{ resource: "a", actions: ["read write"] }'],
    [{ resource: "a", actions: [] }, '{ resource: "a", actions: [] }'],
    [{ resource: "a", actions: ["read"], constraints: { maxCallsPerHour: 0 } }, 'read("a", { maxCallsPerHour: 0 })'],
    [
      { resource: "a", actions: ["read"], constraints: { requireApproval: false } },
      'read("a", { requireApproval: false })',
    ],
    [
      { resource: "a", actions: ["read"], constraints: { later: 1 } },
      '{ resource: "a", actions: ["read"], constraints: { later: 1 } }',
    ],
    [{ resource: "a", actions: ["read"], note: "x" }, '{ resource: "a", actions: ["read"], note: "x" }'],
    // Names of object members are no helpers, and what looks like a token is not masked.
    [{ resource: "a", actions: ["constructor"] }, '{ resource: "a", actions: ["constructor"] }'],
    [read('kv_abcdef"\n'), 'read("kv_abcdef\\"\\n")'],
  ];

  for (const [permission, code] of written) {
    it(code, () => {
      assert.equal(permissionCode(permission), code);
      assert.deepEqual(run(`(${code})`, helpersOf([permission])), permission, "the code says the same");
    });
  }

  it("writes lists, and says which helpers they need", () => {
    const permissions = written.map(([permission]) => permission);
    const helpers = helpersOf(permissions);
    assert.deepEqual(helpers, ["execute", "fullAccess", "rateLimited", "read", "readWrite", "withApproval", "write"]);
    assert.deepEqual(run(permissionsCode(permissions), helpers), permissions);
    assert.equal(permissionsCode([]), "[]");
    assert.equal(
      permissionsModule([read("a"), withApproval(execute("b"))]),
      'import { execute, read, withApproval, type Permission } from "kavachos-wasm";\n\n' +
        'export const permissions: Permission[] = [\n  read("a"),\n  withApproval(execute("b")),\n];\n',
    );
  });

  it("leaves out constraints that are absent", () => {
    const permission = { resource: "a", actions: ["read"], constraints: { ipAllowlist: null, maxCallsPerHour: 2 } };
    assert.equal(permissionCode(permission), 'rateLimited(read("a"), 2)');
    assert.equal(permissionCode({ resource: "a", actions: ["read"], constraints: null }), 'read("a")');
  });
});

describe("what is behind a difference", () => {
  const verdict = (allowed, reason, constraint) => ({
    outcome: allowed ? "allowed" : "denied",
    allowed,
    reason,
    needs: [],
    byLoan: false,
    own: { constraint },
  });
  const causes = (here, there, circumstances) =>
    compare(here, there, { context: {}, loansKnown: true, ...circumstances }).causes.join("\n");

  it("is nothing where both say the same", () => {
    assert.deepEqual(compare(verdict(true), { allowed: true }, { context: {}, loansKnown: true }), { kind: "same" });
    assert.equal(compare(verdict(false, "x"), { allowed: false, reason: "x" }, { context: {} }).kind, "same");
    assert.equal(compare(verdict(false, "x"), { allowed: false, reason: "y" }, { context: {} }).kind, "reason");
    const undecided = { ...verdict(false), outcome: "undecided" };
    assert.equal(compare(undecided, { allowed: true }, { context: {} }).kind, "undecided");
  });

  it("is the address", () => {
    const denied = { allowed: false, reason: 'IP_NOT_ALLOWED: IP "1.2.3.4" is not in the allowlist for this resource' };
    assert.match(
      causes(verdict(true), denied, { context: { ip: "10.0.0.1" } }),
      /from 1\.2\.3\.4; here .* 10\.0\.0\.1/,
    );
    const unknown = {
      allowed: false,
      reason: "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match",
    };
    assert.match(causes(verdict(true), unknown, { context: { ip: "10.0.0.1" } }), /did not know the address/);
    assert.match(
      causes(verdict(false, "", "ipAllowlist"), { allowed: true }, { context: { ip: null } }),
      /another address/,
    );
  });

  it("is the time, the calls, a delegation, or the agent's end", () => {
    const late = { allowed: false, reason: "Action is only allowed between 09:00 and 17:00" };
    assert.match(
      causes(verdict(true), late, { context: { timezone: "Asia/Tokyo" } }),
      /another time zone than Asia\/Tokyo/,
    );
    assert.match(causes(verdict(true), late, { context: { now: "2026-01-01T00:00:00Z" } }), /decides now/);
    const often = { allowed: false, reason: 'Rate limit exceeded: 7/5 calls per hour for resource "a"' };
    assert.match(causes(verdict(true), often, { context: { callsInLastHour: 2 } }), /counted 7 calls .* it was 2/);
    assert.match(causes(verdict(false, "No"), { allowed: true }, { loansKnown: false }), /delegated to the agent/);
    assert.match(causes(verdict(true), { allowed: false, reason: 'Agent "a" is revoked' }), /revoked, expired or gone/);
    assert.match(causes(verdict(true), { allowed: false, reason: "?" }, { status: "expired" }), /The agent is expired/);
  });

  it("is the mode, or that something has changed, if nothing else is known", () => {
    assert.match(
      causes(verdict(true), { allowed: false, reason: "?" }, { context: { mode: "strict" } }),
      /Strict mode/,
    );
    assert.match(causes(verdict(true), { allowed: false, reason: "?" }), /have changed since they were loaded/);
    assert.match(causes(verdict(true), { allowed: false, reason: "?" }, { recorded: true }), /have changed since\./);
  });
});
