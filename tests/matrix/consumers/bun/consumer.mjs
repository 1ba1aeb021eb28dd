// Bun: run, and compiled to its own program.
import assert from "node:assert/strict";

export default [
  {
    name: "bun",
    title: "Bun 1",
    how: "`bun run`, and `bun build --compile`",
    entry: "`kavachos-wasm`",
    quick: true,
    packages: { bun: "1.4.5" },
    async run(project) {
      project.version = project.installed("bun");
      const servers = JSON.stringify(project.servers);
      project.suite("run", JSON.parse(await project.exec("bun", ["run", "main.mjs", servers])));
      await project.exec("bun", ["build", "--compile", "main.mjs", "--outfile", "program"]);
      project.suite("compiled", JSON.parse(await project.exec("./program", [servers])));
      await project.check("imported and required classes are the same", async () => {
        assert.deepEqual(JSON.parse(await project.exec("bun", ["run", "both.mjs"])), { same: true, recognised: true });
      });
    },
  },
];
