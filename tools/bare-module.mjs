// Takes wasm-bindgen's exports out of a module that is called without its glue.
import binaryen from "binaryen";

/** `bytes` with the exports of the crate alone, and what they need. */
export function bareModule(bytes) {
  const module = binaryen.readBinary(bytes);
  try {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
    for (const name of names) if (name.startsWith("__") && name !== "__stack_pointer") module.removeExport(name);
    module.runPasses(["remove-unused-module-elements"]);
    // What is left of wasm-bindgen's imports throws on behalf of a panic: a trap does.
    const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
      binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
    );
    for (const { name, module: from, params, results } of functions) {
      if (!from.startsWith("./")) continue;
      module.removeFunction(name);
      module.addFunction(name, params, results, [], module.unreachable());
    }
    binaryen.setDebugInfo(true); // The optimiser needs the names of functions.
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
