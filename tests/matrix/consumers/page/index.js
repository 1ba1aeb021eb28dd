import * as sdk from "./node_modules/kavachos-wasm/index.js";
import { report } from "./report.js";

globalThis.report = report(sdk);
