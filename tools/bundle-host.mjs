// Bundles JavaScript of src/host for the tests that `wasm-pack test` runs: wasm-bindgen takes single modules along.
//
//   node tools/bundle-host.mjs
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const VALIDATE = `
  export { validate } from "./src/host/validate/validate.js";
  export { wireCopy } from "./src/host/validate/wire-copy.js";
  export * as schemas from "./generated/schemas.js";`;
const common = { bundle: true, format: "esm", logLevel: "error" };

await build({ ...common, entryPoints: [`${root}src/host/client/index.js`], outfile: `${root}.build/host/client.js` });
await build({ ...common, stdin: { contents: VALIDATE, resolveDir: root }, outfile: `${root}.build/host/validate.js` });
