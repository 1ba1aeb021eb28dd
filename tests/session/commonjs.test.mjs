// CommonJS: what `require` loads at once and what a session loads later are one copy of each entry.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../suite/server.mjs";

const consumer = fileURLToPath(new URL("../../", process.env.KAVACHOS_PACKAGE));

/** Runs a CommonJS program where the package is installed. It prints JSON. */
const run = (program, ...given) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ["--input-type=commonjs", "--eval", `(${program})(...process.argv.slice(1))`, ...given],
      {
        cwd: consumer,
        encoding: "utf8",
      },
    ),
  );

/** What runs there. */
async function program(baseUrl) {
  const { KavachClient, KavachError, AuthenticationError } = require("kavachos-wasm");
  const { createSession } = require("kavachos-wasm/session");
  const session = createSession(new KavachClient({ baseUrl, maxRetries: 0 }), { storage: "memory" });
  // Each of these loads what it needs now.
  const methods = await session.methods();
  const { user } = await session.anonymous();
  const errors = [];
  for (const call of [
    () =>
      session.passkey
        .list()
        .then(() => session.signOut())
        .then(() => session.passkey.list()),
    () => session.resetPassword({ token: 5 }),
    () => session.oauth.redirect("local"),
  ])
    await call().catch((error) =>
      errors.push([error instanceof KavachError, error instanceof AuthenticationError, error.code]),
    );
  const { laterOf } = require("kavachos-wasm/session-methods");
  session.stop();
  const files = Object.keys(require.cache).map((file) => file.split("/kavachos-wasm/").at(-1));
  console.log(JSON.stringify({ methods, hasUser: !!user.id, errors, kind: typeof laterOf, files }));
}

it("require loads each entry once, and errors of what is loaded later are the classes of the client", async () => {
  const server = await startServer("--dialect", "adapter");
  try {
    const { methods, hasUser, errors, kind, files } = run(program, server.baseUrl);
    assert.deepEqual([methods.passkey, hasUser, kind], [true, true, "function"]);
    assert.deepEqual(errors, [
      [true, true, "API_ERROR"],
      [true, false, "INVALID_ARGUMENT"],
      [true, false, "NOT_SUPPORTED"],
    ]);
    const names = files.map((file) => file.replace(/\.c?js$/, ""));
    assert.deepEqual(names.length, new Set(names).size, files.join());
    for (const name of ["index", "session", "session-methods"]) assert.ok(names.includes(name), files.join());
  } finally {
    await server.stop();
  }
});

/** A session of one entry is a session for all others. */
function shared() {
  const { KavachClient } = require("kavachos-wasm");
  const { createSession } = require("kavachos-wasm/session");
  const found = ["react", "vue"].map((name) => {
    const kit = require(`kavachos-wasm/${name}`);
    return typeof (kit.KavachProvider ?? kit.createKavachPlugin);
  });
  const client = new KavachClient({ baseUrl: "https://app.example" });
  const session = createSession(client);
  const loaded = Object.keys(require.cache).filter((file) => /\/kavachos-wasm\/(index|session)\.c?js$/.test(file));
  console.log(JSON.stringify({ found, status: session.state.status, loaded: loaded.length }));
}

it("the hooks use the same client and the same session as the program", () => {
  const { found, status, loaded } = run(shared);
  assert.deepEqual([found, status, loaded], [["function", "function"], "loading", 2]);
});
