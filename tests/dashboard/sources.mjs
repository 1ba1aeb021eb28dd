// Modules of the dashboard that need no page, for their own tests: bundled by the Vite that the dashboard is built with.
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = new URL("../../www-example/dashboard/", import.meta.url);
const vite = createRequire(new URL("package.json", project)).resolve("vite/package.json");
const { build } = await import(new URL("dist/node/index.js", pathToFileURL(vite)).href);

/** Imports `src/PATH` of the dashboard. It may import other sources, but no packages. */
export async function importSource(path) {
  const { output } = await build({
    configFile: false,
    root: fileURLToPath(project),
    logLevel: "error",
    build: { ssr: fileURLToPath(new URL(`src/${path}`, project)), write: false, minify: false, target: "es2022" },
  });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
