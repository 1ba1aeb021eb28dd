// The entry for every runtime that can compile WebAssembly from bytes: browsers, Node, Deno, Bun
// and what bundlers make for them. The module is inlined, so there is nothing to fetch or configure.
import { initSync } from "./kavachos_wasm.js";

const MODULE = "__KAVACHOS_WASM_BASE64__";

// Hosts decode this in no time; by hand it takes as long as compiling it.
const bytes = Uint8Array.fromBase64?.(MODULE) ?? globalThis.Buffer?.from?.(MODULE, "base64") ?? decoded(MODULE);

initSync({ module: bytes });

export * from "./api.js";

function decoded(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
