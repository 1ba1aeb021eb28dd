// The guard, tried in Deno.
import * as sdk from "kavachos-wasm";
import * as guard from "kavachos-wasm/guard";
import * as local from "kavachos-wasm/permissions";
import { runGuard } from "./guard/run.mjs";

const results = await runGuard({ sdk, guard, local }, JSON.parse(Deno.args[0]), (value) =>
  Deno.inspect(value, { depth: 12 }),
);
console.log(JSON.stringify(results));
