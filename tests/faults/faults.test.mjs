// Every fault in every runtime: exactly this error, after exactly so many requests, and no secret anywhere.
import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { inChromium } from "../matrix/browsers.mjs";
import { Project } from "../matrix/project.mjs";
import { serveSite } from "../matrix/site.mjs";
import { expectedIn } from "./expected.mjs";
import { leaks, runFaults } from "./run.mjs";
import { startFaultServer } from "./server.mjs";
import { faults } from "./wire.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const names = Object.keys(faults);

/** A project that has the package installed, and the faults beside it. */
async function project(name, packages = {}) {
  const made = new Project({ name: `faults-${name}`, source: join(here, "consumer"), packages }, {});
  await made.prepare();
  for (const file of ["run.mjs", "hostile.mjs"]) cpSync(join(here, file), join(made.directory, "faults", file));
  return made;
}

const runtimes = {
  async node({ origins }) {
    const sdk = await import(process.env.KAVACHOS_PACKAGE);
    return runFaults(sdk, { origins, names, inspect: (value) => inspect(value, { depth: 12, showHidden: true }) });
  },

  async chromium({ origins, elsewhere }) {
    const { directory } = await project("chromium");
    writeFileSync(join(directory, "faults.json"), JSON.stringify({ origins, names }));
    const site = await serveSite(directory, { ...origins, elsewhere });
    try {
      const { results, noise } = await inChromium(site.url);
      // What the browser itself says of broken answers; the page's own lines are watched by the page.
      const said = noise.filter(
        (line) => !/blocked by CORS policy|Failed to load resource|Content Security Policy/.test(line),
      );
      return [...results, { name: "the browser's console", outcome: "quiet", requests: 0, problems: said }];
    } finally {
      await site.close();
    }
  },

  async workerd({ origins }) {
    const made = await project("workerd", { workerd: "1.20261117.1" });
    const options = ["--bundle", "--format=esm", "--conditions=workerd", "--external:*.wasm", "--outfile=bundle.js"];
    await made.exec("esbuild", ["worker.js", ...options]);
    const args = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
    const server = await made.serve("workerd", args, /"event":"listen","socket":"http","port":(\d+)/);
    try {
      const body = JSON.stringify({ origins, names });
      return await (await fetch(`http://127.0.0.1:${server.found[1]}`, { method: "POST", body })).json();
    } finally {
      await server.stop();
    }
  },
};

for (const [runtime, run] of Object.entries(runtimes)) {
  const expected = expectedIn(runtime);
  describe(`faults in ${runtime}`, () => {
    let server;
    let results;
    before(async () => {
      server = await startFaultServer();
      results = new Map((await run(server)).map((result) => [result.name, result]));
    });
    after(() => server.stop());

    it("are all met, and no others", () => {
      assert.deepEqual([...results.keys()].filter((name) => !/console/.test(name)).sort(), [...expected.keys()].sort());
      assert.ok(names.length >= 60, `${names.length} faults`);
    });
    for (const name of expected.keys()) {
      it(name, () => {
        const { outcome, requests, problems } = results.get(name);
        assert.deepEqual([`${outcome} ×${requests}`, problems], [expected.get(name), []]);
      });
    }
    it("print nothing", () => {
      const problems = [...results].filter(([name]) => /console/.test(name)).flatMap(([, found]) => found.problems);
      assert.deepEqual(problems, []);
    });
    it("send no secret elsewhere", () => {
      assert.deepEqual(server.seen.flatMap(leaks), []);
      assert.deepEqual([...server.referrers].flatMap(leaks), []);
      // A browser says where a request comes from, but for the one that finds out where a redirect leads.
      assert.equal(server.referrers.size > 0, runtime === "chromium");
      assert.deepEqual(
        server.seen.filter((request) => /^referer:/im.test(request)),
        [],
      );
    });
    it("never let anything but a well-formed decision with a status of success allow", () => {
      const allowed = [...results].filter(([, { outcome }]) => outcome === "allowed").map(([name]) => name);
      const sound =
        /^(retry-after|unavailable|bad-gateway|gateway-timeout|redirect-.*within|redirect-relative|fetch-returns-a-look-alike-decision)/;
      assert.deepEqual(
        allowed.filter((name) => !sound.test(name) || !name.endsWith(": decide")),
        [],
      );
    });
  });
}
