// The entry for Vercel's edge runtime, which refuses to compile bytes too, and has its own way to import a module.

import { provide } from "./kavachos_wasm.js";
import module from "./kavachos_wasm_bg.wasm?module";

provide(() => module);

export * from "./api.js";
