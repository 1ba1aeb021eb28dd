// Jest's jsdom environment: a page's globals without fetch, Response, TextEncoder, TextDecoder and streams.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suiteOf } from "../../test-runner.mjs";

export default [
  {
    name: "jest-jsdom",
    title: "Jest 30 (`jsdom`)",
    how: "with `require`, and a `fetch` of the test's own",
    entry: "every entry with a `.cjs`",
    packages: { jest: "30.5.2", "jest-environment-jsdom": "30.5.2" },
    manifest: { type: "commonjs" },
    async run(project) {
      project.version = project.installed("jest-environment-jsdom");
      const args = ["--env=jsdom", "--json", "--outputFile=report.json"];
      const output = await project.exec("jest", args, { both: true }).catch(({ message }) => message);
      const tests = suiteOf(readFileSync(join(project.directory, "report.json"), "utf8"));
      for (const { name, problem } of tests) await project.check(name, () => assert.equal(problem, null));
      await project.check("nothing is printed", () => assert.doesNotMatch(output, /warn|console\./i));
    },
  },
];
