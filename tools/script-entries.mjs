// Builds the entries that are JavaScript alone (tools/entries.mjs), as modules and for require().
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { handwritten } from "./declarations.mjs";
import { PARTS, SCRIPT_ENTRIES } from "./entries.mjs";
import { minified } from "./minify.mjs";

// What esbuild takes from `Object` in every CommonJS file, and terser keeps as a statement. The line stays, for the source map.
const UNUSED = /^Object\.\w+(?:,Object[\w.]+)*$/m;

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
  const external = ["kavachos-wasm", ...peers.flatMap((peer) => [peer, `${peer}/*`])];
  const write = (name, source) => buildScript(root, join(root, source), join(pkg, name), { ...common, external });
  for (const { name, folder } of SCRIPT_ENTRIES) {
    await write(name, `${folder}/entry.js`);
    const source = join(root, folder);
    const declared = await withIncluded(await readFile(join(source, "entry.d.ts"), "utf8"), source);
    for (const [declarations, extension] of [
      ["d.ts", "js"],
      ["d.cts", "cjs"],
    ]) {
      const types = handwritten(besides(declared, extension), known, `./index.${extension}`);
      await writeFile(join(pkg, `${name}.${declarations}`), types);
    }
  }
  for (const { name, source } of PARTS) await write(name, source);
}

// Writes a script as a module and for require().
async function buildScript(root, source, target, options) {
  const written = async (extension, input) => {
    const outfile = `${target}.${extension}`;
    const plugins = [siblings(extension), parts(root, extension)];
    const { metafile } = await build({ ...options, ...input, outfile, plugins, minify: true, metafile: true });
    // Test runners without modules cannot `import()`.
    if (extension === "cjs") await writeFile(outfile, required(await readFile(outfile, "utf8")));
    await minified(outfile);
    await writeFile(outfile, (await readFile(outfile, "utf8")).replace(UNUSED, ""));
    return Object.values(metafile.outputs).flatMap((output) => output.exports);
  };
  const names = await written("js", { entryPoints: [source], format: "esm" });
  // What esbuild writes for exports in CommonJS, with getters and for any way to import them, is 150 bytes more.
  // Directives belong to the file that frameworks read.
  const directive = /^"use client";$/m.exec(await readFile(source, "utf8"))?.[0] ?? "";
  const contents = `${directive}
    import { ${names} } from ${JSON.stringify(source)};
    Object.assign(Object.defineProperty(exports, "__esModule", { value: true }), { ${names} });`;
  await written("cjs", { stdin: { contents, resolveDir: root, sourcefile: "require.js" }, format: "cjs" });
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

// What is imported when it is first used stays a separate file.
function parts(root, extension) {
  return {
    name: "parts",
    setup: (building) => {
      building.onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const part = PARTS.find(({ source }) => join(root, source) === join(resolveDir, path));
        return part && { path: `./${part.name}.${extension}`, external: true };
      });
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
