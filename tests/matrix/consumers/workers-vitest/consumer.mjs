// Vitest with its tests inside workerd, as Cloudflare's pool runs them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NODE, node22 } from "../../node-22.mjs";
import { suiteOf } from "../../test-runner.mjs";

// Said of every project.
const RENAMED = /^WARNING: @cloudflare\/vitest-pool-workers has been renamed.*$/m;

export default [
  {
    name: "workers-vitest",
    title: "`@cloudflare/vitest-pool-workers`",
    how: "tests in workerd, with Vitest 4",
    entry: "`kavachos-wasm`, `/guard`, `/permissions`, `/audit` (`workerd.js`)",
    packages: { "@cloudflare/vitest-pool-workers": "0.23.0", vitest: "4.1.12", ...NODE },
    async run(project) {
      project.version = project.installed("@cloudflare/vitest-pool-workers");
      const args = ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", "--outputFile=report.json"];
      const env = { SERVERS: JSON.stringify(project.servers) };
      let problem = null;
      const output = await project.exec(node22(project), args, { env, both: true }).catch((error) => {
        problem = error;
        return error.message;
      });
      const results = suiteOf(readFileSync(join(project.directory, "report.json"), "utf8"));
      project.suite("workerd", results);
      await project.check("guard and local decisions", () => {
        assert.deepEqual(
          results.filter(({ name }) => name.startsWith("beside the suite: ")),
          [{ name: "beside the suite: guard, permissions and audit", problem: null }],
        );
      });
      await project.check("no test fails, and nothing is thrown where nobody catches it", () =>
        assert.ifError(problem),
      );
      await project.check("nothing is printed", () => assert.doesNotMatch(output.replace(RENAMED, ""), /warn|stderr/i));
    },
  },
];
