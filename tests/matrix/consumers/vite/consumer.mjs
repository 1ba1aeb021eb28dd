// Vite without a configuration: its development server and its production build, both entries, opened in Chromium.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { inChromium } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

const VERSIONS = ["8.3.8", "7.3.8", "6.4.6", "5.4.21"];

export default VERSIONS.map((version) => {
  const major = version.split(".")[0];
  return {
    name: `vite-${major}`,
    title: `Vite ${major}`,
    how: "development server and production build, in Chromium",
    entry: "`kavachos-wasm`, `kavachos-wasm/slim`",
    quick: major === "8",
    packages: { vite: version },
    async run(project) {
      project.version = project.installed("vite");
      await inDevelopment(project);
      await inProduction(project);
    },
  };
});

async function inDevelopment(project) {
  const server = await project.serve("vite", ["--port", "0", "--host", "127.0.0.1"], /Local: +(http:\/\/[\w.:]+\/)/);
  const query = new URLSearchParams({ servers: JSON.stringify(project.servers) });
  const open = (page) => inChromium(`${server.found[1]}${page}.html?${query}`);
  try {
    for (const page of ["index", "slim"]) {
      const { results, noise } = await open(page);
      project.suite(`development, ${page}`, results);
      await project.check(`development, ${page}: the console stays empty`, () => assert.deepEqual(noise, []));
    }
    // Vite moves dependencies away from their files when it prepares them, and answers for the missing file with a page.
    await project.check("development, slim: says what to do where the file has been left behind", async () => {
      const { results } = await open("left-behind");
      assert.match(results, /^(ready|.+text\/html.+not a WebAssembly module\. .+pass its URL to ready\(\)\.)$/);
    });
  } finally {
    await server.stop();
  }
}

async function inProduction(project) {
  for (const page of ["index", "slim"]) {
    // Without a configuration, `index.html` is what is built.
    if (page !== "index") copyFileSync(join(project.directory, `${page}.html`), join(project.directory, "index.html"));
    const output = await project.exec("vite", ["build", "--outDir", `dist-${page}`]);
    await project.check(`build, ${page}: no warnings`, () => assert.doesNotMatch(output, /warn|\(!\)/i));
    const site = await serveSite(join(project.directory, `dist-${page}`), project.servers);
    try {
      const { results, noise } = await inChromium(site.url);
      project.suite(`build, ${page}`, results);
      await project.check(`build, ${page}: the console stays empty`, () => assert.deepEqual(noise, []));
    } finally {
      await site.close();
    }
  }
}
