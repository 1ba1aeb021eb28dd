// Jest without a configuration: in its own realm, with `require`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suiteOf } from "../../test-runner.mjs";

export default [
  {
    name: "jest",
    title: "Jest 30",
    how: "environment `node`, with `require`",
    entry: "`kavachos-wasm` (`index.cjs`)",
    packages: { jest: "30.5.2" },
    manifest: { type: "commonjs" },
    async run(project) {
      project.version = project.installed("jest");
      await project.exec("esbuild", ["suite/run.mjs", "--bundle", "--format=cjs", "--outfile=suite.cjs"]);
      const args = ["--json", "--outputFile=report.json"];
      const env = { SERVERS: JSON.stringify(project.servers) };
      const output = await project.exec("jest", args, { env, both: true });
      project.suite("node", suiteOf(readFileSync(join(project.directory, "report.json"), "utf8")));
      await project.check("nothing is printed", () => assert.doesNotMatch(output, /warn|console\./i));
    },
  },
];
