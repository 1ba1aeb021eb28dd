// The faults, met by a page.
import { runFaults } from "./faults/run.mjs";
import * as sdk from "./node_modules/kavachos-wasm/index.js";

const { origins, names } = await (await fetch("./faults.json")).json();
globalThis.report = runFaults(sdk, { origins, names, concurrency: 40 });
