// Makes pkg/, ready for `npm pack`, from what wasm-pack wrote and from pkg-template/.
//
//   node tools/assemble.mjs <directory wasm-pack wrote to> <directory to make>
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { declarations } from "./declarations.mjs";

const [glue, pkg] = process.argv.slice(2);
if (!glue || !pkg) throw new Error("usage: assemble.mjs <wasm-pack output> <package directory>");

const template = new URL("../pkg-template/", import.meta.url).pathname;
const root = new URL("../", import.meta.url).pathname;
const common = { target: "es2022", bundle: true, legalComments: "none", logLevel: "error" };

await rm(pkg, { recursive: true, force: true });
await mkdir(pkg, { recursive: true });

const wasm = await readFile(join(glue, "kavachos_wasm_bg.wasm"));
await assertOptimised(wasm);
await writeFile(join(pkg, "kavachos_wasm_bg.wasm"), wasm);

const entry = join(glue, "adjusted.js");
await writeFile(entry, adjusted(await readFile(join(glue, "kavachos_wasm.js"), "utf8")));

// The glue and the JavaScript modules of the crate become one file, which all entries share: one
// instance and one set of classes, whichever entries a program imports.
await build({
  ...common,
  entryPoints: [entry],
  outfile: join(pkg, "kavachos_wasm.js"),
  format: "esm",
  minifyWhitespace: true,
  minifySyntax: true,
});

for (const file of ["api.js", "workerd.js", "edge-light.js", "slim.js", "slim.d.ts", "kavachos_wasm_bg.wasm.d.ts"]) {
  await cp(join(template, file), join(pkg, file));
}
const index = await readFile(join(template, "index.js"), "utf8");
await writeFile(join(pkg, "index.js"), index.replace("__KAVACHOS_WASM_BASE64__", wasm.toString("base64")));
await build({ ...common, entryPoints: [join(pkg, "index.js")], outfile: join(pkg, "index.cjs"), format: "cjs" });

const types = declarations(await readFile(join(glue, "kavachos_wasm.d.ts"), "utf8"));
await writeFile(join(pkg, "index.d.ts"), types);
await writeFile(join(pkg, "index.d.cts"), types);

const manifest = JSON.parse(await readFile(join(template, "package.json"), "utf8"));
manifest.version = await crateVersion();
await writeFile(join(pkg, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await cp(join(root, "LICENSE"), join(pkg, "LICENSE"));
await writeFile(join(pkg, "README.md"), forNpm(await readFile(join(root, "README.md"), "utf8")));

// Two things that wasm-bindgen does otherwise. Until the module is loaded, the glue has nothing to call; what it has
// instead says what to do about it. And a module may come from another realm, as in Next.js' edge runtime on one's own
// machine, where `instanceof` does not know it.
function adjusted(source) {
  const replaced = (text, old, becomes) => {
    if (!text.includes(old)) throw new Error(`the glue has changed: no ${old}`);
    return text.replaceAll(old, becomes);
  };
  const steps = [
    [
      "let wasmModule, wasmInstance, wasm;",
      `import { standIn } from ${JSON.stringify(join(template, "unloaded.js"))};
       const unloaded = standIn(KavachError);
       let wasmModule, wasmInstance, wasm = unloaded;
       export const isLoaded = () => wasm !== unloaded;`,
    ],
    ["if (wasm !== undefined) return wasm;", "if (isLoaded()) return wasm;"],
    [
      "if (!(module instanceof WebAssembly.Module))",
      'if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]")',
    ],
  ];
  return steps.reduce((text, [old, becomes]) => replaced(text, old, becomes), source);
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

// Without wasm-opt on its PATH wasm-pack ships what the compiler wrote, without a word. The name
// section, which wasm-opt drops, gives that away.
async function assertOptimised(bytes) {
  const names = WebAssembly.Module.customSections(await WebAssembly.compile(bytes), "name");
  if (names.length > 0) throw new Error("wasm-opt has not run: is binaryen installed (npm install)?");
}
