// Options that cannot be right are refused by name.
import assert from "node:assert/strict";
import { it } from "node:test";
import { secretsOf, signInput, verifyOptions } from "./options.js";

const refused = (read, given, message) =>
  assert.throws(
    () => read(given),
    (error) => error.code === "INVALID_ARGUMENT" && message.test(error.message),
  );

it("has defaults", () => {
  const { tolerance, scheme, replays, now } = verifyOptions({ secrets: "s" });
  assert.deepEqual([tolerance, scheme, replays], [300, "auto", undefined]);
  assert.ok(Math.abs(now - Date.now() / 1000) < 5);
});

it("takes one secret or several, none of them empty", () => {
  for (const secrets of ["a", ["a"], ["a", "b"]])
    assert.deepEqual(secretsOf(verifyOptions({ secrets }).secrets), [secrets].flat());
  for (const secrets of [undefined, null, "", [], [""], ["a", undefined], 5, {}, [["a", 1]]])
    refused(verifyOptions, { secrets }, /^options\.secrets must be one text/);
});

it("refuses other members by name", () => {
  for (const [name, value] of [
    ...["x", -1, Number.NaN, Number.POSITIVE_INFINITY].map((value) => ["tolerance", value]),
    ...["D", "a", 5, {}].map((value) => ["scheme", value]),
    ...["1", -1, Number.NaN].map((value) => ["now", value]),
    ...[{}, 5].map((value) => ["replays", value]),
    ["toleranse", 5],
  ])
    refused(verifyOptions, { secrets: "s", [name]: value }, new RegExp(`^options\\.${name} must be`));
  for (const options of [undefined, null, "secret"]) refused(verifyOptions, options, /^options must be an object/);
});

it("takes no inherited secret", () => {
  Object.prototype.secrets = "evil";
  try {
    refused(verifyOptions, {}, /^options\.secrets/);
  } finally {
    delete Object.prototype.secrets;
  }
});

it("does not show a secret in an error", () => {
  for (const read of [
    () => verifyOptions({ secrets: ["kv_hidden", 5] }),
    () => signInput({ secret: "kv_hidden", type: 5 }),
  ])
    assert.throws(read, (error) => !error.message.includes("kv_hidden"));
});

it("refuses a webhook that cannot be signed", () => {
  for (const [given, name] of [
    [{ type: "t" }, "secret"],
    [{ secret: "s" }, "type"],
    [{ secret: "s", type: "t", scheme: "auto" }, "scheme"],
    [{ secret: "s", type: "t", timestamp: "5" }, "timestamp"],
    [{ secret: "s", type: "t", data: 5 }, "data"],
  ])
    refused(signInput, given, new RegExp(`^input\\.${name} must be`));
});
