// How the declarations of the package are made, and that those written by hand agree with the sources.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { acceptUndefined, namesOf } from "../../tools/declarations.mjs";
import { SCRIPT_ENTRIES } from "../../tools/entries.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const published = (file) => readFileSync(new URL(file, process.env.KAVACHOS_PACKAGE), "utf8");

describe("optional members accept undefined", () => {
  const cases = [
    ["interface A { a?: string; }", "interface A { a?: string | undefined; }"],
    ["interface A { a?: string | null }", "interface A { a?: string | null | undefined }"],
    ["interface A { a?: () => void; }", "interface A { a?: (() => void) | undefined; }"],
    ["type A = { a?: { b?: 1 } };", "type A = { a?: { b?: 1 | undefined } | undefined };"],
    ["type A = { [N in B]?: C[N] };", "type A = { [N in B]?: C[N] | undefined };"],
    ["declare class A { a?: string[]; }", "declare class A { a?: string[] | undefined; }"],
    ["interface A { a?: B extends C ? 1 : 2; }", "interface A { a?: (B extends C ? 1 : 2) | undefined; }"],
  ];
  for (const [source, expected] of cases)
    it(source, () => {
      assert.equal(acceptUndefined(source), expected);
      assert.equal(acceptUndefined(expected), expected);
    });
  for (const source of [
    "interface A { a?: unknown; b?: any; c?: string | undefined; d: string; }",
    "declare function a(b?: string): void;",
    "type A = B | undefined;",
  ])
    it(`${source} stays`, () => assert.equal(acceptUndefined(source), source));
  it("an optional method has to be declared as a member", () =>
    assert.throws(() => acceptUndefined("interface A { a?(): void }"), /declare an optional method/));
  const scripts = SCRIPT_ENTRIES.map(({ name }) => `${name}.d.ts`);
  for (const file of ["index.d.ts", "permissions.d.ts", "audit.d.ts", "slim.d.ts", ...scripts])
    it(file, () => assert.equal(acceptUndefined(published(file)), published(file)));
});

describe("names", () => {
  it("are those of all declarations, in one line or several", () => {
    const source =
      "export type A =\n  | 1\n  | 2;\nexport interface B {}\nexport class C {}\nexport function d(): void;\n";
    assert.deepEqual(namesOf(source), ["A", "B", "C", "d"]);
  });
});

describe("KavachErrorCode", () => {
  const declared = membersOf(published("index.d.ts"), "KavachErrorCode");
  const sources = [...filesOf("src"), ...filesOf("pkg-template")]
    // Its words are the names of numbers.
    .filter((file) => !file.startsWith(join(root, "src/session/")))
    .map(codeOf)
    .join("\n");

  it("has no code that nothing makes", () => {
    for (const code of declared) assert.ok(sources.includes(`"${code}"`), code);
  });
  it("has every code that the package makes", () => {
    // A code is a quoted word with an underscore, or follows the name of the member. Names of numbers, before a variant, are not codes.
    const made = [...sources.matchAll(/"([A-Z]+(?:_[A-Z]+)+)"(?!, \w+::)|\bcode: "([A-Z]+)"/g)].map(
      ([, a, b]) => a ?? b,
    );
    for (const code of new Set(made)) assert.ok(declared.includes(code), code);
  });
});

// A source without the examples in its doc comments.
function codeOf(file) {
  return readFileSync(file, "utf8").replace(/^ *\/\/\/.*$/gm, "");
}

// The words of a union of string literals.
function membersOf(source, name) {
  const file = ts.createSourceFile("index.d.ts", source, ts.ScriptTarget.Latest, true);
  const alias = file.statements.find((statement) => statement.name?.text === name);
  return alias.type.types.map((type) => type.literal.text);
}

function filesOf(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /(?<!\.d|\.test)\.(?:js|rs|ts)$/.test(file))
    .map((file) => join(root, folder, file));
}
