import * as sdk from "kavachos-wasm";
import { runSuite } from "./suite/run.mjs";

globalThis.report = runSuite(sdk, JSON.parse(new URLSearchParams(location.search).get("servers")));
