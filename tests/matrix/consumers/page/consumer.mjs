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
    await forbidden(project, open);
  },
});

// The strictest policy that pages have, which forbids WebAssembly: the page loads, and shows why a call was not made.
async function forbidden(project, open) {
  const site = await serveSite(project.directory, project.servers, {
    page: "forbidden.html",
    policy: "default-src 'self'",
  });
  try {
    const { results } = await open(site);
    for (const [name, error] of Object.entries(results)) {
      await project.check(`default-src 'self', ${name}: says what to add to the policy`, () => {
        assert.deepEqual([error.name, error.code, error.known], ["KavachError", "WASM_UNAVAILABLE", true]);
        assert.match(error.shown, /'wasm-unsafe-eval'.+script-src/);
      });
    }
    await project.check("default-src 'self': each entry was tried", () => {
      assert.deepEqual(Object.keys(results), ["client", "slim", "permissions", "audit"]);
    });
  } finally {
    await site.close();
  }
}

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
