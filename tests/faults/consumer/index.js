// The faults, met by a page.
import * as sdk from "./node_modules/kavachos-wasm/index.js";
import { runFaults } from "./run.mjs";

const { origins, names } = await (await fetch("./faults.json")).json();
globalThis.report = runFaults(sdk, { origins, names, concurrency: 40 });
