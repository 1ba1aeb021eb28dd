// The guide: its programs compile, and its recipe guards an MCP server.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { startServer } from "../suite/server.mjs";
import { clients } from "./runtimes.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = readFileSync(join(root, "docs/guide/mcp.md"), "utf8");
const blocks = [...guide.matchAll(/^```ts[^\n]*\n(.*?)^```$/gms)].map(([, code]) => code);
const { KavachClient, execute } = await import(process.env.KAVACHOS_PACKAGE);

describe("the guide", () => {
  let project;
  let server;
  before(async () => {
    project = await clients();
    server = await startServer("--dialect", "adapter");
  });
  after(() => server?.stop());

  it("has programs that compile", async () => {
    assert.equal(blocks.length, 4);
    for (const [index, code] of blocks.entries()) writeFileSync(join(project.directory, `guide-${index}.ts`), code);
    const types = {
      strict: true,
      noEmit: true,
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      skipLibCheck: true,
    };
    const compilerOptions = { ...types, module: "nodenext", moduleResolution: "nodenext" };
    const files = blocks.map((_, index) => `guide-${index}.ts`);
    writeFileSync(join(project.directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    await project.exec(join(root, "node_modules/.bin/tsc"), ["-p", "."]);
  });

  it("guards an MCP server in 15 lines", async () => {
    const [recipe] = blocks;
    const lines = recipe.split("\n").filter((line) => line !== "" && !line.startsWith("import "));
    assert.ok(lines.length <= 15, `${lines.length} lines`);
    const contents = recipe.replace("https://your-app.com/api/kavach", server.baseUrl);
    const outfile = join(project.directory, "recipe.mjs");
    await build({
      stdin: { contents, loader: "ts", resolveDir: project.directory },
      ...{ bundle: true, format: "esm", platform: "node", packages: "external", outfile },
    });
    const { handle } = await import(pathToFileURL(outfile).href);
    const kavach = new KavachClient({ baseUrl: server.baseUrl });
    const make = (name, permissions) =>
      kavach.agents.create({ ownerId: "user-123", name, type: "autonomous", permissions });
    const call = async (token) => {
      const response = await handle(
        new Request("https://tools.example/mcp", {
          method: "POST",
          headers: {
            ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          body: JSON.stringify({
            jsonrpc: "2.0",
            id: 1,
            method: "tools/call",
            params: { name: "hello", arguments: {} },
          }),
        }),
      );
      return [response.status, await response.text()];
    };
    const [status, text] = await call((await make("good", [execute("mcp:tools:hello")])).token);
    assert.equal(status, 200);
    assert.match(text, /"text":"hello"/);
    assert.match(
      (await call((await make("none", [execute("mcp:other")])).token))[1],
      /No permission grants .*"isError":true/,
    );
    assert.equal((await call())[0], 401);
  });
});
