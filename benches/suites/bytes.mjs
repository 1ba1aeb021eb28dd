// The size of the package, and what an application grows by that imports it or another client.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compressedSize, entries, loadedBy, sizeOf } from "../../tools/package-size.mjs";
import { table } from "../tables.mjs";

const here = fileURLToPath(new URL("../", import.meta.url));
const COLUMNS = ["", "raw", "gzip", "brotli"];
const row = (name, { raw, gzip, brotli }) => [name, ...[raw, gzip, brotli].map((bytes) => bytes.toLocaleString("en"))];

// As a bundler for pages makes it of one call of every kind.
async function bundled(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: here },
    ...{ bundle: true, minify: true, write: false, format: "esm", target: "es2022", legalComments: "none" },
    logLevel: "error",
  });
  return compressedSize(outputFiles[0].contents);
}

const client = (name) => `export { make } from "./clients/${name}.mjs";`;

export default {
  name: "bytes",
  title: "Bytes",
  about: `Every entry of the package with all that it loads, as published; each file compressed by itself. Then what an
application carries that uses three calls of each client, bundled and minified by esbuild.`,
  async run() {
    const pkg = new URL("./", import.meta.resolve("kavachos-wasm"));
    const bundles = {
      "bare fetch": client("bare"),
      "plain client": client("plain"),
      "plain client + zod": client("zod"),
      "plain client + valibot": client("valibot"),
      "kavachos-wasm (the module inlined)": client("kavachos"),
    };
    const rows = [];
    for (const [name, source] of Object.entries(bundles)) rows.push(row(name, await bundled(source)));
    const slim = await bundled('export { KavachClient, ready } from "kavachos-wasm/slim";');
    const wasm = sizeOf(pkg, "kavachos_wasm_bg.wasm");
    const both = Object.fromEntries(Object.keys(slim).map((key) => [key, slim[key] + wasm[key]]));
    rows.push(row("kavachos-wasm/slim and its .wasm", both));
    const files = ["kavachos_wasm_bg.wasm", "kavachos_wasm.js"].map((file) => row(file, sizeOf(pkg, file)));
    const loaded = entries(pkg).map((entry) => {
      const all = loadedBy(pkg, entry);
      return row(all.length > 1 ? `${entry} and all it loads` : entry, sizeOf(pkg, ...all));
    });
    return [table(COLUMNS, [...files, ...loaded]), "Bundled and minified:", table(COLUMNS, rows)];
  },
};
