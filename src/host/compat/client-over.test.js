// The names of `@kavachos/client` over a client that says what is asked of it.
import assert from "node:assert/strict";
import { it } from "node:test";
import * as main from "../errors/errors.js";
import { clientOver } from "./client-over.js";
import { KavachApiError, translated } from "./kavach-api-error.js";

const asked = [];
const recorder = (path) =>
  new Proxy(() => {}, {
    get: (_, name) => recorder(`${path}.${String(name)}`),
    apply: async (_, __, given) => asked.push([path.slice(1), ...given]),
  });

it("has every method, and hands on what it gets", async () => {
  const kavach = clientOver(recorder(""));
  assert.deepEqual(
    Object.entries(kavach).map(([name, group]) => [name, typeof group === "function" ? [] : Object.keys(group)]),
    [
      ["authorize", []],
      ["authorizeByToken", []],
      ["agents", ["create", "list", "get", "update", "revoke", "rotate"]],
      ["delegations", ["create", "list", "revoke", "getEffectivePermissions"]],
      ["audit", ["query", "export"]],
      ["mcp", ["register", "list", "get"]],
    ],
  );
  await kavach.authorize("id", { action: "read" }, { timeout: 5 });
  await kavach.authorizeByToken("kv_1", { action: "read" });
  await kavach.delegations.list("a");
  await kavach.audit.export({ format: "csv" });
  assert.deepEqual(asked, [
    ["authorize", "id", { action: "read" }, { timeout: 5 }],
    ["auth.authorizeByToken", "kv_1", { action: "read" }],
    ["delegation.listChains", "a"],
    ["audit.export", { format: "csv" }],
  ]);
});

it("throws the error of that package", async () => {
  const cause = new main.NotFoundError("gone", { statusCode: 404, code: "NO_AGENT", details: { a: 1 } });
  const error = await translated(Promise.reject(cause)).catch((caught) => caught);
  assert.ok(error instanceof KavachApiError && error instanceof main.KavachError);
  assert.deepEqual([error.name, error.code, error.status, error.message], ["KavachApiError", "NO_AGENT", 404, "gone"]);
  assert.equal(error.cause, cause);
  assert.deepEqual(error.toKavachError(), { code: "NO_AGENT", message: "gone", details: { a: 1 } });
  const offline = await translated(Promise.reject(new main.NetworkError("off"))).catch((caught) => caught);
  assert.deepEqual([offline.code, offline.status], ["NETWORK_ERROR", 0]);
  const reason = new Error("left the page");
  await assert.rejects(translated(Promise.reject(reason)), (caught) => caught === reason);
  assert.equal(new KavachApiError({ code: "X", message: "m" }, 5).cause, undefined);
});
