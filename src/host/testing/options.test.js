import assert from "node:assert/strict";
import { it } from "node:test";
import { readOptions } from "./options.js";

it("becomes the arguments of the program", () => {
  const deliver = () => {};
  const read = readOptions({
    ...{
      dialect: "sdk",
      url: "https://auth.test:8443/api",
      data: "examples",
      admins: ["ann"],
      options: ["--rate-limits"],
    },
    ...{
      users: [
        { id: "ann", email: "a@x.test" },
        { id: "bob", email: "b@x.test", name: "Bob" },
      ],
      seed: 7,
    },
    webhook: { secret: "whsec", scheme: "C", deliver },
  });
  assert.deepEqual(read.arguments, [
    ...["--dialect", "sdk", "--seed", "--user", "ann=a@x.test", "--user", "bob=b@x.test=Bob", "--admin", "ann"],
    ...["--allow-host", "auth.test:8443", "--webhook", "http://webhook", "--webhook-secret", "whsec"],
    ...["--webhook-scheme", "C", "--rate-limits"],
  ]);
  assert.equal(read.origin, "https://auth.test:8443");
  assert.equal(read.seed, "7");
  assert.equal(read.webhook?.deliver, deliver);
  assert.deepEqual(readOptions().arguments, ["--dialect", "adapter"]);
  assert.deepEqual(readOptions({ data: { users: [] } }).data, { users: [] });
});

it("refuses what is wrong", () => {
  for (const [options, message] of /** @type {[any, RegExp][]} */ ([
    [null, /^options must be an object, not null/],
    [{ dialects: "sdk" }, /^options must be an object with the members dialect/],
    [{ dialect: "rest" }, /^options\.dialect must be "adapter" or "sdk"/],
    [{ url: "ftp://x" }, /^options\.url/],
    [{ url: 1 }, /^options\.url/],
    [{ seed: {} }, /^options\.seed/],
    [{ data: "all" }, /^options\.data/],
    [{ users: [{ id: "a" }] }, /^options\.users\[0\]/],
    [{ users: {} }, /^options\.users/],
    [{ admins: [1] }, /^options\.admins/],
    [{ options: "--seed" }, /^options\.options/],
    [{ webhook: { deliver() {} } }, /^options\.webhook\.secret/],
    [{ webhook: { secret: "s" } }, /^options\.webhook\.deliver/],
    [{ webhook: 1 }, /^options\.webhook/],
  ]))
    assert.throws(() => readOptions(options), { code: "INVALID_ARGUMENT", message });
});
