/** The compiled module, for bundlers and runtimes that import `.wasm` files. */
declare const module: unknown;
export default module;
