import * as sdk from "kavachos-wasm";
import { runSuite } from "./suite/run.mjs";

console.log(JSON.stringify(await runSuite(sdk, JSON.parse(process.argv[2]))));
