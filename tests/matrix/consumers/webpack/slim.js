import * as sdk from "kavachos-wasm/slim";
import { runSuite } from "./suite/run.mjs";

const servers = JSON.parse(new URLSearchParams(location.search).get("servers"));
globalThis.report = sdk.ready().then(() => runSuite(sdk, servers));
