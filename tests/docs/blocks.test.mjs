// Every code block of the README and the guides is compiled strictly. All that can run here run against the local server, and print
// what they say they print.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { runtimeTable } from "../matrix/runtime-table.mjs";
import { startServer } from "../suite/server.mjs";
import { asProgram, codeBlocks, isSuite, promises } from "./blocks.mjs";
import { pages, root } from "./pages.mjs";

const directory = join(fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE)), "docs-blocks");
const installed = join(root, "docs/node_modules");
const sdk = await import(process.env.KAVACHOS_PACKAGE);
const blocks = codeBlocks();
const nodePrograms = blocks.filter((block) => block.noRun === undefined && !isSuite(block));
const suites = blocks.filter((block) => block.noRun === undefined && isSuite(block));

// The names that the documentation uses, as they are called on the server of this test.
async function realNames(baseUrl) {
  const kavach = new sdk.KavachClient({ baseUrl });
  const create = (name, permissions) =>
    kavach.agents.create({ ownerId: "user-123", name, type: "autonomous", permissions });
  const github = sdk.read("mcp:github:*");
  const first = await create("first", [github]);
  const second = await create("second", [github, sdk.withApproval(sdk.execute("mcp:deploy:production"))]);
  const third = await create("third", [sdk.read("own:*")]);
  return {
    "https://your-app.com/api/kavach": baseUrl,
    "agent-abc123": first.id,
    "agent-def456": second.id,
    "agent-ghi789": third.id,
    kv_agent_xyz: second.token,
    "kv_...": "kv_service",
    "user@example.com": `reader-${Date.now()}@example.com`,
  };
}

// Blocks import what a reader installs: the packed tarball, and the frameworks of docs/package.json.
function prepareDirectory() {
  assert.ok(existsSync(installed), "docs/node_modules is missing: ./dev test installs it");
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "node_modules"), { recursive: true });
  for (const name of readdirSync(installed).filter((name) => !name.startsWith(".") && name !== "kavachos-wasm"))
    symlinkSync(join(installed, name), join(directory, "node_modules", name), "junction");
  writeFileSync(
    join(directory, "vite.d.ts"),
    'declare module "*?url" {\n  const url: string;\n  export default url;\n}\n',
  );
}

describe("the documentation", () => {
  let server;
  let names;
  before(async () => {
    prepareDirectory();
    server = await startServer("--dialect", "sdk");
    names = await realNames(server.baseUrl);
  });
  after(() => server?.stop());

  function withRealNames(program) {
    return Object.entries(names).reduce((text, [shown, real]) => text.replaceAll(shown, real), program);
  }

  it("has code that compiles", () => {
    const files = blocks.map((block, index) => {
      const file = `block-${index}.${block.language === "js" ? "cjs" : block.language}`;
      writeFileSync(join(directory, file), asProgram(block));
      return file;
    });
    const compilerOptions = {
      ...{ strict: true, checkJs: true, noEmit: true, types: [], jsx: "react-jsx", skipLibCheck: true },
      ...{ module: "nodenext", target: "es2022", lib: ["es2022", "dom", "dom.iterable"] },
    };
    const config = { compilerOptions, files: ["vite.d.ts", ...files] };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    try {
      execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", directory], { encoding: "utf8" });
    } catch (error) {
      const named = error.stdout.replace(/\S*block-(\d+)\.\w+/g, (_, index) => blocks[index].name);
      assert.fail(named);
    }
  });

  for (const [index, block] of nodePrograms.entries()) {
    it(`runs: ${block.name}`, async () => {
      const { code } = await transform(withRealNames(asProgram(block)), { loader: block.language });
      const file = join(directory, `run-${index}.${block.language === "js" ? "cjs" : "mjs"}`);
      writeFileSync(file, code);
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
      assert.equal(stderr, "");
      const printed = stdout.split("\n");
      for (const line of promises(block))
        assert.ok(printed.includes(line), `it says it prints ${line}, but prints\n${stdout}`);
    });
  }

  for (const [index, block] of suites.entries()) {
    it(`runs in Vitest: ${block.name}`, async () => {
      const file = `suite-${index}.test.ts`;
      writeFileSync(join(directory, file), withRealNames(asProgram(block)));
      const vitest = join(installed, "vitest/vitest.mjs");
      const options = { cwd: directory, env: { ...process.env, CI: "1", NO_COLOR: "1", FORCE_COLOR: "0" } };
      const { stdout } = await promisify(execFile)(process.execPath, [vitest, "run", file], options);
      assert.match(stdout, /Tests +\d+ passed \(\d+\)/);
    });
  }

  it("claims the runtimes and bundlers that the matrix runs, and no others", () => {
    const page = readFileSync(join(root, "docs/guide/runtimes.md"), "utf8");
    const [section] = /^## What is tested\n[\s\S]*/m.exec(page);
    const claimed = section.split("\n").filter((line) => line.startsWith("|"));
    assert.deepEqual(claimed, runtimeTable().split("\n"), "./dev matrix --table prints the table as it should be");
  });

  it("names commands that exist", () => {
    const usage = execFileSync(join(root, "dev"), ["help"], { encoding: "utf8" });
    const texts = pages().map((page) => readFileSync(join(root, page), "utf8"));
    const named = new Set(texts.flatMap((text) => [...text.matchAll(/\.\/dev (\w+)/g)].map((match) => match[1])));
    assert.ok(named.has("demo") && named.has("serve") && named.has("docs"));
    for (const command of named) assert.ok(usage.includes(`./dev ${command}`), command);
  });

  it("has a README of at most 150 lines", () => {
    const lines = readFileSync(join(root, "README.md"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length <= 150, `${lines.length} lines`);
  });
});
