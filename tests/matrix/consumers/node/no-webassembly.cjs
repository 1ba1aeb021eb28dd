delete globalThis.WebAssembly;

const sdk = require("kavachos-wasm");
const local = require("kavachos-wasm/permissions");
const audit = require("kavachos-wasm/audit");
require("kavachos-wasm/guard");
require("./no-webassembly-uses.cjs").report({ sdk, local, audit });
