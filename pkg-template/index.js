// The entry for every runtime that can compile WebAssembly from bytes: browsers, Node, Deno, Bun
// and what bundlers make for them. The module is inlined, so there is nothing to fetch or configure.
import { initSync } from "./kavachos_wasm.js";

const MODULE = "__KAVACHOS_WASM_BASE64__";

const bytes = Uint8Array.fromBase64
  ? Uint8Array.fromBase64(MODULE)
  : Uint8Array.from(atob(MODULE), (character) => character.charCodeAt(0));

initSync({ module: bytes });

export * from "./api.js";
