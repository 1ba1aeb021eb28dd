// Builds the entries that are JavaScript alone (tools/entries.mjs), as modules and for require().
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { handwritten } from "./declarations.mjs";
import { SCRIPT_ENTRIES } from "./entries.mjs";
import { minified } from "./minify.mjs";

/**
 * Writes every entry into the package.
 *
 * @param {string} root of the repository
 * @param {string} pkg
 * @param {object} common options of esbuild
 * @param {string[]} known names that the main entry declares
 * @param {string[]} peers packages that a user may have beside this one
 */
export async function buildScriptEntries(root, pkg, common, known, peers) {
  for (const { name, folder } of SCRIPT_ENTRIES) {
    const source = join(root, folder);
    const declared = await withIncluded(await readFile(join(source, "entry.d.ts"), "utf8"), source);
    for (const [extension, format] of [
      ["js", "esm"],
      ["cjs", "cjs"],
    ]) {
      const outfile = join(pkg, `${name}.${extension}`);
      const external = ["kavachos-wasm", ...peers.flatMap((peer) => [peer, `${peer}/*`])];
      const plugins = [siblings(extension)];
      await build({
        ...common,
        entryPoints: [join(source, "entry.js")],
        outfile,
        format,
        external,
        plugins,
        minify: true,
      });
      // Test runners without modules cannot `import()`.
      if (format === "cjs") await writeFile(outfile, required(await readFile(outfile, "utf8")));
      await minified(outfile);
      const types = handwritten(besides(declared, extension), known, `./index.${extension}`);
      await writeFile(join(pkg, `${name}.d.${extension === "js" ? "ts" : "cts"}`), types);
    }
  }
}

// What a function imports when it is called.
const required = (code) => code.replace(/\bimport\(("\.\/[\w-]+\.cjs")\)/g, "require($1)");

// Entries import each other by the names that users know. In the package they are files side by side.
function siblings(extension) {
  return {
    name: "siblings",
    setup: (building) => {
      building.onResolve({ filter: /^kavachos-wasm\/\w/ }, ({ path }) => ({
        path: `./${path.slice("kavachos-wasm/".length)}.${extension}`,
        external: true,
      }));
    },
  };
}

// Types of another file – generated ones, and those that entries have in common – are written out: the package has one file for each entry.
async function withIncluded(declared, source) {
  const [line, file] = /^export \* from "(\.[^"]+\.d\.ts)";$/m.exec(declared) ?? [];
  if (!line) return declared;
  const included = await readFile(join(source, file), "utf8");
  return declared.replace(line, () => included.replace(/^\/\/.*\n+/gm, "").trim());
}

// Types of the main entry, and of entries beside this one. Examples in comments keep the names that users know.
const besides = (declared, extension) =>
  declared.replace(
    /^((?!\s*\*).*)"kavachos-wasm(?:\/([\w-]+))?"/gm,
    (_, before, name = "index") => `${before}"./${name}.${extension}"`,
  );
