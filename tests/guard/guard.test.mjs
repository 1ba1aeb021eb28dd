// The guard in Node, Deno and workerd, each against its own servers.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { Project } from "../matrix/project.mjs";
import { cases } from "./cases.mjs";
import { startFixture } from "./fixture.mjs";
import { names, runGuard } from "./run.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const entry = process.env.KAVACHOS_PACKAGE;
const sdk = await import(entry);

/** A project that has the package installed, and the cases beside it. */
async function project(name, packages) {
  const made = new Project({ name: `guard-${name}`, source: join(here, "consumer"), packages }, {});
  await made.prepare();
  for (const file of ["run.mjs", "cases.mjs", "scenarios.mjs", "scenarios"])
    cpSync(join(here, file), join(made.directory, "guard", file), { recursive: true });
  return made;
}

const runtimes = {
  async node(given) {
    const guard = await import(new URL("./guard.js", entry));
    const local = await import(new URL("./permissions.js", entry));
    return runGuard({ sdk, guard, local }, given, (value) => inspect(value, { depth: 12 }));
  },

  // The CommonJS build of the guard, with the client of the other build.
  async "node, required"(given) {
    const { createRequire } = await import("node:module");
    const required = createRequire(entry);
    const guard = required("./guard.cjs");
    const local = required("./permissions.cjs");
    return runGuard({ sdk, guard, local }, given, (value) => inspect(value, { depth: 12 }));
  },

  async deno(given) {
    const made = await project("deno", { deno: "2.9.6" });
    const args = ["run", "--quiet", "--no-prompt", "--allow-net", "main.mjs", JSON.stringify(given)];
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(made.directory, "cache") };
    return JSON.parse(await made.exec("deno", args, { env }));
  },

  async workerd(given) {
    const made = await project("workerd", { workerd: "1.20261117.1" });
    const options = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm", "--outfile=bundle.js"];
    await made.exec("esbuild", ["worker.js", ...options]);
    const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
    const server = await made.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    try {
      const body = JSON.stringify(given);
      return await (await fetch(`http://127.0.0.1:${server.found[1]}`, { method: "POST", body })).json();
    } finally {
      await server.stop();
    }
  },
};

for (const [runtime, run] of Object.entries(runtimes)) {
  describe(`the guard in ${runtime}`, () => {
    let fixture;
    let results;
    before(async () => {
      fixture = await startFixture(sdk);
      results = new Map((await run(fixture.given)).map(({ name, problems }) => [name, problems]));
    });
    after(() => fixture.stop());

    it("meets every case", () => {
      assert.deepEqual([...results.keys()], names);
      assert.ok(cases.length >= 60, `${cases.length} cases`);
    });
    for (const name of names) it(name, () => assert.deepEqual(results.get(name), []));
  });
}
