// The published types, compiled strictly in every way that our users resolve modules.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));

const strict = {
  ...{ strict: true, noEmit: true, skipLibCheck: false, target: "es2022", types: [], lib: ["es2022", "dom"] },
  ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: false },
};

function compile(name, compilerOptions, files) {
  const directory = join(consumer, `types-${name}`);
  rmSync(directory, { recursive: true, force: true });
  cpSync(join(root, "tests/types"), directory, { recursive: true });
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
    for (const file of ["index.d.ts", "slim.d.ts", "permissions.d.ts", "audit.d.ts", "guard.d.ts"]) {
      const golden = readFileSync(join(root, "tests/types/golden", file), "utf8");
      const built = readFileSync(new URL(file, process.env.KAVACHOS_PACKAGE), "utf8");
      assert.equal(built, golden, "if that is what you want: ./dev types, and let the difference be reviewed");
    }
  });
});

describe("tsc --strict, library checked", () => {
  const node = (module) => ({ module, moduleResolution: module });
  it("node16", () => compile("node16", node("node16"), ["surface.ts", "guarding.ts", "required.cts"]));
  it("nodenext", () => compile("nodenext", node("nodenext"), ["surface.ts", "guarding.ts", "required.cts"]));
  it("bundler", () =>
    compile("bundler", { module: "esnext", moduleResolution: "bundler" }, ["surface.ts", "guarding.ts"]));
  it("Workers types, without DOM", () => {
    const types = ["@cloudflare/workers-types"];
    compile("workers", { ...node("nodenext"), lib: ["es2022"], types, skipLibCheck: false }, [
      "surface.ts",
      "guarding.ts",
    ]);
  });
  it("Node types, without DOM", () => {
    compile("node", { ...node("nodenext"), lib: ["es2022"], types: ["node"] }, [
      "surface.ts",
      "guarding.ts",
      "required.cts",
    ]);
  });
  it("with `using`", () => {
    const lib = ["es2022", "dom", "esnext.disposable"];
    compile("disposal", { ...node("nodenext"), lib }, ["surface.ts", "guarding.ts", "disposal.ts"]);
  });
});
