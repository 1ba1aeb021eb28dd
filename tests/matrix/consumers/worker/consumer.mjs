// A dedicated worker in Chromium: no window, no document.
import assert from "node:assert/strict";
import { inChromium } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

export default [
  {
    name: "chromium-worker",
    title: "Chromium, dedicated worker",
    how: "a module worker, under the same policy",
    entry: "`kavachos-wasm`",
    quick: true,
    async run(project) {
      const site = await serveSite(project.directory, project.servers);
      try {
        const { results, noise, version } = await inChromium(site.url);
        project.version = version;
        project.suite("worker", results);
        await project.check("the console stays empty", () => assert.deepEqual(noise, []));
      } finally {
        await site.close();
      }
    },
  },
];
