import { defineEventHandler, getQuery } from "h3";
import * as sdk from "kavachos-wasm";
import { runSuite } from "../../suite/run.mjs";

export default defineEventHandler((event) => runSuite(sdk, JSON.parse(getQuery(event).servers)));
