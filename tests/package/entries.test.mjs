// The packed tarball as Node sees it: what it holds, what its entries export, and two copies of it side by side.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { loadedBy } from "../../tools/package-size.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const installed = fileURLToPath(new URL("./", entry));
const root = fileURLToPath(new URL("../../", import.meta.url));
const sdk = await import(entry);

const PUBLIC = [
  ...[
    "Agents",
    "Audit",
    "Auth",
    "AuthenticationError",
    "Dashboard",
    "DecodeError",
    "Delegation",
    "KavachClient",
    "KavachError",
  ],
  ...["Mcp", "NetworkError", "NotFoundError", "PermissionError", "RateLimitError", "ServerError", "TimeoutError"],
  ...["execute", "fullAccess", "parsePermissions", "rateLimited", "read", "readWrite", "withApproval", "write"],
];
const LARGE = ["exportRows", "ndjson", "outcomeOf", "scan"];
const LOCAL = ["compile", "covers", "diff", "evaluate", "explain", "lint"];

describe("entries", () => {
  it("export the same public surface", async () => {
    assert.deepEqual(Object.keys(sdk).sort(), PUBLIC);
    assert.deepEqual(Object.keys(createRequire(import.meta.url)(join(installed, "index.cjs"))).sort(), PUBLIC);
    assert.deepEqual(Object.keys(await import(new URL("./slim.js", entry))).sort(), [...PUBLIC, "ready"].sort());
  });

  it("for deciding locally export the same, and errors that the main entry knows", async () => {
    const local = await import(new URL("./permissions.js", entry));
    const required = createRequire(import.meta.url)(join(installed, "permissions.cjs"));
    for (const functions of [local, required]) {
      assert.deepEqual(Object.keys(functions).sort(), LOCAL);
      assert.throws(
        () => functions.evaluate("none", { action: "read", resource: "r" }),
        (error) =>
          error instanceof sdk.KavachError &&
          error instanceof Error &&
          error.name === "KavachError" &&
          error.code === "INVALID_ARGUMENT",
      );
    }
  });

  it("for audit logs of any size export the same, and errors that the main entry knows", async () => {
    const imported = await import(new URL("./audit.js", entry));
    const required = createRequire(import.meta.url)(join(installed, "audit.cjs"));
    for (const functions of [imported, required]) {
      assert.deepEqual(Object.keys(functions).sort(), LARGE);
      const refused = await functions.scan({}).catch((error) => error);
      assert.ok(refused instanceof sdk.KavachError && refused instanceof Error && refused.name === "KavachError");
      assert.equal(refused.code, "INVALID_ARGUMENT");
    }
  });

  it("for guarding requests export the same, know every client, and load nothing else", async () => {
    const guarding = await import(new URL("./guard.js", entry));
    const required = createRequire(import.meta.url)(join(installed, "guard.cjs"));
    for (const functions of [guarding, required]) {
      const names = ["authorizeMany", "decisionCache", "guard", "guardSession", "protect", "sessionFrom"];
      assert.deepEqual(Object.keys(functions).sort(), names);
      // The guard of people is loaded now, in both builds.
      await assert.rejects(functions.guardSession({}, {}), { code: "INVALID_ARGUMENT", message: /^kavach must be/ });
      assert.throws(
        () => functions.protect({}, { action: "read", resource: "r" }, () => {}),
        (error) => error instanceof sdk.KavachError && error.code === "INVALID_ARGUMENT",
      );
    }
    for (const file of ["guard.js", "guard.cjs"]) assert.deepEqual(loadedBy(new URL("./", entry), file), [file]);
  });

  it("resolve by name, imported and required", () => {
    const consumer = fileURLToPath(new URL("../../", entry));
    const run = (...args) => execFileSync(process.execPath, args, { cwd: consumer, encoding: "utf8" }).trim();
    const program = "console.log(JSON.stringify(read('r')))";
    const expected = '{"resource":"r","actions":["read"]}';
    assert.equal(run("--input-type=module", "-e", `import { read } from "kavachos-wasm"; ${program}`), expected);
    assert.equal(run("--input-type=commonjs", "-e", `const { read } = require("kavachos-wasm"); ${program}`), expected);
  });

  it("share one instance: slim needs no loading where index is loaded", async () => {
    const slim = await import(new URL("./slim.js", entry));
    assert.equal(slim.KavachError, sdk.KavachError);
    assert.equal(slim.ready(readFileSync(join(installed, "kavachos_wasm_bg.wasm"))) instanceof Promise, true);
    assert.deepEqual(slim.read("r"), sdk.read("r"));
  });

  it("do nothing at import but load", () => {
    const program = `
      for (const name of ["setTimeout", "setInterval", "fetch", "queueMicrotask"])
        globalThis[name] = () => { throw new Error(name + " was called at import"); };
      Math.random = () => { throw new Error("a random number was drawn at import"); };
      crypto.getRandomValues = Math.random;
      delete globalThis.Buffer;
      const { KavachClient, read } = await import(${JSON.stringify(entry)});
      new KavachClient({ baseUrl: "https://app.example" }).agents;
      read("r");`;
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  });

  it("let a process end by itself", () => {
    const program = `
      const { KavachClient } = await import(${JSON.stringify(entry)});
      const fetch = async () => Response.json([]);
      await new KavachClient({ baseUrl: "https://app.example", fetch, timeout: 600000 }).agents.list();`;
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { timeout: 10_000 });
  });
});

describe("the tarball", () => {
  it("holds what it should and nothing else", () => {
    assert.deepEqual(
      readdirSync(installed).sort(),
      readFileSync(join(root, "tests/package/files.txt"), "utf8").trim().split("\n"),
    );
  });

  it("has the version of the crate", () => {
    const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    assert.equal(version, /^version = "(.+)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1]);
  });

  it("passes publint and attw", () => {
    const bin = (name) => join(root, "node_modules/.bin", name);
    execFileSync(bin("publint"), [installed, "--strict"], { encoding: "utf8" });
    const tarball = readdirSync(join(installed, "../..")).find((file) => file.endsWith(".tgz"));
    const rules = [
      "--exclude-entrypoints",
      "./kavachos_wasm_bg.wasm",
      "--profile",
      "node16",
      "--ignore-rules",
      "cjs-resolves-to-esm",
    ];
    execFileSync(bin("attw"), [join(installed, "../..", tarball), ...rules], { encoding: "utf8" });
  });
});

describe("errors", () => {
  it("of another installed copy are recognised", async (context) => {
    const directory = mkdtempSync(join(tmpdir(), "kavachos-wasm-"));
    context.after(() => rmSync(directory, { recursive: true }));
    cpSync(installed, directory, { recursive: true });
    const other = await import(pathToFileURL(join(directory, "index.js")));
    assert.notEqual(other.KavachError, sdk.KavachError);
    const error = new other.TimeoutError("late");
    for (const name of ["TimeoutError", "NetworkError", "KavachError"]) assert.ok(error instanceof sdk[name], name);
    for (const name of ["DecodeError", "ServerError"]) assert.ok(!(error instanceof sdk[name]), name);
    class Own extends sdk.KavachError {}
    assert.ok(new Own("x") instanceof sdk.KavachError);
    assert.ok(!(error instanceof Own) && !(new sdk.KavachError("x") instanceof Own), "a subclass is its own");
    for (const value of [null, undefined, 5, "x", {}, new Error("x")]) assert.ok(!(value instanceof sdk.KavachError));
  });

  it("can be made by hand, and print what is safe", () => {
    const error = new sdk.RateLimitError("slow down", {
      statusCode: 429,
      retryAfter: 2,
      details: { a: 1 },
      cause: "c",
    });
    assert.equal(`${error}`, "RateLimitError: slow down");
    assert.deepEqual([error.code, error.retryAfter, error.cause], ["RATE_LIMITED", 2, "c"]);
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      ...{ name: "RateLimitError", code: "RATE_LIMITED", message: "slow down" },
      ...{ statusCode: 429, status: 429, retryAfter: 2, details: { a: 1 } },
    });
  });

  it("keep an answer that could not be read, out of sight", async () => {
    const body = { id: "a", token: "kv_issued_once" };
    const kavach = new sdk.KavachClient({ baseUrl: "https://app.example", fetch: async () => Response.json(body) });
    const error = await kavach.agents.rotate("a").catch((caught) => caught);
    assert.ok(error instanceof sdk.DecodeError);
    assert.deepEqual(error.answer(), body);
    for (const shown of [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      error.stack,
      String(error),
    ]) {
      assert.ok(!shown.includes("kv_issued_once"), shown);
    }
  });

  it("and clients never show a token", async () => {
    const token = "kv_canary_token";
    const fetch = async (_url, init) => {
      throw new TypeError(`cannot send ${init.headers.Authorization}`);
    };
    const kavach = new sdk.KavachClient({ baseUrl: "https://app.example", token, fetch });
    const error = await kavach.agents.list().catch((caught) => caught);
    for (const shown of [inspect(kavach), JSON.stringify(kavach), error.message, JSON.stringify(error)]) {
      assert.ok(!shown.includes(token), shown);
    }
  });
});
