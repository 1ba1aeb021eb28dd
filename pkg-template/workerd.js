// The entry for Cloudflare Workers, which refuse to compile bytes: the module is imported as such.

import { provide } from "./kavachos_wasm.js";
import module from "./kavachos_wasm_bg.wasm";

provide(() => module);

export * from "./api.js";
