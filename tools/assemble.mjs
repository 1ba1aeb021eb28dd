// Makes pkg/, ready for `npm pack`, from what wasm-pack wrote and from pkg-template/.
//
//   node tools/assemble.mjs <directory with a directory for each module that wasm-pack wrote> <directory to make> [--plain]
//
// With --plain, modules stay as wasm-bindgen wrote them but for the pointer that the glue needs: what the post-processing is measured
// against, and a way out if a new version of wasm-bindgen breaks it.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { adjusted } from "./adjust-glue.mjs";
import { bareModule } from "./bare-module.mjs";
import { declarations, handwritten, namesOf } from "./declarations.mjs";
import { exportsOf, filesOf, SCRIPT_ENTRIES } from "./entries.mjs";
import { npmManifest } from "./manifest.mjs";
import { minified } from "./minify.mjs";
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

await rm(pkg, { recursive: true, force: true });
await mkdir(pkg, { recursive: true });

// One for each module: what wasm-pack called it, the entry that inlines it, and what that entry exports.
await assemble({ module: "kavachos_wasm", entry: "index", api: "api.js", slim: true });
for (const file of ["slim.d.ts", "kavachos_wasm_bg.wasm.d.ts"]) await cp(join(template, file), join(pkg, file));
// Who imports this counts bytes.
const slim = await withApi(await readFile(join(template, "slim.js"), "utf8"), "api.js");
await writeFile(join(pkg, "slim.js"), (await transform(slim, { minify: true, format: "esm" })).code);
await assemble({
  module: "kavachos_permissions",
  entry: "permissions",
  api: "permissions-api.js",
  prefix: "permissions-",
  host: "src/host/permissions/entry.js",
});
await assembleAudit({ module: "kavachos_audit", entry: "audit", api: "audit-api.js", prefix: "audit-" });

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
await writeFile(join(pkg, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await cp(join(root, "LICENSE"), join(pkg, "LICENSE"));
await writeFile(join(pkg, "README.md"), forNpm(await readFile(join(root, "README.md"), "utf8")));

// Makes the entries of one module. `slim` says whether it may also be loaded later. `host` is the JavaScript around a module over
// numbers, which needs no glue.
async function assemble({ module, entry, api, prefix = "", slim = false, host = "" }) {
  const glue = join(built, entry);
  if (host) await bundleHost(module, glue, join(root, host));
  else await bundleGlue(module, glue, api, slim);
  const wasm = await readFile(join(pkg, `${module}_bg.wasm`));

  await writeEntries({ module, entry, api, prefix, wasm });
  const types = await readFile(join(glue, `${module}.d.ts`), "utf8");
  // Types that the main entry declares are taken from there.
  const known = entry === "index" ? [] : namesOf(await readFile(join(pkg, "index.d.ts"), "utf8"));
  for (const [extension, main] of [
    ["d.ts", "./index.js"],
    ["d.cts", "./index.cjs"],
  ])
    await writeFile(join(pkg, `${entry}.${extension}`), declarations(types, known, main));
}

// The entries for audit logs: JavaScript of our own, over a module that is called without the glue of wasm-bindgen.
async function assembleAudit({ module, entry, api, prefix }) {
  const source = join(root, "src/host/audit");
  const bare = bareModule(await readFile(join(built, entry, `${module}_bg.wasm`)));
  const wasm = mode === "--plain" ? Buffer.from(bare) : await optimised(bare);
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);
  const outfile = join(pkg, `${module}.js`);
  await build({ ...common, entryPoints: [join(source, "entry.js")], outfile, format: "esm", minify: true });
  await minified(outfile);
  await writeEntries({ module, entry, api, prefix, wasm });
  const known = namesOf(await readFile(join(pkg, "index.d.ts"), "utf8"));
  const types = await readFile(join(source, "audit.d.ts"), "utf8");
  for (const [extension, main] of [
    ["d.ts", "./index.js"],
    ["d.cts", "./index.cjs"],
  ])
    await writeFile(join(pkg, `${entry}.${extension}`), handwritten(types, known, main));
}

// The scripts that load a module, for each kind of host.
async function writeEntries({ module, entry, api, prefix, wasm }) {
  const fromTemplate = async (file) => {
    const entry = await withApi(await readFile(join(template, file), "utf8"), api);
    return entry.replaceAll("./kavachos_wasm", `./${module}`);
  };
  for (const file of ["workerd.js", "edge-light.js"])
    await writeFile(join(pkg, prefix + file), await fromTemplate(file));
  const index = (await fromTemplate("index.js")).replace("__KAVACHOS_WASM_HEX__", wasm.toString("hex"));
  await writeFile(join(pkg, `${entry}.js`), index);
  await build({
    ...common,
    entryPoints: [join(pkg, `${entry}.js`)],
    outfile: join(pkg, `${entry}.cjs`),
    format: "cjs",
    minifyWhitespace: true,
    minifySyntax: true,
  });
}

async function bundleHost(module, glue, host) {
  const bytes = await readFile(join(glue, `${module}_bg.wasm`));
  const wasm = mode === "--plain" ? Buffer.from(plain(bytes)) : await optimised(bytes);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  if (imports.length > 0) throw new Error(`${module} has changed: it imports ${imports}`);
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);
  const outfile = join(pkg, `${module}.js`);
  await build({ ...common, entryPoints: [host], outfile, format: "esm", minify: true });
  await minified(outfile);
}

async function bundleGlue(module, glue, api, slim) {
  const { wasm, glue: renamed } = await processed(
    await readFile(join(glue, `${module}_bg.wasm`)),
    await readFile(join(glue, `${module}.js`), "utf8"),
  );
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);

  const adjustedGlue = join(glue, "adjusted.js");
  await writeFile(adjustedGlue, adjusted(renamed, slim));

  // The glue and the JavaScript modules of the crate become one file, which all entries share: one
  // instance and one set of classes, whichever entries a program imports.
  // What is never loaded later needs no means for that: only what its entries import is kept.
  const needed = `export { provide } from "./${module}.js";\n${await readFile(join(template, api), "utf8")}`;
  const kept = needed.replaceAll(`./${module}.js`, "./adjusted.js");
  await build({
    ...common,
    ...(slim ? { entryPoints: [adjustedGlue] } : { stdin: { contents: kept, resolveDir: glue } }),
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

// An entry with the exports of its API written out: each file more costs half a millisecond at start.
async function withApi(entry, api) {
  return entry.replace('export * from "./api.js";', (await readFile(join(template, api), "utf8")).trimEnd());
}

// The README as npm shows it: without the part that needs this repository.
function forNpm(readme) {
  const trimmed = readme.replace(/^## Try it\n[\s\S]*?(?=^## )/m, "");
  if (trimmed === readme) throw new Error("the README has no section “Try it” to leave out");
  return trimmed;
}
