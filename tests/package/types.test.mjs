// The published types, compiled strictly in every way that our users resolve modules, and with every library of types that
// they have.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { SCRIPT_ENTRIES } from "../../tools/entries.mjs";
import { asProgram, codeBlocks } from "../docs/blocks.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));

const strict = {
  ...{ strict: true, noEmit: true, skipLibCheck: false, target: "es2022", types: [], lib: ["es2022", "dom"] },
  ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: false },
};
const node = (module) => ({ module, moduleResolution: module });
const LIBRARIES = {
  "DOM types": {},
  "Workers types, without DOM": { lib: ["es2022"], types: ["@cloudflare/workers-types"] },
  "Node types, without DOM": { lib: ["es2022"], types: ["node"] },
};
const MODULES = [
  "surface.ts",
  "guarding.ts",
  "people.ts",
  "inputs.ts",
  "decisions.ts",
  "worker.ts",
  "webhooks.ts",
  "compat.ts",
  "mcp.ts",
  "mcp-client.ts",
  "session.ts",
  "stores.ts",
  "testing.ts",
];

function compile(name, compilerOptions, files, programs = {}) {
  const directory = join(consumer, `types-${name.replaceAll(/\W+/g, "-")}`);
  rmSync(directory, { recursive: true, force: true });
  cpSync(join(root, "tests/types"), directory, { recursive: true });
  for (const [file, program] of Object.entries(programs)) writeFileSync(join(directory, file), program);
  const configuration = { compilerOptions: { ...strict, ...compilerOptions }, files };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(configuration));
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", directory], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
}

describe("the declarations", () => {
  it("are those that were reviewed", () => {
    const scripts = SCRIPT_ENTRIES.map(({ name }) => `${name}.d.ts`);
    for (const file of ["index.d.ts", "slim.d.ts", "permissions.d.ts", "audit.d.ts", "testing.d.ts", ...scripts]) {
      const golden = readFileSync(join(root, "tests/types/golden", file), "utf8");
      const built = readFileSync(new URL(file, process.env.KAVACHOS_PACKAGE), "utf8");
      assert.equal(built, golden, "if that is what you want: ./dev types, and let the difference be reviewed");
    }
  });
});

describe("tsc --strict, library checked", () => {
  it("node16", () => compile("node16", node("node16"), [...MODULES, "required.cts"]));
  it("bundler", () => compile("bundler", { module: "esnext", moduleResolution: "bundler" }, MODULES));
  it("without exactOptionalPropertyTypes", () =>
    compile("loose", { ...node("nodenext"), exactOptionalPropertyTypes: false }, MODULES));
  for (const [name, libraries] of Object.entries(LIBRARIES))
    it(`nodenext, ${name}`, () => compile(name, { ...node("nodenext"), ...libraries }, [...MODULES, "required.cts"]));
  // The frameworks' own declarations are theirs to check.
  for (const [name, options] of Object.entries({
    nodenext: node("nodenext"),
    bundler: { module: "esnext", moduleResolution: "bundler" },
  }))
    it(`${name}, the hooks of React, Vue and Svelte, and the adapters`, () => {
      const lib = ["es2022", "dom", "dom.iterable"];
      compile(`hooks ${name}`, { ...options, lib, jsx: "react-jsx", skipLibCheck: true }, [
        "hooks.tsx",
        "composables.ts",
        "adapters.ts",
      ]);
    });
  it("with `using`", () => {
    const lib = ["es2022", "dom", "esnext.disposable"];
    compile("disposal", { ...node("nodenext"), lib }, [...MODULES, "disposal.ts"]);
  });
});

// The test of the documentation compiles all blocks with the DOM's types; a Worker has others.
describe("the documentation's Workers", () => {
  const workers = codeBlocks().filter(({ code }) => code.includes("export default {"));
  it("is there", () => assert.notEqual(workers.length, 0));
  for (const [name, libraries] of Object.entries(LIBRARIES))
    it(name, () => {
      const programs = Object.fromEntries(workers.map((block, index) => [`docs-${index}.ts`, asProgram(block)]));
      compile(`docs ${name}`, { ...node("nodenext"), ...libraries }, Object.keys(programs), programs);
    });
});
