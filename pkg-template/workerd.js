// The entry for Cloudflare Workers, which refuse to compile bytes: the module is imported as such.

import { initSync } from "./kavachos_wasm.js";
import module from "./kavachos_wasm_bg.wasm";

initSync({ module });

export * from "./api.js";
