// Prints what the package weighs: every entry and all it loads, raw, gzip and brotli, in bytes.
import { entries, loadedBy, weigh } from "./weigh.mjs";

const pkg = new URL("../pkg/", import.meta.url);
const rows = { "kavachos_wasm_bg.wasm": weigh(pkg, "kavachos_wasm_bg.wasm"), glue: weigh(pkg, "kavachos_wasm.js") };
for (const entry of entries(pkg)) rows[`${entry}, all it loads`] = weigh(pkg, ...loadedBy(pkg, entry));
console.table(rows);
