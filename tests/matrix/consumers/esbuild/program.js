import * as sdk from "kavachos-wasm";
import { runSuite } from "./suite/run.mjs";

runSuite(sdk, JSON.parse(process.argv[2])).then((results) => console.log(JSON.stringify(results)));
