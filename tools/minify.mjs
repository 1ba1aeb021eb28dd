// Minifies what esbuild has bundled once more: terser finds what can be written shorter over several passes, a tenth less of the
// main glue in brotli.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { minify } from "terser";

// Node prints the line that an uncaught error comes from, so lines end with their statement. A line break in place of a semicolon
// costs nothing; breaks elsewhere, to keep lines under 120 characters, cost 2 % in brotli.
const FORMAT = { semicolons: false, max_line_len: 500 };
// Hosts name a class that is called without `new` as its variable.
const RESERVED = ["KavachClient", "Agents", "Auth", "Audit", "Dashboard", "Delegation", "Mcp"];
const OPTIONS = { ecma: 2020, compress: { passes: 3 }, format: FORMAT, mangle: { reserved: RESERVED } };

/** Rewrites a bundle and its source map, which lies beside it. */
export async function minified(file) {
  const map = `${file}.map`;
  const bundle = await readFile(file, "utf8");
  const { code, map: mapped } = await minify(bundle, {
    ...OPTIONS,
    // terser drops directives that are not of the language. This one tells frameworks what runs in browsers only.
    compress: { ...OPTIONS.compress, directives: !bundle.includes('"use client"') },
    module: file.endsWith(".js"),
    // What is at the top of a file for require() is within its function.
    toplevel: true,
    sourceMap: { content: await readFile(map, "utf8"), filename: basename(file), url: basename(map) },
  });
  await writeFile(file, code);
  await writeFile(map, mapped);
}
