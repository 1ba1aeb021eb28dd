import assert from "node:assert/strict";
import { it } from "node:test";
import { supportsOf } from "./supports.js";

const supports = (dialect, name) => supportsOf({ dialect })(name);

it("goes by the dialect, once it is known", () => {
  assert.deepEqual(
    ["sdk", "adapter", "auto"].map((dialect) => supports(dialect, "mcp")),
    [true, false, null],
  );
  assert.deepEqual(
    ["sdk", "adapter", "auto"].map((dialect) => supports(dialect, "dashboard.stats")),
    [false, true, null],
  );
  assert.deepEqual(
    ["sdk", "adapter", "auto"].map((dialect) => supports(dialect, "delegation.getEffectivePermissions")),
    [true, false, null],
  );
});

it("knows what both dialects have", () => {
  for (const name of ["authorize", "agents", "agents.create", "audit", "delegation"])
    for (const dialect of ["sdk", "adapter", "auto"]) assert.equal(supports(dialect, name), true, name);
});

it("refuses names that there are not", () => {
  for (const name of [undefined, "", "mpc", "agents.", "agents.fly", "toString"])
    assert.throws(() => supports("sdk", name), { code: "INVALID_ARGUMENT", message: /^name must be/ });
});
