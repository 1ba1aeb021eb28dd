// Prints what the package weighs: every entry and all it loads, raw, gzip and brotli, in bytes.
import { entries, loadedBy, weigh } from "./weigh.mjs";

const pkg = new URL("../pkg/", import.meta.url);
<<<<<<< HEAD
const rows = { "kavachos_wasm_bg.wasm": weigh(pkg, "kavachos_wasm_bg.wasm"), glue: weigh(pkg, "kavachos_wasm.js") };
for (const entry of entries(pkg)) rows[`${entry}, all it loads`] = weigh(pkg, ...loadedBy(pkg, entry));
console.table(rows);
=======
const weigh = (...files) => {
  const bytes = Buffer.concat(files.map((file) => readFileSync(new URL(file, pkg))));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
};
const sum = (...parts) => ({
  raw: parts.reduce((total, part) => total + part.raw, 0),
  gzip: parts.reduce((total, part) => total + part.gzip, 0),
  brotli: parts.reduce((total, part) => total + part.brotli, 0),
});

const wasm = weigh("kavachos_wasm_bg.wasm");
const glue = weigh("kavachos_wasm.js", "api.js");
const localGlue = weigh("kavachos_permissions.js", "permissions-api.js");
console.table({
  "kavachos_wasm_bg.wasm": wasm,
  "glue (kavachos_wasm.js, api.js)": glue,
  "slim entry, all it loads": sum(wasm, glue, weigh("slim.js")),
  "index entry, all it loads": sum(glue, weigh("index.js")),
  "workerd entry, all it loads": sum(wasm, glue, weigh("workerd.js")),
  "permissions entry, all it loads": sum(localGlue, weigh("permissions.js")),
  "permissions, workerd, all it loads": sum(localGlue, weigh("kavachos_permissions_bg.wasm", "permissions-workerd.js")),
  "index.cjs": weigh("index.cjs"),
});
>>>>>>> perm
