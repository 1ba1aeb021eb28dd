// Prints the size of the package: every entry and all it loads, raw, gzip and brotli, in bytes.
import { entries, loadedBy, sizeOf } from "./package-size.mjs";

const pkg = new URL("../pkg/", import.meta.url);
const rows = { "kavachos_wasm_bg.wasm": sizeOf(pkg, "kavachos_wasm_bg.wasm"), glue: sizeOf(pkg, "kavachos_wasm.js") };
for (const entry of entries(pkg)) rows[`${entry}, all it loads`] = sizeOf(pkg, ...loadedBy(pkg, entry));
console.table(rows);
