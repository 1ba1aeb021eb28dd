// Makes pkg/, ready for `npm pack`, from what wasm-pack wrote and from pkg-template/.
//
//   node tools/assemble.mjs <directory with a directory for each module that wasm-pack wrote> <directory to make>
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { declarations, namesOf } from "./declarations.mjs";
import { optimised } from "./optimise.mjs";
import { withShortNames } from "./short-names.mjs";

const [built, pkg] = process.argv.slice(2);
if (!built || !pkg) throw new Error("usage: assemble.mjs <wasm-pack output> <package directory>");

const template = new URL("../pkg-template/", import.meta.url).pathname;
const root = new URL("../", import.meta.url).pathname;
const common = { target: "es2022", bundle: true, legalComments: "none", logLevel: "error" };

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
});
await assemble({ module: "kavachos_audit", entry: "audit", api: "audit-api.js", prefix: "audit-", restores: true });
await assembleGuard();

const manifest = JSON.parse(await readFile(join(template, "package.json"), "utf8"));
manifest.version = await crateVersion();
await writeFile(join(pkg, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await cp(join(root, "LICENSE"), join(pkg, "LICENSE"));
await writeFile(join(pkg, "README.md"), forNpm(await readFile(join(root, "README.md"), "utf8")));

// Makes the entries of one module. `slim` says whether it may also be loaded later, `restores` whether every call puts the stack
// pointer back.
async function assemble({ module, entry, api, prefix = "", slim = false, restores = false }) {
  const glue = join(built, entry);
  const written = await optimised(await readFile(join(glue, `${module}_bg.wasm`)));
  const { wasm, glue: renamed } = withShortNames(written, await readFile(join(glue, `${module}.js`), "utf8"));
  await writeFile(join(pkg, `${module}_bg.wasm`), wasm);

  const adjustedGlue = join(glue, "adjusted.js");
  await writeFile(adjustedGlue, adjusted(renamed, slim, restores));

  // The glue and the JavaScript modules of the crate become one file, which all entries share: one
  // instance and one set of classes, whichever entries a program imports.
  // What is never loaded later needs no means for that: only what its entries import is kept.
  const needed = `export { initSync } from "./${module}.js";\n${await readFile(join(template, api), "utf8")}`;
  const kept = needed.replaceAll(`./${module}.js`, "./adjusted.js");
  await build({
    ...common,
    ...(slim ? { entryPoints: [adjustedGlue] } : { stdin: { contents: kept, resolveDir: glue } }),
    outfile: join(pkg, `${module}.js`),
    format: "esm",
    minify: true,
  });

  const fromTemplate = async (file) => {
    const entry = await withApi(await readFile(join(template, file), "utf8"), api);
    return entry.replaceAll("./kavachos_wasm", `./${module}`);
  };
  for (const file of ["workerd.js", "edge-light.js"])
    await writeFile(join(pkg, prefix + file), await fromTemplate(file));
  const index = (await fromTemplate("index.js")).replace("__KAVACHOS_WASM_BASE64__", wasm.toString("base64"));
  await writeFile(join(pkg, `${entry}.js`), index);
  await build({
    ...common,
    entryPoints: [join(pkg, `${entry}.js`)],
    outfile: join(pkg, `${entry}.cjs`),
    format: "cjs",
  });

  const types = await readFile(join(glue, `${module}.d.ts`), "utf8");
  // Types that the main entry declares are taken from there.
  const known = entry === "index" ? [] : namesOf(await readFile(join(pkg, "index.d.ts"), "utf8"));
  for (const [extension, main] of [
    ["d.ts", "./index.js"],
    ["d.cts", "./index.cjs"],
  ])
    await writeFile(join(pkg, `${entry}.${extension}`), declarations(types, known, main));
}

// An entry with the exports of its API written out: each file more costs half a millisecond at start.
async function withApi(entry, api) {
  return entry.replace('export * from "./api.js";', (await readFile(join(template, api), "utf8")).trimEnd());
}

// The guard is JavaScript over the public API, and has no module: it works with the client of whichever entry.
async function assembleGuard() {
  const source = join(root, "src/guard");
  for (const [extension, format] of [
    ["js", "esm"],
    ["cjs", "cjs"],
  ]) {
    const outfile = join(pkg, `guard.${extension}`);
    await build({ ...common, entryPoints: [join(source, "entry.js")], outfile, format, minify: true });
    const types = await readFile(join(source, "guard.d.ts"), "utf8");
    const main = `./index.${extension}`;
    const imports = `import type { AuthorizeRequest, AuthorizeResult, CallOptions, Permission } from "${main}";\n\n`;
    await writeFile(join(pkg, `guard.d.${extension === "js" ? "ts" : "cts"}`), imports + types);
  }
}

// What wasm-bindgen does otherwise. Until the module is loaded, the glue has nothing to call; what it has
// instead says what to do about it. And a module may come from another realm, as in Next.js' edge runtime on one's own
// machine, where `instanceof` does not know it.
function adjusted(source, slim, restores) {
  const replaced = (text, old, becomes) => {
    if (!text.includes(old)) throw new Error(`the glue has changed: no ${old}`);
    return text.replaceAll(old, becomes);
  };
  const loadedLater = [
    [
      "let wasmModule, wasmInstance, wasm;",
      `import { standIn } from ${JSON.stringify(join(template, "unloaded.js"))};
       const unloaded = standIn(KavachError);
       let wasmModule, wasmInstance, wasm = unloaded;
       export const isLoaded = () => wasm !== unloaded;`,
    ],
    ["if (wasm !== undefined) return wasm;", "if (isLoaded()) return wasm;"],
  ];
  // What is thrown in a call, by an import or by the host, crosses the frames of the module: they do not put the pointer back.
  const restoring = [
    ["wasm = instance.exports;", "wasm = restored(instance.exports);"],
    [
      "function __wbg_finalize_init(",
      `function restored(exports) {
         const stack = exports.__stack_pointer;
         const calls = { __proto__: null };
         for (const [name, value] of Object.entries(exports))
           calls[name] = typeof value !== "function" ? value : (...args) => {
             const top = stack.value;
             try {
               return value(...args);
             } catch (error) {
               stack.value = top;
               throw error;
             }
           };
         return calls;
       }
       function __wbg_finalize_init(`,
    ],
  ];
  const steps = [
    ...(slim ? loadedLater : []),
    ...(restores ? restoring : []),
    [
      "if (!(module instanceof WebAssembly.Module))",
      'if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]")',
    ],
  ];
  const text = steps.reduce((text, [old, becomes]) => replaced(text, old, becomes), source);
  return withParameters(withoutRepetition(text)).replace(/^export class (\w+) \{$/gm, '$& static name = "$1";');
}

// What weighs and is of no use here: the same few lines for each class, a warning that the entries give no reason for, and
// a way to encode text for hosts that have no WebAssembly either. (Minified, a class has another name; the one that is set
// above is what people see when they print a client.)
function withoutRepetition(glue) {
  const registry =
    /\(typeof FinalizationRegistry === 'undefined'\)\s+\? (\{[^\n]+\})\s+: new FinalizationRegistry\((ptr => [^\n]+)\);/g;
  const [, none] = registry.exec(glue) ?? [];
  registry.lastIndex = 0;
  const once = none
    ? `const finalization = (free) => typeof FinalizationRegistry === "undefined" ? ${none} : new FinalizationRegistry(free);\n`
    : "";
  return (
    once +
    glue
      .replace(registry, "finalization($2);")
      .replaceAll(/ else \{\s+console\.warn\('using deprecated parameters[^\n]+\s+\}/g, "")
      .replace(/\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}\n/, "\n")
  );
}

// Imports that may throw. wasm-bindgen gives them no parameters of their own, so that hosts make a way of its own around each,
// and a closure in every call.
function withParameters(glue) {
  const throwing = /: function\(\) \{ return handleError\(function \(([^)]*)\) \{([\s\S]*?)\}, arguments\); \}/g;
  const handler =
    /function handleError\(f, args\) \{\s+try \{\s+return f\.apply\(this, args\);\s+\} catch \(e\) \{([^}]+)\}\s+\}/;
  const text = glue
    .replace(throwing, ": function($1) { try {$2} catch (error) { caught(error); } }")
    .replace(handler, "function caught(e) {$1}");
  if (text.includes("handleError")) throw new Error("the glue has changed: handleError is another");
  return text;
}

// The README as npm shows it: without the part that needs this repository.
function forNpm(readme) {
  const trimmed = readme.replace(/^## Try it\n[\s\S]*?(?=^## )/m, "");
  if (trimmed === readme) throw new Error("the README has no section “Try it” to leave out");
  return trimmed;
}

async function crateVersion() {
  const cargo = await readFile(join(root, "Cargo.toml"), "utf8");
  const version = /^version = "([^"]+)"/m.exec(cargo)?.[1];
  if (!version) throw new Error("Cargo.toml states no version");
  return version;
}
