// Makes pkg/, ready for `npm pack`, from what wasm-pack wrote and from pkg-template/.
//
//   node tools/assemble.mjs <directory with a directory for each module that wasm-pack wrote> <directory to make> [--plain]
//
// With --plain, modules stay as wasm-bindgen wrote them but for the pointer that the glue needs: what the post-processing is measured
// against, and a way out if a new version of wasm-bindgen breaks it.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { adjusted } from "./adjust-glue.mjs";
import { bareModule } from "./bare-module.mjs";
import { declarations, handwritten, namesOf } from "./declarations.mjs";
import { exportsOf, filesOf, filesOfPart, PARTS, SCRIPT_ENTRIES } from "./entries.mjs";
import { npmManifest } from "./manifest.mjs";
import { minified } from "./minify.mjs";
import { textLiteral } from "./module-text.mjs";
import { optimised, plain } from "./optimise.mjs";
import { buildScriptEntries } from "./script-entries.mjs";
import { withShortNames } from "./short-names.mjs";

const [built, pkg, mode] = process.argv.slice(2);
if (!built || !pkg) throw new Error("usage: assemble.mjs <wasm-pack output> <package directory> [--plain]");

const template = new URL("../pkg-template/", import.meta.url).pathname;
const root = new URL("../", import.meta.url).pathname;
// Lines are short: Node prints the one that an uncaught error comes from. Source maps go with the package.
const common = {
  ...{ target: "es2022", bundle: true, legalComments: "none", logLevel: "error" },
  ...{ lineLimit: 120, sourcemap: true },
};

// What the entry for tests makes clients of: the same classes as its user imports.
const external = ["kavachos-wasm"];
/** The command of the package, which Node runs. */
const COMMAND = {
  ...{ format: "esm", platform: "node", minify: true, sourcemap: false },
  alias: { "kavachos-wasm/testing": "./testing.js" },
  external: ["kavachos-wasm", "./testing.js"],
};
/** How each module is optimised that is called without glue. */
const LEVELS = { permissions: "small", audit: "quick", testing: "large" };

await rm(pkg, { recursive: true, force: true });
await mkdir(pkg, { recursive: true });

await assembleMain({ module: "kavachos_wasm", entry: "index", api: "api.js" });
for (const file of ["slim.d.ts", "kavachos_wasm_bg.wasm.d.ts"]) await cp(join(template, file), join(pkg, file));
// Who imports this counts bytes.
const slim = await withApi(await readTemplate("slim.js"), "api.js");
await writeFile(join(pkg, "slim.js"), (await transform(slim, { minify: true, format: "esm" })).code);
for (const entry of ["permissions", "audit", "testing"]) await assembleBare(entry);

const manifest = npmManifest(
  JSON.parse(await readFile(join(template, "package.json"), "utf8")),
  await readFile(join(root, "Cargo.toml"), "utf8"),
);
const known = namesOf(await readFile(join(pkg, "index.d.ts"), "utf8"));
await buildScriptEntries(root, pkg, common, known, Object.keys(manifest.peerDependencies ?? {}));
for (const entry of SCRIPT_ENTRIES) {
  manifest.files.push(...filesOf(entry));
  manifest.exports[`./${entry.name}`] = exportsOf(entry);
}
await build({ ...common, ...COMMAND, entryPoints: [join(root, "src/host/cli/cli.js")], outfile: join(pkg, "cli.js") });
for (const part of PARTS) manifest.files.push(...filesOfPart(part));
await writeFile(join(pkg, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await cp(join(root, "LICENSE"), join(pkg, "LICENSE"));
await writeFile(join(pkg, "README.md"), forNpm(await readFile(join(root, "README.md"), "utf8")));

// The entries of the main module, which wasm-bindgen made glue for.
async function assembleMain({ module, entry, api }) {
  const glue = join(built, entry);
  await bundleGlue(module, glue);
  const wasm = await readFile(join(pkg, `${module}_bg.wasm`));
  const inlined = (await readTemplate("index.js")).replace("__KAVACHOS_WASM_HEX__", wasm.toString("hex"));
  await writeEntries({ module, entry, api, inlined });
  const types = declarations(await readFile(join(glue, `${module}.d.ts`), "utf8"));
  for (const extension of ["d.ts", "d.cts"]) await writeFile(join(pkg, `${entry}.${extension}`), types);
}

// The entries of a module over numbers: JavaScript of our own calls it, without glue.
async function assembleBare(entry) {
  const module = `kavachos_${entry}`;
  const source = join(root, "src/host", entry);
  const bare = bareModule(await readFile(join(built, entry, `${module}_bg.wasm`)));
  const wasm = mode === "--plain" ? Buffer.from(bare) : await remembered(bare, LEVELS[entry]);
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);
  const outfile = join(pkg, `${module}.js`);
  await build({ ...common, entryPoints: [join(source, "entry.js")], outfile, format: "esm", minify: true, external });
  await minified(outfile);
  const text = textLiteral(wasm);
  const inlined = (await readTemplate("inlined.js")).replace('"__KAVACHOS_WASM_TEXT__"', () => text);
  await writeEntries({ module, entry, api: `${entry}-api.js`, prefix: `${entry}-`, inlined });
  // Types that the main entry declares are taken from there.
  const known = namesOf(await readFile(join(pkg, "index.d.ts"), "utf8"));
  const types = await readFile(join(source, `${entry}.d.ts`), "utf8");
  for (const [extension, main] of [
    ["d.ts", "./index.js"],
    ["d.cts", "./index.cjs"],
  ])
    await writeFile(join(pkg, `${entry}.${extension}`), handwritten(types, known, main));
}

// Optimising takes longer than all the rest, and what is optimised changes seldom.
async function remembered(bytes, level) {
  const sources = ["optimise.mjs", "bare-module.mjs"].map((file) => readFile(join(root, "tools", file)));
  const parts = [bytes, level, ...(await Promise.all(sources))];
  const digest = parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
  const file = join(root, ".build/optimised", `${digest}.wasm`);
  try {
    return await readFile(file);
  } catch {
    const wasm = await optimised(bytes, level);
    await mkdir(join(root, ".build/optimised"), { recursive: true });
    await writeFile(file, wasm);
    return wasm;
  }
}

// The scripts that load a module, for each kind of host. `inlined` is the one that has it inlined.
async function writeEntries({ module, entry, api, prefix = "", inlined }) {
  const scripts = { [`${entry}.js`]: inlined };
  for (const file of ["workerd.js", "edge-light.js"]) scripts[prefix + file] = await readTemplate(file);
  for (const [file, script] of Object.entries(scripts))
    await writeFile(join(pkg, file), (await withApi(script, api)).replaceAll("./kavachos_wasm", `./${module}`));
  await build({
    ...common,
    entryPoints: [join(pkg, `${entry}.js`)],
    outfile: join(pkg, `${entry}.cjs`),
    format: "cjs",
    external,
    minifyWhitespace: true,
    minifySyntax: true,
  });
  await minified(join(pkg, `${entry}.cjs`));
}

async function bundleGlue(module, glue) {
  const { wasm, glue: renamed } = await processed(
    await readFile(join(glue, `${module}_bg.wasm`)),
    await readFile(join(glue, `${module}.js`), "utf8"),
  );
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);

  const adjustedGlue = join(glue, "adjusted.js");
  await writeFile(adjustedGlue, adjusted(renamed));

  // The glue and the JavaScript modules of the crate become one file, which all entries share: one
  // instance and one set of classes, whichever entries a program imports.
  await build({
    ...common,
    entryPoints: [adjustedGlue],
    outfile: join(pkg, `${module}.js`),
    format: "esm",
    minifyWhitespace: true,
    minifySyntax: true,
  });
  await minified(join(pkg, `${module}.js`));
}

async function processed(wasm, glue) {
  if (mode === "--plain") return { wasm: Buffer.from(plain(wasm)), glue };
  return withShortNames(await optimised(wasm), glue);
}

async function readTemplate(file) {
  return readFile(join(template, file), "utf8");
}

// An entry with the exports of its API written out: each file more costs half a millisecond at start.
async function withApi(entry, api) {
  return entry.replace('export * from "./api.js";', (await readTemplate(api)).trimEnd());
}

// The README as npm shows it: without the part that needs this repository.
function forNpm(readme) {
  const trimmed = readme.replace(/^## Try it\n[\s\S]*?(?=^## )/m, "");
  if (trimmed === readme) throw new Error("the README has no section “Try it” to leave out");
  return trimmed;
}
