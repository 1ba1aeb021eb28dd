// Every code block of the README is compiled strictly and run against the local server, and prints what it says it prints.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { runtimeTable } from "../matrix/runtime-table.mjs";
import { startServer } from "../suite/server.mjs";
import { asProgram, codeBlocks, promises } from "./blocks.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const directory = join(fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE)), "readme");
const sdk = await import(process.env.KAVACHOS_PACKAGE);
const blocks = codeBlocks();

// The names that the README uses, as they are called on the server of this test.
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

describe("the README", () => {
  let server;
  let names;
  before(async () => {
    server = await startServer("--dialect", "sdk");
    names = await realNames(server.baseUrl);
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
  });
  after(() => server.stop());

  it("has code that compiles", () => {
    const files = blocks.map((block, index) => {
      const file = `block-${index}.${block.language === "js" ? "cjs" : "ts"}`;
      writeFileSync(join(directory, file), asProgram(block));
      return file;
    });
    const compilerOptions = {
      ...{ strict: true, checkJs: true, noEmit: true, types: [] },
      ...{ module: "nodenext", target: "es2022", lib: ["es2022", "dom"] },
    };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    try {
      execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", directory], { encoding: "utf8" });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });

  for (const block of blocks) {
    it(`runs: ${block.name}`, async () => {
      let program = asProgram(block);
      for (const [shown, real] of Object.entries(names)) program = program.replaceAll(shown, real);
      const { code } = await transform(program, { loader: block.language });
      const extension = block.language === "js" ? "cjs" : "mjs";
      const file = join(directory, `run-${block.name.replace(/\W+/g, "-")}.${extension}`);
      writeFileSync(file, code);
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
      assert.equal(stderr, "");
      const printed = stdout.split("\n");
      for (const line of promises(block))
        assert.ok(printed.includes(line), `it says it prints ${line}, but prints\n${stdout}`);
    });
  }

  it("claims the runtimes and bundlers that the matrix runs, and no others", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [section] = /^## Where it runs\n[\s\S]*?(?=^## )/m.exec(readme);
    const claimed = section.split("\n").filter((line) => line.startsWith("|"));
    assert.deepEqual(claimed, runtimeTable().split("\n"), "./dev matrix --table prints the table as it should be");
  });

  it("names commands that exist", () => {
    const usage = execFileSync(join(root, "dev"), ["help"], { encoding: "utf8" });
    const named = new Set(
      [...readFileSync(join(root, "README.md"), "utf8").matchAll(/\.\/dev (\w+)/g)].map((match) => match[1]),
    );
    assert.ok(named.has("demo") && named.has("test"));
    for (const command of named) assert.ok(usage.includes(`./dev ${command}`), command);
  });
});
