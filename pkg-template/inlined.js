// The entry of a module beside the main one, for every runtime that can compile WebAssembly from bytes: browsers, Node, Deno, Bun
// and what bundlers make for them. The module is inlined, so there is nothing to fetch or configure.
import { provide } from "./kavachos_wasm.js";

// As tools/module-text.mjs writes it: 6 % smaller than hexadecimal once it is compressed, which is worth the few milliseconds that
// reading it takes. (The main module is so small that only the time matters.)
const MODULE = "__KAVACHOS_WASM_TEXT__";

provide(() => {
  const bytes = new Uint8Array(MODULE.length);
  let size = 0;
  for (let at = 0; at < MODULE.length; ) {
    const unit = MODULE.charCodeAt(at++);
    // One character, or two of which the first says how often 92 is to be added.
    bytes[size++] = unit > 34 ? unit - 35 : MODULE.charCodeAt(at++) + 92 * unit - 2887;
  }
  return bytes.subarray(0, size);
});

export * from "./api.js";
