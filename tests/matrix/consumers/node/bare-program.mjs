export * as sdk from "kavachos-wasm";
export { runSuite } from "./suite/run.mjs";
