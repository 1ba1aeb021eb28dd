// esbuild: a module and a classic script for pages, opened in Chromium, and CommonJS for Node.js.
import assert from "node:assert/strict";
import { join } from "node:path";
import { inChromium } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

const PAGES = [
  ["module.html", "page.mjs", "esm"],
  ["script.html", "page.js", "iife"],
];

export default [
  {
    name: "esbuild",
    title: "esbuild",
    how: "`esm` and `iife`, in Chromium; `cjs`, in Node.js",
    entry: "`kavachos-wasm`",
    quick: true,
    packages: { esbuild: "0.28.2" },
    async run(project) {
      project.version = project.installed("esbuild");
      const bundle = (entry, output, ...options) =>
        project.exec("esbuild", [
          entry,
          "--bundle",
          "--minify",
          "--log-limit=0",
          `--outfile=dist/${output}`,
          ...options,
        ]);
      for (const [page, output, format] of PAGES) {
        await bundle("page.js", output, `--format=${format}`);
        await project.exec("cp", [page, "dist/"]);
        const site = await serveSite(join(project.directory, "dist"), project.servers, { page });
        try {
          const { results, noise } = await inChromium(site.url);
          project.suite(format, results);
          await project.check(`${format}: the console stays empty`, () => assert.deepEqual(noise, []));
        } finally {
          await site.close();
        }
      }
      await bundle("program.js", "program.cjs", "--platform=node", "--format=cjs");
      const servers = JSON.stringify(project.servers);
      project.suite("cjs", JSON.parse(await project.exec(process.execPath, ["dist/program.cjs", servers])));
    },
  },
];
