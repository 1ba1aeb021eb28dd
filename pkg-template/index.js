// The entry for every runtime that can compile WebAssembly from bytes: browsers, Node, Deno, Bun
// and what bundlers make for them. The module is inlined, so there is nothing to fetch or configure.
import { provide } from "./kavachos_wasm.js";

// In hexadecimal: twice as long as the module, and a quarter smaller than base64 once it is compressed.
const MODULE = "__KAVACHOS_WASM_HEX__";

// Hosts decode this in no time.
provide(() => Uint8Array.fromHex?.(MODULE) ?? globalThis.Buffer?.from?.(MODULE, "hex") ?? decoded());

export * from "./api.js";

function decoded() {
  const bytes = new Uint8Array(MODULE.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(MODULE.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
