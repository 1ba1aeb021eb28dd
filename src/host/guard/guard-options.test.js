// Reading the options of `guard` and `protect`.
import assert from "node:assert/strict";
import { it } from "node:test";
import { guardOptions } from "./guard-options.js";

it("has defaults", () => {
  const settings = guardOptions(undefined);
  assert.deepEqual(
    { ...settings, call: { ...settings.call } },
    {
      call: {},
      signal: undefined,
      deadline: 60_000,
      argumentsLimit: 65_536,
      challenge: { parameters: ['realm="KavachOS"'], scope: undefined, metadata: undefined },
      cors: undefined,
      local: undefined,
      onRefusal: undefined,
    },
  );
});

it("builds the challenge", () => {
  const { challenge } = guardOptions({
    realm: "mcp",
    scope: "a b",
    resourceMetadata: "https://a.example/.well-known/x",
  });
  assert.deepEqual(challenge, {
    parameters: ['realm="mcp"'],
    scope: "a b",
    metadata: 'resource_metadata="https://a.example/.well-known/x"',
  });
});

it("refuses invalid options by name", () => {
  const cases = {
    realm: 'a"b',
    resourceMetadata: "/relative",
    scope: "a  b",
    cors: "https://a.example/path",
    argumentsLimit: -1,
    deadline: 0,
    onUnavailable: "allow",
    onRefusal: () => {},
  };
  for (const [name, value] of Object.entries(cases))
    assert.throws(
      () => guardOptions({ [name]: value }),
      ({ code, message }) => code === "INVALID_ARGUMENT" && message.startsWith(`options.${name} must be`),
    );
});

it("needs functions to decide locally", () => {
  const permissions = () => [];
  const evaluate = () => ({ allowed: true });
  assert.deepEqual(guardOptions({ onUnavailable: "local", permissions, evaluate }).local, { permissions, evaluate });
  assert.equal(guardOptions({ permissions, evaluate }).local, undefined);
  assert.throws(() => guardOptions({ onUnavailable: "local", evaluate }), /options.permissions must be a function/);
  assert.throws(() => guardOptions({ onUnavailable: "local", permissions: [], evaluate }), /options.permissions/);
});

it("takes further names of its caller", () => {
  const onRefusal = () => {};
  assert.equal(guardOptions({ onRefusal }, "onRefusal").onRefusal, onRefusal);
});
