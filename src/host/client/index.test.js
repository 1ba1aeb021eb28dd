// The public API of the main entry.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CLASSES } from "../errors/errors.js";
import { hide } from "./define.js";
import * as exported from "./index.js";

const api = { ...exported };

it("is what the package exports, and the means to attach the module", async () => {
  const { attach, ...rest } = api;
  assert.equal(typeof attach, "function");
  const namespaces = ["Agents", "Audit", "Auth", "Dashboard", "Delegation", "Mcp"];
  const grants = [
    "execute",
    "fullAccess",
    "parsePermissions",
    "rateLimited",
    "read",
    "readWrite",
    "withApproval",
    "write",
  ];
  assert.deepEqual(
    Object.keys(rest).sort(),
    [...Object.keys(CLASSES), ...namespaces, ...grants, "KavachClient"].sort(),
  );
  for (const name of ["KavachClient", ...namespaces]) assert.equal(api[name].name, name);
  assert.equal(Object.values(api).includes(hide), false);
});
