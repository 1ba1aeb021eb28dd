// The slim entry, each time in its own process: what it says before it is loaded, and how it loads.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

const slim = new URL("./slim.js", process.env.KAVACHOS_PACKAGE).href;
const wasm = new URL("./kavachos_wasm_bg.wasm", process.env.KAVACHOS_PACKAGE);

// Runs a program that has the entry as `slim` and the server's address as `site`, and resolves to what it returns.
async function run(program, site = "") {
  const source = `
    import { readFileSync } from "node:fs";
    const slim = await import(${JSON.stringify(slim)});
    const site = ${JSON.stringify(site)};
    const bytes = () => readFileSync(new URL(${JSON.stringify(wasm.href)}));
    const thrown = (body) => { try { body(); } catch (error) { return error; } };
    // Whether the module is there, and decides.
    const works = async () => {
      const fetch = async () => Response.json({ allowed: true, auditId: "" });
      const kavach = new slim.KavachClient({ baseUrl: "https://app.example", fetch });
      return (await kavach.authorize("a1", { action: "read", resource: "r" })).allowed;
    };
    const rejected = (promise) => promise.then(() => "resolved", (error) => error);
    console.log(JSON.stringify(await (async () => { ${program} })()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", source]);
  return JSON.parse(stdout);
}

describe("the slim entry", () => {
  let site;
  let server;
  let asked;
  before(async () => {
    server = createServer(async ({ url }, response) => {
      asked.push(url);
      if (url === "/module.wasm")
        return response.setHeader("content-type", "application/wasm").end(await readFile(wasm));
      if (url === "/module.bin") return response.end(await readFile(wasm));
      if (url === "/broken.wasm") return response.setHeader("content-type", "application/wasm").end("not a module");
      if (url === "/missing.wasm") return response.writeHead(404, { "content-type": "text/plain" }).end("404");
      response.setHeader("content-type", "text/html; charset=utf-8").end("<!doctype html>");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    site = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const clear = () => {
    asked = [];
  };

  it("says what to do if it is used too early", async () => {
    const error = await run(`
      const error = thrown(() => new slim.KavachClient({ baseUrl: "https://app.example" }));
      return { ...error.toJSON(), known: error instanceof slim.KavachError };`);
    assert.deepEqual([error.code, error.known], ["NOT_READY", true]);
    assert.match(error.message, /call `await ready\(\)` once/);
  });

  it("makes permissions without being loaded", async () => {
    const made = await run(`
      return [slim.read("r"), slim.rateLimited({ resource: "r", actions: [] }, 5), slim.parsePermissions([])];`);
    assert.deepEqual(made, [
      { resource: "r", actions: ["read"] },
      { resource: "r", actions: [], constraints: { maxCallsPerHour: 5 } },
      [],
    ]);
  });

  it("loads once, however often and in parallel it is asked", async () => {
    clear();
    const program = `
      const loads = [slim.ready(site + "/module.wasm"), slim.ready(site + "/module.wasm")];
      await Promise.all(loads);
      await slim.ready();
      await slim.ready(site + "/never-asked");
      return [loads[0] === loads[1], await works()];`;
    assert.deepEqual(await run(program, site), [true, true]);
    assert.deepEqual(asked, ["/module.wasm"]);
  });

  it("names what it got instead of a module, and can be asked again", async () => {
    clear();
    const program = `
      const page = await rejected(slim.ready(site + "/some/page"));
      const missing = await rejected(slim.ready(fetch(site + "/missing.wasm")));
      const broken = await rejected(slim.ready(new URL("/broken.wasm", site)));
      const early = await rejected(works());
      await slim.ready(site + "/module.wasm");
      return [page.message, missing.message, broken.name, early.code, await works()];`;
    const [page, missing, broken, early, after] = await run(program, site);
    assert.equal(
      page,
      `kavachos-wasm: ${site}/some/page answered 200 (text/html; charset=utf-8), not a WebAssembly module. ` +
        "Serve kavachos_wasm_bg.wasm as a static file, or pass its URL to ready().",
    );
    assert.match(missing, /missing\.wasm answered 404 \(text\/plain\)/);
    assert.deepEqual([broken, early, after], ["CompileError", "NOT_READY", true]);
  });

  it("takes a URL, an answer, bytes, a compiled module, or a promise of one", async () => {
    const sources = [
      'site + "/module.wasm"',
      'new URL("/module.wasm", site)',
      'site + "/module.bin"', // A server that does not know the type.
      'fetch(site + "/module.wasm")',
      'await fetch(site + "/module.wasm")',
      "bytes()",
      "bytes().buffer.slice(bytes().byteOffset, bytes().byteOffset + bytes().byteLength)",
      "WebAssembly.compile(bytes())",
      "new WebAssembly.Module(bytes())",
    ];
    for (const source of sources) {
      const program = `await slim.ready(${source}); return await works();`;
      assert.equal(await run(program, site), true, source);
    }
  });

  it("finds its file by itself, also as a file", async () => {
    const program = "await slim.ready(); return await works();";
    assert.equal(await run(program), true);
    const absent = await run('return (await rejected(slim.ready(new URL("file:///nowhere/module.wasm")))).message;');
    assert.match(absent, /^kavachos-wasm: file:\/\/\/nowhere\/module\.wasm cannot be fetched \(ENOENT/);
    const withoutFiles = `
      process.getBuiltinModule = undefined; // As in Node.js 18.
      const error = await rejected(slim.ready());
      await slim.ready(bytes());
      return [error.message, await works()];`;
    const [message, works] = await run(withoutFiles);
    assert.match(message, /kavachos_wasm_bg\.wasm cannot be fetched \(.+\)\. Pass its bytes to ready\(\)/);
    assert.equal(works, true);
  });

  it("says what to do where its file cannot be fetched", async () => {
    const message = await run(`
      const error = await rejected(slim.ready("http://127.0.0.1:9/module.wasm"));
      return [error.message, error.cause !== undefined];`);
    assert.match(message[0], /127\.0\.0\.1:9\/module\.wasm cannot be fetched \(.+\)\. Pass its bytes to ready\(\)/);
    assert.equal(message[1], true);
  });
});
