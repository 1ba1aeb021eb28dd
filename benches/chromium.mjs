// Chromium, with pages that are bundled as an application's are.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { inChromium } from "../tests/matrix/browsers.mjs";
import { serveSite } from "../tests/matrix/site.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const folder = fileURLToPath(new URL("../.build/bench/pages/", import.meta.url));
const PATIENCE = 60_000;

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** Bundles a script for pages. */
export async function bundlePage(name, source) {
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: { contents: source, resolveDir: here },
    ...{ bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "error" },
    outfile: `${folder}${name}.js`,
  });
  copyFileSync(`${here}node_modules/kavachos-wasm/kavachos_wasm_bg.wasm`, `${folder}kavachos_wasm_bg.wasm`);
}

const page = (name, script) =>
  writeFileSync(
    `${folder}${name}.html`,
    `<!doctype html><meta charset="utf-8"><title>${name}</title><script type="module">${script}</script>`,
  );

/** Resolves to what a workload of the folder `workloads` resolves to, run in a page. */
export async function inPage(workload, options) {
  await bundlePage(workload, `export { run } from "./workloads/${workload}.mjs";`);
  page(workload, `import { run } from "./${workload}.js"; globalThis.report = run(${JSON.stringify(options)});`);
  const site = await serveSite(folder, {}, { page: `${workload}.html`, strict: false });
  try {
    return (await inChromium(site.url)).results;
  } finally {
    await site.close();
  }
}

/** Pages that make one call each and say how long it took, in a browser that has nothing else to do. */
export class ColdPages {
  #kept = new Map();

  static async open(server) {
    const pages = new ColdPages();
    pages.server = server;
    pages.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
    pages.site = await serveSite(folder, {}, { strict: false, headers: { "cache-control": "max-age=3600" } });
    await bundlePage("first-call", 'export { firstCall } from "./workloads/cold.mjs";');
    return pages;
  }

  /** In its own context, with empty caches. */
  async fresh(name) {
    const context = await this.browser.newContext();
    try {
      return await this.#measured(await context.newPage(), (tab) => tab.goto(this.#url(name)));
    } finally {
      await context.close();
    }
  }

  /** In a context that has loaded the page before. */
  async reload(name) {
    if (!this.#kept.has(name)) {
      const tab = await (await this.browser.newContext()).newPage();
      await tab.goto(this.#url(name));
      this.#kept.set(name, tab);
    }
    return this.#measured(this.#kept.get(name), (tab) => tab.reload());
  }

  async close() {
    await this.browser.close();
    await this.site.close();
  }

  #url(name) {
    page(
      name,
      `import { firstCall } from "./first-call.js";
       const options = ${JSON.stringify(this.server)};
       const started = performance.now();
       globalThis.report = firstCall(await import("./${name}.js"), options, started);`,
    );
    return new URL(`${name}.html`, this.site.url).href;
  }

  async #measured(tab, load) {
    await load(tab);
    await tab.waitForFunction(() => globalThis.report, null, { timeout: PATIENCE });
    return tab.evaluate(() => globalThis.report);
  }
}
