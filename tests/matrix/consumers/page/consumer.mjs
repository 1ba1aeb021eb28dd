// A page without a bundler, in three browser engines, under a strict content security policy.
import assert from "node:assert/strict";
import { find, inChromium, inFirefox, inWebKit } from "../../browsers.mjs";
import { serveSite } from "../../site.mjs";

const page = (name, title, open) => ({
  name,
  title,
  how: "a page with no bundler, under `script-src 'self' 'wasm-unsafe-eval'`",
  entry: "`kavachos-wasm`, `kavachos-wasm/slim`",
  quick: true,
  async missing() {
    if (!find(name)) return `${title} is not installed`;
  },
  async run(project) {
    for (const entry of ["index", "slim"]) {
      const site = await serveSite(project.directory, project.servers, { page: `${entry}.html` });
      try {
        const { results, noise, version } = await open(site);
        project.version = version;
        project.suite(entry, results);
        await project.check(`${entry}: the console stays empty`, () => assert.deepEqual(noise, []));
      } finally {
        await site.close();
      }
    }
  },
});

// Firefox and WebKit are opened without a driver: their pages watch their own console.
const reporting = (open) => async (site) => {
  const { results, noise, agent, version = /Firefox\/([\d.]+)/.exec(agent)?.[1] } = await open(site);
  return { results, noise, version };
};

export default [
  page("chromium", "Chromium", async (site) => {
    const { results, noise, version } = await inChromium(site.url);
    return { results: results.results, noise: [...noise, ...results.noise], version };
  }),
  page("firefox", "Firefox ESR", reporting(inFirefox)),
  page("webkit", "WebKitGTK", reporting(inWebKit)),
];
