import * as sdk from "./node_modules/kavachos-wasm/index.js";
import { runSuite } from "./suite/run.mjs";

self.onmessage = async ({ data: servers }) => self.postMessage(await runSuite(sdk, servers));
