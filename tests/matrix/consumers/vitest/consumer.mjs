// Vitest without a configuration, in its Node.js and its jsdom environment.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suiteOf } from "../../test-runner.mjs";

export default ["node", "jsdom"].map((environment) => ({
  name: `vitest-${environment}`,
  title: `Vitest 4 (\`${environment}\`)`,
  how: "without a configuration",
  entry: "`kavachos-wasm`",
  packages: { vitest: "4.1.12", ...(environment === "jsdom" && { jsdom: "26.1.0" }) },
  async run(project) {
    project.version = project.installed("vitest");
    const args = ["run", `--environment=${environment}`, "--reporter=json", "--outputFile=report.json"];
    const env = { SERVERS: JSON.stringify(project.servers) };
    const output = await project.exec("vitest", args, { env, both: true });
    project.suite(environment, suiteOf(readFileSync(join(project.directory, "report.json"), "utf8")));
    await project.check("nothing is printed", () => assert.doesNotMatch(output, /warn|error|stderr/i));
  },
}));
