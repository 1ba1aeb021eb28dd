// webpack without a configuration: bundles for pages, opened in Chromium, and for Node.js.
import assert from "node:assert/strict";
import { join } from "node:path";
import { inChromium } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

const packages = { webpack: "5.112.2", "webpack-cli": "7.3.1" };

async function bundle(project, target, entry) {
  const args = [
    "--mode",
    "production",
    "--target",
    target,
    "--entry",
    `./${entry}`,
    "--output-path",
    "dist",
    "--no-stats",
  ];
  // Bundles are large on purpose: the module is in there.
  const output = await project.exec("webpack", [...args, "--no-performance", "--output-filename", entry]);
  await project.check(`${target}, ${entry}: no warnings`, () => assert.equal(output.trim(), ""));
}

export default [
  {
    name: "webpack-web",
    title: "webpack 5, for pages",
    how: "production bundle, in Chromium",
    entry: "`kavachos-wasm`, `kavachos-wasm/slim`",
    packages,
    async run(project) {
      project.version = project.installed("webpack");
      for (const page of ["index", "slim"]) {
        await bundle(project, "web", `${page}.js`);
        await project.exec("cp", [`${page}.html`, "dist/"]);
        const site = await serveSite(join(project.directory, "dist"), project.servers, { page: `${page}.html` });
        try {
          const { results, noise } = await inChromium(site.url);
          project.suite(page, results);
          await project.check(`${page}: the console stays empty`, () => assert.deepEqual(noise, []));
        } finally {
          await site.close();
        }
      }
    },
  },
  {
    name: "webpack-node",
    title: "webpack 5, for Node.js",
    how: "production bundle",
    entry: "`kavachos-wasm`",
    packages,
    async run(project) {
      project.version = project.installed("webpack");
      await bundle(project, "node", "program.js");
      const servers = JSON.stringify(project.servers);
      await project.exec("mv", ["dist/program.js", "dist/program.cjs"]);
      project.suite("bundle", JSON.parse(await project.exec(process.execPath, ["dist/program.cjs", servers])));
    },
  },
];
