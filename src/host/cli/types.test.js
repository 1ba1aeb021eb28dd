import assert from "node:assert/strict";
import { it } from "node:test";
import { policyTypes, typesCommand } from "./types.js";

const ofType = (policy, name) => new RegExp(`^export type ${name} = (.*);$`, "m").exec(policyTypes(policy))[1];
const grant = (resource, ...actions) => ({ resource, actions });

it("makes unions of the actions and resources", () => {
  const policy = [grant("mcp:github:repos", "read", "write"), grant("mcp:deploy", "execute", "read")];
  assert.equal(ofType(policy, "Action"), '"execute" | "read" | "write"');
  assert.equal(ofType(policy, "Resource"), '"mcp:deploy" | "mcp:github:repos"');
});

it("covers what patterns cover", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a type
  assert.equal(ofType([grant("mcp:github:*", "read")], "Resource"), '"mcp:github" | `mcp:github:${string}`');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a type
  assert.equal(ofType([grant("mcp:*:repos", "read")], "Resource"), '"mcp" | `mcp:${string}`');
  assert.equal(ofType([grant("*", "*"), grant("a", "read")], "Resource"), "string");
  assert.equal(ofType([grant("*", "*")], "Action"), "string");
});

it("reads permissions wherever they are", () => {
  const policy = { roles: { reader: [grant("a", "read")], admin: { permissions: [grant("b", "write")] } } };
  assert.equal(ofType(policy, "Resource"), '"a" | "b"');
  assert.equal(ofType(grant("a"), "Action"), "never");
});

it("lets nothing of a policy out of its text", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a type
  const text = policyTypes([grant('a`${b}\\"; evil()', "x\ny"), grant("`${c}\\:*", "x")], "p\nevil()");
  assert.match(text, /"a`\$\{b\}\\\\\\"; evil\(\)"/);
  assert.match(text, /`\\`\\\$\{c\}\\\\:\$\{string\}`/);
  assert.match(text, /"x\\ny"/);
  assert.doesNotMatch(text, /^evil/m);
});

it("names what is wrong", () => {
  for (const [policy, message] of [
    [[], /at least one permission/],
    [null, /^policy must be/],
    [[grant("", "read")], /^policy\[0\]\.resource must be/],
    [{ roles: [{ resource: "a" }] }, /^policy\.roles\[0\]\.actions must be/],
    [{ name: "reader" }, /^policy\.name must be/],
  ])
    assert.throws(() => policyTypes(policy), { message });
});

it("prints or writes, and says how it is called", () => {
  const told = [];
  const files = { "p.json": JSON.stringify([grant("a", "read")]), "bad.json": "{" };
  const host = {
    readFile: (file) => files[file] ?? assert.fail("no such file"),
    writeFile: (file, text) => told.push([file, text.length > 0]),
    print: (text) => told.push(["stdout", text.includes('"read"')]),
    fail: (text) => told.push(["stderr", text.split(":")[0]]),
  };
  const codes = [
    ["p.json"],
    ["p.json", "--out", "t.ts"],
    ["bad.json"],
    ["none.json"],
    [],
    ["p.json", "--out"],
    ["-x"],
  ].map((args) => typesCommand(args, host));
  assert.deepEqual(codes, [0, 0, 1, 1, 2, 2, 2]);
  assert.deepEqual(
    told.map(([where]) => where),
    ["stdout", "t.ts", ...Array(5).fill("stderr")],
  );
});
