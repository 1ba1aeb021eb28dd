import * as sdk from "./node_modules/kavachos-wasm/slim.js";
import { report } from "./report.js";

globalThis.report = sdk.ready().then(() => report(sdk));
