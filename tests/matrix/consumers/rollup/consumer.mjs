// Rollup with the one plug-in that finds packages, opened in Chromium.
import assert from "node:assert/strict";
import { join } from "node:path";
import { inChromium } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

export default [
  {
    name: "rollup",
    title: "Rollup 4",
    how: "with `@rollup/plugin-node-resolve`, in Chromium",
    entry: "`kavachos-wasm`",
    packages: { rollup: "4.68.7", "@rollup/plugin-node-resolve": "16.0.3" },
    async run(project) {
      project.version = project.installed("rollup");
      const resolve = ["--plugin", "@rollup/plugin-node-resolve"];
      await project.exec("rollup", [
        "page.js",
        "--format",
        "esm",
        "--file",
        "dist/page.mjs",
        "--failAfterWarnings",
        ...resolve,
      ]);
      await project.exec("cp", ["module.html", "dist/"]);
      const site = await serveSite(join(project.directory, "dist"), project.servers, { page: "module.html" });
      try {
        const { results, noise } = await inChromium(site.url);
        project.suite("esm", results);
        await project.check("the console stays empty", () => assert.deepEqual(noise, []));
      } finally {
        await site.close();
      }
    },
  },
];
