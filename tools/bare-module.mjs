// Takes wasm-bindgen's exports out of a module that is called without its glue.
import binaryen from "binaryen";

/** `bytes` with the exports of the crate alone: the optimiser then finds that nothing needs wasm-bindgen's imports. */
export function bareModule(bytes) {
  const module = binaryen.readBinary(bytes);
  try {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
    for (const name of names) if (name.startsWith("__") && name !== "__stack_pointer") module.removeExport(name);
    binaryen.setDebugInfo(true); // The optimiser needs the names of functions.
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
