// The entry for Cloudflare Workers, which refuse to compile bytes: the module is imported as such.
import module from "./kavachos_wasm_bg.wasm";
import { initSync } from "./kavachos_wasm.js";

initSync({ module });

export * from "./api.js";
